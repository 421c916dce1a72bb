"""The gate as fast as this machine has it: compiled when it was built so, else plain Python.

Both come from the same files, the layers; ``hatch_build.py`` puts them together and compiles them
with the types of ``compiled.pxd``. Who serves requests calls :func:`use` before anything of the
gate is imported: the layers are then those of the compiled module. One of other sources than those
that stand here is left alone.
"""

from __future__ import annotations

import hashlib
import os
import sys
from importlib import import_module
from pathlib import Path
from types import ModuleType

LAYERS = (
    "signals.distinct", "signals.keyed", "signals.keys", "signals.pane", "signals.track",
    "signals.blocks", "signals.tails", "signals.cohort", "signals.measures",
    "sensors.traffic.asked", "sensors.traffic.takers",
    "guards.gate.enumeration", "guards.gate.question", "guards.gate.state", "guards.gate.core",
    "guards.gate.exchange.field_lines",
    "guards.gate.exchange.parts", "guards.gate.exchange.callers", "guards.gate.exchange.covers",
    "guards.gate.exchange.settings",
    "guards.gate.exchange.json_mask", "guards.gate.exchange.finder", "guards.gate.exchange.ruling",
    "guards.gate.exchange.kinds",
    "guards.gate.exchange.judge", "guards.gate.live.plain_heads", "guards.gate.live.heads",
    "guards.gate.live.metrics", "guards.gate.live.chunks", "guards.gate.live.refusals",
    "guards.gate.live.pieces", "guards.gate.live.upstream", "guards.gate.live.pool",
    "guards.gate.live.answering", "guards.gate.live.flow", "guards.gate.live.client",
    "guards.gate.live.host", "guards.gate.live.worker",
)  # fmt: skip
"""The files that are compiled together, each before those that build on it."""
TYPES = "guards/gate/compiled.pxd"
UNCHECKED = ("blend",)
"""Functions whose places in arrays are all known to be there, and are not looked after."""
FORM = b"5"
"""Way in which they are put together; another one makes other modules of the same sources."""
PLAIN = "HONGXIAN_PLAIN"
"""Variable of the environment that keeps the compiled module out."""


def digest(package: Path) -> str:
    """Return what tells the sources of the layers from any others."""
    files = [f"{layer.replace('.', '/')}.py" for layer in LAYERS]
    raw = b"".join((package / file).read_bytes() for file in (*files, TYPES))
    return hashlib.sha256(FORM + raw).hexdigest()


def use() -> bool:
    """Take the compiled layers from now on; return whether that was done.

    It is not when there are none of these very sources, or when a plain layer is in use already.
    """
    names = [f"hongxian.{layer}" for layer in LAYERS]
    if loaded := [sys.modules[name] for name in names if name in sys.modules]:
        return not hasattr(loaded[0], "__file__")  # made below
    if os.environ.get(PLAIN):
        return False
    try:
        module = import_module("hongxian.guards.gate.compiled")
    except ImportError:
        return False
    if digest(Path(__file__).parents[2]) != module.SOURCE:
        return False
    if mixed := [name for name in names if name in sys.modules]:
        raise RuntimeError(f"layers were imported while the compiled ones were: {mixed}")
    for name, words in zip(names, module.COMPILED_NAMES, strict=True):
        made = ModuleType(name, f"{name}, compiled")
        vars(made).update({word: getattr(module, word) for word in words})
        sys.modules[name] = made
        package, _, own = name.rpartition(".")
        setattr(import_module(package), own, made)
    return True
