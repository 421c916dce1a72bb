"""Packet captures, made here: Ethernet, IPv4, TCP and UDP, TLS with its key log, HTTP/2."""

from __future__ import annotations

import contextlib
import ssl
import struct
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

AT = 1767294245.5
PHONE, SERVER = "10.0.0.2", "93.184.216.34"
_FIN, _SYN, _PUSH, _ACK = 1, 2, 8, 16
_SEGMENT = 1_000


@dataclass
class Wire:
    """A capture that grows packet by packet, 10 ms apart."""

    at: float = AT
    packets: list[bytes] = field(default_factory=list)

    def frame(self, protocol: int, source: str, target: str, body: bytes) -> None:
        addresses = b"".join(bytes(map(int, one.split("."))) for one in (source, target))
        head = struct.pack(">BBHHHBBH", 0x45, 0, 20 + len(body), 1, 0, 64, protocol, 0)
        data = b"\2" * 12 + b"\x08\x00" + head + addresses + body
        second, part = int(self.at), round(self.at % 1 * 1e6)
        self.packets.append(struct.pack("<LLLL", second, part, len(data), len(data)) + data)
        self.at += 0.01

    def udp(self, source: tuple[str, int], target: tuple[str, int], body: bytes) -> None:
        head = struct.pack(">HHHH", source[1], target[1], 8 + len(body), 0)
        self.frame(17, source[0], target[0], head + body)

    def pcap(self) -> bytes:
        return struct.pack("<LHHLLLL", 0xA1B2C3D4, 2, 4, 0, 0, 262144, 1) + b"".join(self.packets)


@dataclass
class Tcp:
    """One TCP connection on a wire."""

    wire: Wire
    port: int = 80
    local: int = 40_000
    server: str = SERVER
    syn: bool = True

    def __post_init__(self) -> None:
        self._next = {True: 1000, False: 5000}
        if self.syn:
            self._segment(sent=True, flags=_SYN)
            self._segment(sent=False, flags=_SYN | _ACK)
            self._segment(sent=True, flags=_ACK)

    def _segment(self, *, sent: bool, flags: int, body: bytes = b"") -> None:
        ends = (self.local, self.port) if sent else (self.port, self.local)
        head = struct.pack(
            ">HHLLBBHHH", *ends, self._next[sent], self._next[not sent], 0x50, flags, 65_000, 0, 0
        )
        hosts = (PHONE, self.server) if sent else (self.server, PHONE)
        self.wire.frame(6, *hosts, head + body)
        self._next[sent] += len(body) + bool(flags & (_SYN | _FIN))

    def send(self, data: bytes, *, sent: bool = True) -> None:
        for at in range(0, len(data), _SEGMENT):
            self._segment(sent=sent, flags=_PUSH | _ACK, body=data[at : at + _SEGMENT])

    def got(self, data: bytes) -> None:
        self.send(data, sent=False)

    def close(self) -> None:
        self._segment(sent=True, flags=_FIN | _ACK)
        self._segment(sent=False, flags=_FIN | _ACK)


class Tls:
    """TLS on a TCP connection; both ends are played here."""

    def __init__(self, tcp: Tcp, name: str, protocols: tuple[str, ...] = ()) -> None:
        self._tcp = tcp
        with TemporaryDirectory() as folder:
            self._log = Path(folder) / "keys"
            server = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            server.load_cert_chain(*certificate(Path(folder), name))
            client = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
            client.check_hostname, client.verify_mode = False, ssl.CERT_NONE
            client.keylog_filename = str(self._log)
            for context in (server, client):
                context.set_alpn_protocols([*protocols, "http/1.1"])
            self._bios = {end: (ssl.MemoryBIO(), ssl.MemoryBIO()) for end in (True, False)}
            self._ends = {
                True: client.wrap_bio(*self._bios[True], server_hostname=name),
                False: server.wrap_bio(*self._bios[False], server_side=True),
            }
            self._shake()
            self.keylog = self._log.read_bytes()

    def _shake(self) -> None:
        for end in (True, False, True, False):
            with contextlib.suppress(ssl.SSLWantReadError):
                self._ends[end].do_handshake()
            self._carry(end)

    def _carry(self, end: bool) -> None:
        data = self._bios[end][1].read()
        self._tcp.send(data, sent=end)
        self._bios[not end][0].write(data)

    def send(self, data: bytes, *, sent: bool = True) -> None:
        self._ends[sent].write(data)
        self._carry(sent)

    def got(self, data: bytes) -> None:
        self.send(data, sent=False)


def certificate(folder: Path, name: str) -> tuple[Path, Path]:
    """Return the files of a certificate and its key."""
    from cryptography import x509
    from cryptography.hazmat.primitives import hashes, serialization
    from cryptography.hazmat.primitives.asymmetric import ec
    from cryptography.x509.oid import NameOID

    key = ec.generate_private_key(ec.SECP256R1())
    named = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    made = (
        x509.CertificateBuilder().subject_name(named).issuer_name(named)
        .public_key(key.public_key()).serial_number(7)
        .not_valid_before(begin).not_valid_after(begin + timedelta(days=365))
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    chain, secret = folder / "chain.pem", folder / "key.pem"
    chain.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    secret.write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip
    return chain, secret


def h2(kind: int, flags: int, stream: int, body: bytes = b"") -> bytes:
    """Return a frame of HTTP/2."""
    return struct.pack(">L", len(body))[1:] + struct.pack(">BBL", kind, flags, stream) + body


def hpack(*headers: tuple[str, str]) -> bytes:
    """Return headers of HTTP/2, each literal and not indexed."""
    texts = ((name.encode(), value.encode()) for name, value in headers)
    return b"".join(
        b"\0" + bytes([len(name)]) + name + bytes([len(value)]) + value for name, value in texts
    )


PREFACE = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n" + h2(4, 0, 0)


def ws(data: bytes, *, sent: bool, opcode: int = 1) -> bytes:
    """Return a WebSocket message in one frame, masked when the app sends it."""
    head = bytes([0x80 | opcode, len(data) | (0x80 if sent else 0)])
    mask = b"\x01\x02\x03\x04"
    body = bytes(byte ^ mask[at % 4] for at, byte in enumerate(data)) if sent else data
    return head + (mask if sent else b"") + body


def query(name: str, answer: str | None = None) -> bytes:
    """Return a question to a DNS server, or its answer."""
    labels = b"".join(bytes([len(one)]) + one.encode() for one in name.split(".")) + b"\0"
    head = struct.pack(">6H", 7, 0x8180 if answer else 0x0100, 1, 1 if answer else 0, 0, 0)
    found = b""
    if answer:
        address = bytes(map(int, answer.split(".")))
        found = b"\xc0\x0c" + struct.pack(">HHLH", 1, 1, 60, 4) + address
    return head + labels + struct.pack(">HH", 1, 1) + found


def http1(line: str, *headers: str, body: bytes = b"") -> bytes:
    return "\r\n".join([line, *headers, "", ""]).encode() + body


def pcapng(pcap: bytes, secrets: bytes) -> bytes:
    """Return a capture as pcapng that carries its TLS secrets."""
    blocks = [
        (0x0A0D0D0A, struct.pack("<LHHq", 0x1A2B3C4D, 1, 0, -1)),
        (1, struct.pack("<HHL", 1, 0, 262144)),
        (10, struct.pack("<LL", 0x544C534B, len(secrets)) + secrets),
    ]
    at = 24
    while at < len(pcap):
        second, part, size, whole = struct.unpack_from("<LLLL", pcap, at)
        stamp = second * 1_000_000 + part
        head = struct.pack("<LLLLL", 0, stamp >> 32, stamp & 0xFFFFFFFF, size, whole)
        blocks.append((6, head + pcap[at + 16 : at + 16 + size]))
        at += 16 + size
    out = b""
    for kind, content in blocks:
        body = content + b"\0" * (-len(content) % 4)
        out += struct.pack("<LL", kind, len(body) + 12) + body + struct.pack("<L", len(body) + 12)
    return out
