"""Reads the lists of this folder."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files
from typing import Any


@cache
def rows(name: str) -> dict[str, Any]:
    """Return a list of this folder: ``rows("apis")`` is ``apis.toml``; not to be changed."""
    source = files("hongxian.sensors.app.catalogue") / f"{name}.toml"
    return tomllib.loads(source.read_text(encoding="utf-8"))
