"""Bare hashes: refused where values can be counted through, because then they are turned back.

A phone number has some 10^10 values: a graphics card hashes them all in a second, so an MD5 or
SHA-256 of one is the number in another writing. Only types that nobody can count through pass.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, by_distinct
from hongxian.guards.mask.technique import Option, Technique
from hongxian.info.value_counts import countable, random_types
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

GUESSES = 10**10
"""Hashes that one graphics card makes in a second (SHA-256, hashcat: order of magnitude; M)."""


def _apply(setting: Setting) -> Apply:
    algorithm = setting.option("algorithm", "sha256")

    def change(values: list[str]) -> list[str]:
        if algorithm == "sm3":
            from cryptography.hazmat.primitives import hashes  # noqa: PLC0415 - an extra

            return [_sm3(hashes, value) for value in values]
        return [hashlib.sha256(value.encode()).hexdigest() for value in values]

    def apply(column: Any) -> Masked:
        return by_distinct(column, change)

    return apply


def _sm3(hashes: Any, value: str) -> str:
    digest = hashes.Hash(hashes.SM3())
    digest.update(value.encode())
    found: bytes = digest.finalize()
    return found.hex()


def _check(setting: Setting) -> WordedError | None:
    if setting.info in random_types():
        return None
    values = countable().get(setting.info)
    if values is None:
        return WordedError("mask_hash_guessed", info=setting.info)
    seconds = max(1, round(10**values / GUESSES))
    return WordedError("mask_hash_counted", info=setting.info, power=f"{values:g}", seconds=seconds)


TECHNIQUE = Technique(
    name="hash",
    apply=_apply,
    options={"algorithm": Option(kinds=(str,), choices=("sha256", "sm3"))},
    check=_check,
)
