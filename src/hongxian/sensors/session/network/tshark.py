"""Runs tshark over a capture and gives what it prints, packet by packet.

It works in a private folder, with the settings of no user, and within bounds of time and memory.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import tempfile
import threading
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.network.window import CHUNK

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import IO

    from hongxian.sensors.session.joined import Readable
    from hongxian.sensors.session.network.tally import Tally

LONGEST = 1_800.0
"""Seconds that one capture may take."""
MOST_BYTES = 8 << 30
"""Bytes of a capture."""
MOST_MEMORY = 6 << 30
MOST_PRINTED = 96 << 20
"""Bytes that are printed for one packet; more is dropped and told."""
WANTED = (
    "http || http2 || websocket || dns || tls.handshake.type == 1 "
    "|| tcp.time_relative == 0 || udp.time_relative == 0"
)
"""What is printed: what can be read, and the first packet of each connection."""
_LAYERS = "frame ip ipv6 tcp udp http http2 websocket dns tls quic"
_SETTINGS = (
    "tcp.desegment_tcp_streams:TRUE", "tcp.reassemble_out_of_order:TRUE",
    "tcp.calculate_timestamps:TRUE", "udp.calculate_timestamps:TRUE",
    "tls.desegment_ssl_records:TRUE",
)  # fmt: skip
_END = b"</packet>"
_CUT = re.compile(rb"cut short|less data was read|end of file", re.IGNORECASE)


def printed_packets(source: Readable, tally: Tally, keylog: bytes | None) -> Iterator[bytes]:
    """Yield what tshark prints of each packet, as PDML.

    Args:
        source: the capture.
        tally: gets whether the capture was cut or damaged, or took too long.
        keylog: secrets of TLS connections.

    Raises:
        SessionError: tshark is not installed, or the capture is too large.
    """
    program = shutil.which("tshark")
    if program is None:
        raise SessionError(tally.name, "session_network.no_tshark")
    with tempfile.TemporaryDirectory(prefix="hongxian-") as name:
        folder = Path(name)
        _stored(source, folder / "capture", tally.name)
        command = [program, "-r", str(folder / "capture"), "-n", "-Y", WANTED, "-T", "pdml",
                   "-J", _LAYERS]  # fmt: skip
        for setting in _SETTINGS:
            command += ["-o", setting]
        if keylog:
            (folder / "keys").write_bytes(keylog)
            command += ["-o", f"tls.keylog_file:{folder / 'keys'}"]
        yield from _run(command, folder, tally)


def _stored(source: Readable, path: Path, name: str) -> None:
    left = MOST_BYTES
    with path.open("wb") as out:
        while chunk := source.read(CHUNK):
            left -= len(chunk)
            if left < 0:
                raise SessionError(name, "session_network.too_large", limit=MOST_BYTES >> 30)
            out.write(chunk)


def _run(command: list[str], folder: Path, tally: Tally) -> Iterator[bytes]:
    late = threading.Event()
    with (folder / "errors").open("wb") as errors, _process(command, folder, errors) as process:
        watch = threading.Timer(LONGEST, _stop, (process, late))
        watch.daemon = True
        watch.start()
        try:
            if process.stdout:
                yield from _split(process.stdout, tally)
            code = process.wait()
        finally:
            watch.cancel()
    if late.is_set():
        tally.miss("late", tally.name)
    elif code:
        said = (folder / "errors").read_bytes()[-2000:]
        tally.miss("cut" if _CUT.search(said) else "damaged", tally.name)


def _stop(process: subprocess.Popen[bytes], late: threading.Event) -> None:
    if process.poll() is None:
        late.set()
        process.kill()


@contextmanager
def _process(
    command: list[str], folder: Path, errors: IO[bytes]
) -> Iterator[subprocess.Popen[bytes]]:
    own = {"HOME": str(folder), "WIRESHARK_CONFIG_DIR": str(folder), "TMPDIR": str(folder),
           "XDG_CONFIG_HOME": str(folder), "LC_ALL": "C.UTF-8"}  # fmt: skip
    process = subprocess.Popen(  # noqa: S603 - our own arguments, no shell
        command, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=errors, cwd=folder,
        env={**os.environ, **own},
    )  # fmt: skip
    try:
        if sys.platform == "linux":
            import resource  # noqa: PLC0415 - is not there on Windows

            # refused when less is allowed already, or when it has ended
            with suppress(OSError):
                resource.prlimit(process.pid, resource.RLIMIT_AS, (MOST_MEMORY, MOST_MEMORY))
        yield process
    finally:
        process.kill()
        process.wait()
        if process.stdout:
            process.stdout.close()


def _split(stream: IO[bytes], tally: Tally) -> Iterator[bytes]:
    """Yield a text packet by packet; one that is too long is dropped and told."""
    held, looked, dropped = bytearray(), 0, False
    while chunk := stream.read(CHUNK):
        held += chunk
        while (end := held.find(_END, looked)) >= 0:
            if not dropped:
                yield bytes(held[max(0, held.find(b"<packet>")) : end + len(_END)])
            del held[: end + len(_END)]
            looked, dropped = 0, False
        looked = max(0, len(held) - len(_END))
        if len(held) > MOST_PRINTED:
            if not dropped:
                tally.miss("huge", tally.name)
            del held[:looked]
            looked, dropped = 0, True
