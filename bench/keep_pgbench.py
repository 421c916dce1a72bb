"""pgbench directly, through PgBouncer and through the lane, in turns: transactions and CPU.

    python bench/keep_pgbench.py [--seconds 5] [--rounds 3] [--clients 4]

The claim: at least .55 of the transactions of a direct connection and .75 of those of PgBouncer,
and at most 20 us more CPU a statement than PgBouncer. CPU is that of the proxy's own process (user
and system) by the statements that pgbench sent; turns are interleaved, and medians printed.
"""

from __future__ import annotations

import argparse
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.guards.keep.lane.harness import Guarded, running_server  # noqa: E402
from tests.sensors.store.sources.servers import free_port, other_user, program  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator

WORKLOADS = {
    "select, simple": (("-S", "-M", "simple"), 1),
    "select, prepared": (("-S", "-M", "prepared"), 1),
    "tpcb, simple": (("-M", "simple"), 7),
    "tpcb, prepared": (("-M", "prepared"), 7),
}
"""Workload -> words of pgbench, and statements of a transaction."""
PATIENCE = 60
"""Seconds beyond its time after which pgbench hangs."""
COMMAND = "import sys; from hongxian.cli import main; sys.argv[0] = 'hongxian'; main()"


def cpu(pid: int) -> float:
    """Return the seconds of CPU that a process has used."""
    fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


@contextmanager
def bouncer(server_port: int, place: Path) -> Iterator[tuple[int, int]]:
    """Run PgBouncer, pooling by session as the lane does; give port and process."""
    port = free_port()
    (place / "users.txt").write_text('"operator" ""\n', "utf-8")
    (place / "bouncer.ini").write_text(
        f"[databases]\n* = host=127.0.0.1 port={server_port}\n[pgbouncer]\n"
        f"listen_addr = 127.0.0.1\nlisten_port = {port}\nauth_type = trust\nunix_socket_dir =\n"
        f"auth_file = {place}/users.txt\npool_mode = session\nlogfile = {place}/bouncer.log\n"
        "default_pool_size = 50\n",
        "utf-8",
    )
    for one in (place, place / "bouncer.ini", place / "users.txt"):
        one.chmod(0o755)
    log = place / "bouncer.log"
    log.touch()
    log.chmod(0o666)
    command = (program("pgbouncer"), "-q", str(place / "bouncer.ini"))
    with subprocess.Popen(command, cwd=place, **other_user()) as made:
        time.sleep(1)
        try:
            yield port, made.pid
        finally:
            made.terminate()


@contextmanager
def lane(place: Path) -> Iterator[tuple[int, int]]:
    """Run the lane as a process of its own; give port and process."""
    words = (
        sys.executable,
        "-c",
        COMMAND,
        "keep",
        "guard",
        "--config",
        "keep.toml",
        "--lang",
        "en",
    )
    with subprocess.Popen(words, cwd=place, stderr=subprocess.PIPE, text=True) as made:
        try:
            line = made.stderr.readline() if made.stderr else ""
            yield int(line.rpartition(":")[2]), made.pid
        finally:
            made.terminate()


def pgbench(way: str, port: int, database: str, seconds: int, *words: str) -> int:
    """Run pgbench for so many seconds and return its transactions; one that hangs is ended."""
    place = ("-T", str(seconds), "-h", "127.0.0.1", "-p", str(port), "-U", "operator", "-n")
    command = (program("pgbench"), *words, *place, database)
    try:
        done = subprocess.run(
            command, capture_output=True, text=True, check=False, timeout=seconds + PATIENCE
        )
    except subprocess.TimeoutExpired:
        raise SystemExit(
            f"{way}: pgbench {' '.join(words)} did not end in {seconds + PATIENCE} s"
        ) from None
    found = re.search(r"actually processed: (\d+)", done.stdout)
    if done.returncode or found is None:
        raise SystemExit(done.stderr)
    return int(found[1])


def main() -> None:
    """Print our figures, the peer's and the ratios."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seconds", type=int, default=5)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, default=4)
    told = parser.parse_args()
    with ExitStack() as stack:
        server = stack.enter_context(running_server())
        name = stack.enter_context(server.database())
        places = [Path(stack.enter_context(tempfile.TemporaryDirectory())) for _ in range(2)]
        subprocess.run((program("pgbench"), "-h", "127.0.0.1", "-p", str(server.port), "-U", "me",
                        "-i", "-q", "-s", "10", name), capture_output=True, check=True)  # fmt: skip
        Guarded(server, name, places[0])  # writes what a lane needs
        ways = {"direct": (server.port, 0)}
        ways["pgbouncer"] = stack.enter_context(bouncer(server.port, places[1]))
        ways["lane"] = stack.enter_context(lane(places[0]))
        for workload in WORKLOADS:
            measured(workload, ways, name, told)
    print(f"load: {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")


def measured(
    workload: str, ways: dict[str, tuple[int, int]], name: str, told: argparse.Namespace
) -> None:
    """Run one workload in turns, and print its line."""
    words, statements = WORKLOADS[workload]
    counts: dict[str, list[int]] = defaultdict(list)
    micros: dict[str, list[float]] = defaultdict(list)
    common = ("-c", str(told.clients), "-j", "1")
    for _ in range(told.rounds):
        for way, (port, pid) in ways.items():
            before = cpu(pid) if pid else 0.0
            done = pgbench(way, port, name, told.seconds, *common, *words)
            counts[way].append(done)
            if pid:
                micros[way].append((cpu(pid) - before) / (done * statements) * 1e6)
    tps = {way: statistics.median(rows) / told.seconds for way, rows in counts.items()}
    used = {way: statistics.median(rows) for way, rows in micros.items()}
    print(
        f"{workload:17} direct {tps['direct']:7.0f}/s  pgbouncer {tps['pgbouncer']:7.0f}/s  lane "
        f"{tps['lane']:7.0f}/s  of direct {tps['lane'] / tps['direct']:.2f}  of pgbouncer "
        f"{tps['lane'] / tps['pgbouncer']:.2f}  CPU a statement: lane {used['lane']:.1f} us, "
        f"pgbouncer {used['pgbouncer']:.1f} us, added {used['lane'] - used['pgbouncer']:.1f} us",
        flush=True,
    )


if __name__ == "__main__":
    main()
