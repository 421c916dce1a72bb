"""The cutter as fast as this machine has it: compiled when it was built so, else plain Python.

Both come from the same files; ``hatch_build.py`` puts them together. A compiled one of other
sources than those that stand here is left alone.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.sensors.traffic.columns.cut import cutter as plain
from hongxian.sensors.traffic.columns.cut import gather as plain_gather
from hongxian.sensors.traffic.columns.cut import tally as plain_tally
from hongxian.sensors.traffic.columns.cut import words as plain_words

if TYPE_CHECKING:
    from types import ModuleType

LAYERS = ("grammar", "words", "cutter", "tally", "gather")
"""The files that are compiled together, each before those that build on it."""


def compiled() -> ModuleType | None:
    """Return the compiled module, if there is one of these very sources."""
    try:
        module = import_module("hongxian.sensors.traffic.columns.cut.compiled")
    except ImportError:
        return None
    return module if digest(Path(__file__).parent) == module.SOURCE else None


def digest(place: Path) -> str:
    """Return what tells the sources from any others."""
    files = [*(f"{layer}.py" for layer in LAYERS), "compiled.pxd"]
    return hashlib.sha256(b"".join((place / file).read_bytes() for file in files)).hexdigest()


_module = compiled()
COMPILED = _module is not None
"""Whether the fast one is there."""
Cutter: Any = (_module or plain).Cutter
Place: Any = (_module or plain_tally).Place
tally: Any = (_module or plain_tally).tally
tallied: Any = (_module or plain_tally).tallied
times: Any = (_module or plain_tally).times
wrong: Any = (_module or plain_tally).wrong
Pairs: Any = (_module or plain_words).Pairs
Gatherer: Any = (_module or plain_gather).Gatherer
