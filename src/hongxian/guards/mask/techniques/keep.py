"""Keep: the column goes out as it came."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.mask.cells import Masked
from hongxian.guards.mask.technique import Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting


def _apply(setting: Setting) -> Apply:
    del setting
    return Masked


TECHNIQUE = Technique(name="keep", apply=_apply, reveal=_apply)
