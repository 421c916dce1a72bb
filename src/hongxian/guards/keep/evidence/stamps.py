"""Time stamps of others on heads (RFC 3161): a head existed no later than its stamp says.

A stamp is over the head with the signature of its log, as it stands first in its note. Stamps lie
beside the heads in ``LOG.stamps``, a line of JSON for each: the hash of what was stamped, and the
answer of the authority (DER, base64).
"""

from __future__ import annotations

import base64
import hashlib
import json
import os
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

from cryptography import x509
from rfc3161_client import (
    HashAlgorithm,
    PKIStatus,
    TimestampRequestBuilder,
    TimeStampResponse,
    VerificationError,
    VerifierBuilder,
    decode_timestamp_response,
)

from hongxian.guards.keep.outward import OutwardError, post
from hongxian.guards.policy_source import read_bytes
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path

    from hongxian.guards.keep.evidence.heads import Head

KIND = "application/timestamp-query"
"""Media type of a request (RFC 3161, 3.4)."""
AHEAD = timedelta(minutes=5)
"""By how much a head may be dated later than its stamp: two clocks are never one."""


@dataclass(frozen=True, slots=True)
class StampFault:
    """A stamp that is none.

    ``kind`` is ``form`` (no answer of an authority), ``head`` (of no head that is known, such as
    one that was cut off), ``chain`` (not signed by whom the authority's certificates say, or for
    something else) or ``time`` (the head is dated later than its stamp).
    """

    kind: str
    line: int
    reason: str = ""

    def worded(self) -> WordedError:
        """Return what a user reads."""
        return WordedError(f"keep_stamp_{self.kind}", line=self.line, reason=self.reason)


@dataclass(slots=True)
class Stamped:
    """What the stamps of a log say.

    ``covered`` is the size of the largest head with a good stamp, ``at`` that stamp's time, and
    ``late`` the longest time (seconds) between what a head says of itself and its stamp.
    """

    good: int = 0
    covered: int = 0
    at: datetime | None = None
    late: float = 0.0
    faults: list[StampFault] = field(default_factory=list)


def stamps_beside(path: Path) -> Path:
    """Return where the stamps of a log lie."""
    return path.with_name(f"{path.name}.stamps")


def stamp_note(note: str, address: str, path: Path) -> None:
    """Let an authority stamp a head, and keep the stamp.

    Args:
        note: the head, as its log has just signed it.
        address: of the authority.
        path: file of the stamps.

    Raises:
        OutwardError: the authority does not answer, refuses, or answers to something else.
        OSError: the stamp cannot be kept.
    """
    data = note.encode()
    asked = TimestampRequestBuilder(data, HashAlgorithm.SHA256).build()
    answer = post(address, asked.as_bytes(), KIND)
    try:
        told = decode_timestamp_response(answer)
        granted = told.status == PKIStatus.GRANTED
        same = granted and told.tst_info.nonce == asked.nonce
        fits = same and told.tst_info.message_imprint.message == hashlib.sha256(data).digest()
    except ValueError:
        raise OutwardError("RFC 3161") from None
    if not fits:
        raise OutwardError(f"RFC 3161, status {told.status}")
    line = {"sha256": hashlib.sha256(data).hexdigest(), "stamp": base64.b64encode(answer).decode()}
    with path.open("a", encoding="ascii") as out:
        out.write(json.dumps(line) + "\n")
        out.flush()
        os.fsync(out.fileno())


def check_stamps(path: Path, heads: Iterable[Head], authorities: Path) -> Stamped:
    """Check all stamps of a log.

    Args:
        path: file of the stamps.
        heads: of the log; their own signatures are checked elsewhere.
        authorities: certificates of authorities that are believed (PEM), roots first.

    Raises:
        HongxianError: a file cannot be read, or holds no certificate.
    """
    try:
        believed = x509.load_pem_x509_certificates(read_bytes(authorities))
    except ValueError:
        raise WordedError("keep_no_certificate", authorities) from None
    known = {hashlib.sha256(data).hexdigest(): (head, data) for head in heads
             if (data := signed_part(head))}  # fmt: skip
    found = Stamped()
    for number, line in enumerate(read_bytes(path).splitlines(), 1):
        fault = _checked(found, number, line, known, believed)
        if fault is not None:
            found.faults.append(fault)
    return found


def signed_part(head: Head) -> bytes:
    """Return a head with the first signature of its log, as it was signed; empty without one."""
    if not head.signatures:
        return b""
    blob = base64.b64encode(head.signatures[0]).decode("ascii")
    return f"{head.text()}\n— {head.origin} {blob}\n".encode()


def _checked(
    found: Stamped, number: int, line: bytes, known: dict[str, tuple[Head, bytes]],
    believed: Sequence[x509.Certificate],
) -> StampFault | None:  # fmt: skip
    try:
        row = json.loads(line)
        named, told = row["sha256"], decode_timestamp_response(base64.b64decode(row["stamp"]))
    except (ValueError, KeyError, TypeError):
        return StampFault("form", number)
    if named not in known:
        return StampFault("head", number)
    head, data = known[named]
    try:
        _verify(told, data, believed)
    except (VerificationError, ValueError) as error:
        return StampFault("chain", number, str(error))
    at = told.tst_info.gen_time
    own = datetime.fromisoformat(head.at)
    if own - at > AHEAD:
        return StampFault("time", number, f"{head.at} > {at.isoformat()}")
    found.good += 1
    found.late = max(found.late, (at - own).total_seconds())
    if head.size >= found.covered:
        found.covered, found.at = head.size, at
    return None


def _verify(told: TimeStampResponse, data: bytes, believed: Sequence[x509.Certificate]) -> None:
    """Check imprint, signature and chain, at the time of the stamp."""
    builder = VerifierBuilder()
    for one in dict.fromkeys(believed):
        own = one.issuer == one.subject
        builder = (
            builder.add_root_certificate(one) if own else builder.add_intermediate_certificate(one)
        )
    builder.build().verify_message(told, data)
