"""Who signed a package: v1 (JAR), v2, v3 and v3.1 (APK Signing Block).

Layout: source.android.com, "APK Signature Scheme v2" and "v3". Digests are not verified; an
installed app has passed that, and whose certificate it is matters here.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.sensors.app.package.der import Certificate, certificate, pkcs7_certificates
from hongxian.sensors.app.package.model import Signer

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.app.package.container import Archive
    from hongxian.sensors.app.package.directory import Raw

_MAGIC = b"APK Sig Block 42"
_SCHEMES = {0x7109871A: "v2", 0xF05368C0: "v3", 0x1B93AD61: "v3.1"}
_JAR = re.compile(r"META-INF/[^/]+\.(RSA|DSA|EC)", re.IGNORECASE)
_JAR_LIMIT = 1 << 20
_BLOCK_LIMIT = 64 << 20
_MOST = 64
"""More signers or certificates than this no package has."""


@dataclass
class Signatures:
    """The schemes of a package and the certificates behind them."""

    schemes: list[str] = field(default_factory=list)
    signers: list[Signer] = field(default_factory=list)
    faults: list[tuple[str, str, str]] = field(default_factory=list)
    """Member, word and detail of what could not be parsed."""


def read_signatures(archive: Archive) -> Signatures:
    """Read all signatures of a package; what cannot be parsed is told in ``faults``."""
    found = Signatures()
    certificates: dict[bytes, list[str]] = {}
    for scheme, der in (*_jar(archive, found), *_block(archive, found)):
        schemes = certificates.setdefault(der, [])
        if scheme not in schemes:
            schemes.append(scheme)
        if scheme not in found.schemes:
            found.schemes.append(scheme)
    for der, schemes in certificates.items():
        try:
            found.signers.append(_signer(certificate(der), tuple(schemes)))
        except ValueError as error:
            found.faults.append(("META-INF", "certificate", str(error)))
    return found


def signing_block(data: Raw, end: int) -> dict[int, bytes]:
    """Return the parts of the APK Signing Block that ends at ``end``, by their ids.

    Args:
        data: the whole package.
        end: where the central directory starts.
    """
    if end < 32 or data[end - 16 : end] != _MAGIC:
        return {}
    size = struct.unpack("<Q", data[end - 24 : end - 16])[0]
    start = end - size
    if not 24 <= size <= _BLOCK_LIMIT or start < 0:
        return {}
    return dict(_pairs(data[start : end - 24]))


def _pairs(block: bytes) -> Iterator[tuple[int, bytes]]:
    place = 0
    while place + 12 <= len(block):
        size, kind = struct.unpack_from("<QL", block, place)
        if size < 4 or place + 8 + size > len(block):
            return
        yield kind, block[place + 12 : place + 8 + size]
        place += 8 + size


def _jar(archive: Archive, found: Signatures) -> Iterator[tuple[str, bytes]]:
    names = [name for name in archive.members if _JAR.fullmatch(name)]
    for name in names[:_MOST]:
        content = archive.get(name, _JAR_LIMIT)
        if content is None:
            continue
        try:
            for der in _leaves(pkcs7_certificates(content)[:_MOST]):
                yield "v1", der
        except ValueError:
            found.faults.append((name, "signature", "v1"))


def _leaves(ders: list[bytes]) -> list[bytes]:
    """Leave out the certificates that only vouch for others."""
    if len(ders) < 2:
        return ders
    read = [certificate(der) for der in ders]
    vouching = {c.issuer for c in read if c.issuer != c.subject}
    return [der for der, c in zip(ders, read, strict=True) if c.subject not in vouching]


def _block(archive: Archive, found: Signatures) -> Iterator[tuple[str, bytes]]:
    for kind, value in signing_block(archive.data, archive.directory_start).items():
        scheme = _SCHEMES.get(kind)
        if scheme is None:
            continue
        ders = list(_block_certificates(value))
        if not ders:
            found.faults.append(("APK Signing Block", "signature", scheme))
        for der in ders:
            yield scheme, der


def _block_certificates(value: bytes) -> Iterator[bytes]:
    """Yield the first certificate of each signer: the one whose key signed."""
    for signer in _lengths(next(_lengths(value), b"")):
        signed = next(_lengths(signer), b"")
        # digests, certificates, then what differs between the schemes
        for part, content in enumerate(_lengths(signed)):
            if part == 1:
                yield from (der for _, der in zip(range(1), _lengths(content), strict=False))
                break


def _lengths(data: bytes) -> Iterator[bytes]:
    """Yield the parts of a sequence, each with its length before it."""
    place = 0
    for _ in range(_MOST):
        if place + 4 > len(data):
            return
        size = struct.unpack_from("<L", data, place)[0]
        if place + 4 + size > len(data):
            return
        yield data[place + 4 : place + 4 + size]
        place += 4 + size


def _signer(read: Certificate, schemes: tuple[str, ...]) -> Signer:
    return Signer(
        subject=read.subject,
        issuer=read.issuer,
        serial=read.serial,
        sha256=read.sha256,
        not_before=read.not_before,
        not_after=read.not_after,
        schemes=schemes,
    )
