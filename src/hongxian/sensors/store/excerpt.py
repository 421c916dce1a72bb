"""A value covered so that one can find it again and nobody else learns it."""

from __future__ import annotations

COVER = "****"
_SHOWN = {"identity.doc_number": (3, 0), "property.bank_card": (4, 0), "basic.phone": (3, 2)}
"""PI type -> how many characters stay in front and behind."""


def excerpt(value: str, info: str) -> str:
    """Return what a report may show of a value: little of a number, nothing of a secret."""
    if info.startswith(("auth.", "secret.")) or len(value) < 5:
        return COVER
    if info == "basic.email":
        return f"{value[0]}{COVER}@{COVER}"
    front, behind = _SHOWN.get(info, (2, 0))
    return value[:front] + COVER + (value[-behind:] if behind else "")
