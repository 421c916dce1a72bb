"""Permutation: the column keeps its values, the rows no longer their own.

Values change places within what is read at a time, some tens of thousands of rows; a column whose
values are names in themselves is not disarmed by that.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, pa
from hongxian.guards.mask.technique import Option, Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting


def _apply(setting: Setting) -> Apply:
    dice = np.random.default_rng(setting.option("seed", None))

    def apply(column: Any) -> Masked:
        return Masked(column.take(pa.array(dice.permutation(len(column)))))

    return apply


TECHNIQUE = Technique(name="permute", apply=_apply, options={"seed": Option(kinds=(int,), least=0)})
