"""Noise on numbers: bounded, or by the Laplace mechanism with a stated epsilon.

The Laplace mechanism here is the discrete one (two-sided geometric) on a grid: sums of floats would
give a value away in their last bits (Mironov 2012). Each value is limited to ``lower`` and
``upper`` first, so that the sensitivity of one value is their distance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, numbers, pa
from hongxian.guards.mask.technique import Option, Technique
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from hongxian.guards.mask.technique import Apply, Setting

    Floats = NDArray[np.float64]


def _apply(setting: Setting) -> Apply:
    options = setting.options
    dice = np.random.default_rng(options.get("seed"))
    change = _laplace(options, dice) if "epsilon" in options else _bounded(options, dice)

    def apply(column: Any) -> Masked:
        found = numbers(column).to_numpy(zero_copy_only=False)
        there = np.isfinite(found)
        out = np.where(there, found, 0.0)
        out = change(out)
        whole = pa.types.is_integer(column.type)
        kind = pa.int64() if whole else pa.float64()
        masked = pa.array(np.rint(out).astype(np.int64) if whole else out, kind, mask=~there)
        if pa.types.is_string(column.type):
            masked = masked.cast(pa.string())
        return Masked(masked, masked.null_count - column.null_count)

    return apply


def _bounded(options: Any, dice: np.random.Generator) -> Callable[[Floats], Floats]:
    bound = float(options["bound"])
    return lambda values: values + dice.uniform(-bound, bound, len(values))


def _laplace(options: Any, dice: np.random.Generator) -> Callable[[Floats], Floats]:
    lower, upper = float(options["lower"]), float(options["upper"])
    grain = float(options.get("grain", (upper - lower) / 1000))
    # a step of the grid costs epsilon * grain / sensitivity
    chance = -np.expm1(-float(options["epsilon"]) * grain / (upper - lower))

    def change(values: Floats) -> Floats:
        steps = np.rint(np.clip(values, lower, upper) / grain)
        drawn = dice.geometric(chance, len(values)) - dice.geometric(chance, len(values))
        changed: Floats = (steps + drawn) * grain
        return changed

    return change


def _check(setting: Setting) -> WordedError | None:
    options = setting.options
    if ("bound" in options) == ("epsilon" in options):
        return WordedError("mask_noise_kind")
    if "epsilon" not in options:
        return None
    if "seed" in options:
        return WordedError("mask_noise_seed")
    if "lower" not in options or "upper" not in options or options["lower"] >= options["upper"]:
        return WordedError("mask_noise_range")
    return None


_NUMBER = (int, float)
TECHNIQUE = Technique(
    name="noise",
    apply=_apply,
    options={
        "bound": Option(kinds=_NUMBER, least=1e-12, most=1e15),
        "epsilon": Option(kinds=_NUMBER, least=1e-6, most=100),
        "lower": Option(kinds=_NUMBER), "upper": Option(kinds=_NUMBER),
        "grain": Option(kinds=_NUMBER, least=1e-12),
        "seed": Option(kinds=(int,), least=0),
    },
    check=_check,
)  # fmt: skip
