"""Format-preserving encryption of a text column: whatever its lengths, patterns and gaps."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, TextBytes, as_text
from hongxian.guards.mask.formats.part import patterns

if TYPE_CHECKING:
    from hongxian.guards.mask.ciphers import BlockCipher
    from hongxian.guards.mask.formats.part import Bytes, Format, Rows

LONGEST = 128
"""Bytes of the longest value that is encrypted; longer ones do not fit."""


def encrypt_column(
    column: Any, form: Format, cipher: BlockCipher, domain: bytes, *, decrypt: bool = False
) -> Masked:
    """Return a column encrypted within its format, or decrypted.

    Args:
        column: any column; its values are taken as texts.
        form: the format; values that are not of it are suppressed and counted.
        cipher: the block cipher under its key.
        domain: the tweak: what makes equal values of different kinds differ.
        decrypt: turn back instead.
    """
    table = TextBytes(as_text(column))
    done: list[tuple[Rows, Bytes]] = []
    for rows, text in table.groups(LONGEST):
        codes = form.classes[text]
        for some, pattern in patterns(codes):
            own, fits = _without_strangers(text[some], rows[some], form, pattern)
            inside = pattern > 0
            for part in form.parts(own[:, inside], pattern[inside]) if inside.any() else ():
                if not len(part.rows):
                    continue
                new = own[part.rows]
                new[:, inside] = part.turned(cipher, domain, decrypt=decrypt)
                done.append((fits[part.rows], new))
    return table.replaced(done)


def _without_strangers(text: Bytes, rows: Rows, form: Format, pattern: Bytes) -> tuple[Bytes, Rows]:
    """Leave out rows in which something stays that the format does not know."""
    if form.outside is None or (pattern > 0).all():
        return text, rows
    allowed = np.zeros(256, bool)
    allowed[list(form.outside)] = True
    fine = allowed[text[:, pattern == 0]].all(axis=1)
    return text[fine], rows[fine]
