"""A time-stamp authority on loopback, as ``openssl ts`` is one, under a CA of its own."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass
from pathlib import Path

from tests.guards.keep.receiver import Got

CONFIG = """
[tsa]
default_tsa = own
[own]
serial = {place}/serial
crypto_device = builtin
signer_cert = {place}/tsa.pem
signer_key = {place}/tsa.key
signer_digest = sha256
default_policy = 1.2.3.4.1
digests = sha256, sha512
ess_cert_id_alg = sha256
"""
EXTENSIONS = (
    "basicConstraints=critical,CA:false\nkeyUsage=critical,digitalSignature\n"
    "extendedKeyUsage=critical,timeStamping\n"
)


@dataclass
class Authority(Got):
    """Where its files lie, and what it answers; ``fixed`` instead of what it should."""

    place: Path = Path()
    fixed: bytes | None = None

    @property
    def ca(self) -> Path:
        """The certificate of its CA."""
        return self.place / "ca.pem"

    def answer(self, kind: str, body: bytes) -> bytes:
        """Return its answer to a request."""
        assert kind == "application/timestamp-query"
        if self.fixed is not None:
            return self.fixed
        (self.place / "query").write_bytes(body)
        _openssl("ts", "-reply", "-config", str(self.place / "config"), "-queryfile",
                 str(self.place / "query"), "-out", str(self.place / "answer"))  # fmt: skip
        return (self.place / "answer").read_bytes()


def made(place: Path) -> Authority:
    """Make a CA, and an authority under it."""
    place.mkdir()
    curve = ("-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256", "-nodes")
    _openssl("req", "-x509", *curve, "-keyout", f"{place}/ca.key", "-out", f"{place}/ca.pem",
             "-subj", "/CN=Test CA", "-days", "2", "-addext",
             "keyUsage=critical,keyCertSign")  # fmt: skip
    _openssl("req", *curve, "-keyout", f"{place}/tsa.key", "-out", f"{place}/tsa.csr", "-subj",
             "/CN=Test TSA")  # fmt: skip
    (place / "extensions").write_text(EXTENSIONS)
    _openssl("x509", "-req", "-in", f"{place}/tsa.csr", "-CA", f"{place}/ca.pem", "-CAkey",
             f"{place}/ca.key", "-CAcreateserial", "-days", "2", "-extfile",
             f"{place}/extensions", "-out", f"{place}/tsa.pem")  # fmt: skip
    (place / "serial").write_text("01\n")
    (place / "config").write_text(CONFIG.format(place=place))
    return Authority(place=place)


def _openssl(*words: str) -> None:
    done = subprocess.run(["openssl", *words], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
