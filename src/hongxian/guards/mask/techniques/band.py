"""Bands: a number becomes the band in which it lies, such as 30-39."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, numbers, pa
from hongxian.guards.mask.technique import Option, Technique
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

EDGES = [0, 14, 18, 30, 40, 50, 60, 70, 80]
"""Ages: PIPL article 31 protects those under 14, majority is 18; the old are few: 80 and more."""


def _apply(setting: Setting) -> Apply:
    edges = np.array(setting.option("edges", EDGES), float)
    size = setting.option("size", None)

    def apply(column: Any) -> Masked:
        values = numbers(column)
        found = values.to_numpy(zero_copy_only=False)
        there = np.isfinite(found)
        out = np.full(len(found), None, object)
        if size is None:
            labels = np.array([*_labels(edges), f"{edges[-1]:g}+"], object)
            there &= found >= edges[0]
            out[there] = labels[np.searchsorted(edges, found[there], side="right") - 1]
        else:
            starts, which = np.unique(np.floor(found[there] / size), return_inverse=True)
            out[there] = np.array([_label(one * size, (one + 1) * size) for one in starts], object)[
                which
            ]
        masked = pa.array(out, pa.string())
        return Masked(masked, masked.null_count - column.null_count)

    return apply


def _labels(edges: Any) -> list[str]:
    return [_label(start, end) for start, end in pairwise(edges)]


def _label(start: float, end: float) -> str:
    """Name a band by its first and last number; its end is told to be outside when not whole."""
    if float(start).is_integer() and float(end).is_integer():
        return f"{start:.0f}-{end - 1:.0f}" if end - start > 1 else f"{start:.0f}"
    return f"[{start:.12g},{end:.12g})"


def _check(setting: Setting) -> WordedError | None:
    edges = setting.option("edges", EDGES)
    right = all(isinstance(one, int | float) and not isinstance(one, bool) for one in edges)
    if not right or len(edges) < 2 or any(a >= b for a, b in pairwise(edges)):
        return WordedError("mask_edges")
    return None


TECHNIQUE = Technique(
    name="band",
    apply=_apply,
    options={
        "edges": Option(kinds=(list,), most=1000),
        "size": Option(kinds=(int, float), least=1e-9, most=1e15),
    },
    check=_check,
)
