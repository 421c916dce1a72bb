"""What a sample allows to say about all rows."""

from __future__ import annotations

import math

CONFIDENCE = 0.999


def bound(rows: int, confidence: float = CONFIDENCE) -> float:
    """Return the share of rows that a kind of value may have although none was in a sample.

    Were it more frequent, a sample of so many rows drawn at random would hold one with this
    confidence: ``(1 - share) ** rows = 1 - confidence``.
    """
    if rows <= 0:
        return 1.0
    return -math.expm1(math.log1p(-confidence) / rows)


def percent(share: float) -> str:
    """Return a share in percent, rounded up: ``0.1``."""
    if share >= 1:
        return "100"
    digits = max(0, 1 - math.floor(math.log10(share * 100)))
    step = 10.0**-digits
    text = f"{math.ceil(share * 100 / step - 1e-9) * step:.{digits}f}"
    return text.rstrip("0").rstrip(".") if "." in text else text
