"""The kernel as fast as this machine has it: compiled when it was built so, else plain Python.

Both come from the same files; ``hatch_build.py`` says how. A compiled kernel of other sources than
those that stand here is left alone.
"""

from __future__ import annotations

import hashlib
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.info.recognise import kernel

if TYPE_CHECKING:
    from types import ModuleType

LAYERS = ("checks", "forms", "places", "texts", "verify", "labelling", "counting", "kernel")
"""The files that make the kernel, each before those that build on it."""


def compiled() -> ModuleType | None:
    """Return the compiled kernel, if there is one of these very sources."""
    try:
        module = import_module("hongxian.info.recognise.compiled")
    except ImportError:
        return None
    return module if digest(Path(__file__).parent) == module.SOURCE else None


def digest(place: Path) -> str:
    """Return what tells the sources of the kernel from any others."""
    raw = b"".join((place / f"{layer}.py").read_bytes() for layer in LAYERS)
    return hashlib.sha256(raw).hexdigest()


_module = compiled()
COMPILED = _module is not None
"""Whether the fast one is there."""
Kernel: Any = (_module or kernel).Kernel
