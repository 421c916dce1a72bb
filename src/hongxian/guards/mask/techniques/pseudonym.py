"""Keyed pseudonyms: an HMAC of the value, written in an alphabet; there is no way back.

The same value gets the same pseudonym in every table under one key and domain. Forms of one value
(``+86 138-...`` and ``138...``) are made one before, where the PI type has forms.
"""

from __future__ import annotations

import hmac
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, as_text, by_distinct, pc
from hongxian.guards.mask.technique import Option, Technique
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.guards.mask.technique import Apply, Setting

ALPHABETS = {
    "hex": "0123456789abcdef", "digits": "0123456789",
    "base32": "0123456789abcdefghjkmnpqrstvwxyz",  # Crockford's: no letter looks like another
    "base62": "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
}  # fmt: skip
"""Alphabets by name; a policy may spell out another."""

LENGTH = 16
"""Characters of a pseudonym: 80 bits in base32."""

LEAST_BITS = 64
"""Fewer would let different values of a large table meet."""

_PER_DIGEST = 16
"""Characters that one digest of 32 bytes gives, two bytes each."""

_FORMS = {
    "basic.phone": (r"^\s*(?:(?:\+|00)?86)?[ -]?(1\d{2})[ -]?(\d{4})[ -]?(\d{4})\s*$", r"\1\2\3"),
    "property.bank_card": (r"[ -]", ""),
    "device.mac": (r"[:-]", ""),
}


def normalised(column: Any, info: str) -> Any:
    """Return texts in the one form that their PI type has: trimmed, in one case, without gaps."""
    text = pc.utf8_trim_whitespace(as_text(column))
    if info in ("basic.email", "device.mac"):
        text = pc.utf8_lower(text)
    if info in ("identity.doc_number", "identity.passport", "property.vehicle"):
        text = pc.utf8_upper(text)
    return pc.replace_substring_regex(text, *_FORMS[info]) if info in _FORMS else text


def digests(algorithm: str, secret: bytes) -> Callable[[bytes], bytes]:
    """Return what makes the HMAC of a message, by SHA-256 or SM3."""
    if algorithm == "sha256":
        return lambda message: hmac.digest(secret, message, "sha256")
    from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - an extra
    from cryptography.hazmat.primitives.hmac import HMAC  # noqa: PLC0415

    base = HMAC(secret, hashes.SM3())

    def digest(message: bytes) -> bytes:
        own = base.copy()
        own.update(message)
        return own.finalize()

    return digest


def _apply(setting: Setting) -> Apply:
    algorithm = setting.option("algorithm", "sha256")
    digest = digests(algorithm, setting.key().derive(f"pseudonym:{algorithm}"))
    alphabet = setting.option("alphabet", "base32")
    letters = np.array(list(ALPHABETS.get(alphabet, alphabet)))
    length, prefix = setting.option("length", LENGTH), setting.option("prefix", "")
    start = setting.domain.encode() + b"\0"

    def names(values: list[str]) -> Sequence[str]:
        turns = [bytes([turn]) + start for turn in range(-(-length // _PER_DIGEST))]
        whole = [value.encode() for value in values]
        drawn = b"".join(digest(turn + value) for value in whole for turn in turns)
        words = np.frombuffer(drawn, ">u2").reshape(len(values), -1)[:, :length]
        spelled = np.ascontiguousarray(letters[words % len(letters)]).view(f"<U{length}")
        return [prefix + one for one in spelled.ravel().tolist()]

    def apply(column: Any) -> Masked:
        return by_distinct(normalised(column, setting.info), names)

    return apply


def _check(setting: Setting) -> WordedError | None:
    alphabet = setting.option("alphabet", "base32")
    letters = ALPHABETS.get(alphabet, alphabet)
    if len(set(letters)) != len(letters) or len(letters) < 2:
        return WordedError("mask_alphabet")
    length = setting.option("length", LENGTH)
    bits = int(length * np.log2(len(letters)))
    return WordedError("mask_short", bits=bits, least=LEAST_BITS) if bits < LEAST_BITS else None


TECHNIQUE = Technique(
    name="pseudonym",
    apply=_apply,
    keyed=True,
    options={
        "algorithm": Option(kinds=(str,), choices=("sha256", "sm3")),
        "alphabet": Option(kinds=(str,), least=2, most=94),
        "length": Option(kinds=(int,), least=4, most=64),
        "prefix": Option(kinds=(str,), most=16),
    },
    check=_check,
)
