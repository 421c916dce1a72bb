from __future__ import annotations

import importlib.util
import sys
from importlib.machinery import SourceFileLoader
from pathlib import Path
from types import ModuleType, SimpleNamespace
from typing import Any

import pytest

import hongxian.info.recognise as package

LAYERS = ("checks", "forms", "places", "texts", "verify", "labelling", "counting", "kernel")
"""The files that a compiler may have made fast, each before those that build on it."""


def _from_source(layer: str) -> ModuleType:
    name = f"{package.__name__}.{layer}"
    path = str(Path(package.__file__).with_name(f"{layer}.py"))
    spec = importlib.util.spec_from_loader(name, SourceFileLoader(name, path))
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def plain() -> Any:
    """The kernel's modules as plain Python, whatever is compiled."""
    names = [f"{package.__name__}.{layer}" for layer in LAYERS]
    kept = {name: sys.modules[name] for name in names if name in sys.modules}
    try:
        modules = {layer: _from_source(layer) for layer in LAYERS}
    finally:
        for name in names:
            sys.modules.pop(name, None)
        sys.modules.update(kept)
    return SimpleNamespace(**modules)
