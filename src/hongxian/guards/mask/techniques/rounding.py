"""Rounding: a number becomes the nearest multiple of a step, or the one below."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, numbers, pa
from hongxian.guards.mask.technique import Option, Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

MODES = ("nearest", "down")
"""To the nearest multiple (ties to even), or to the one below."""


def _apply(setting: Setting) -> Apply:
    step = setting.options["step"]
    decimals = max(0, -int(Decimal(str(step)).as_tuple().exponent))
    fit = np.floor if setting.option("mode", "nearest") == "down" else np.rint

    def apply(column: Any) -> Masked:
        values = numbers(column)
        found = values.to_numpy(zero_copy_only=False)
        rounded = np.round(fit(found / step) * step, decimals)
        whole = decimals == 0 and bool((np.abs(rounded[np.isfinite(rounded)]) < 2**53).all())
        lost = ~np.isfinite(rounded)
        out = np.where(lost, 0, rounded).astype(np.int64) if whole else rounded
        kind = pa.int64() if whole else pa.float64()
        masked = pa.array(out, kind, mask=lost).cast(
            pa.string() if pa.types.is_string(column.type) else kind
        )
        return Masked(masked, masked.null_count - column.null_count)

    return apply


TECHNIQUE = Technique(
    name="round",
    apply=_apply,
    options={
        "step": Option(kinds=(int, float), least=1e-9, most=1e15, needed=True),
        "mode": Option(kinds=(str,), choices=MODES),
    },
)
