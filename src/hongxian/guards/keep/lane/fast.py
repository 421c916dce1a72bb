"""What reads a session's messages, as fast as this machine has it: compiled, or plain Python.

Both come from the same files (:mod:`~.layers`); ``hatch_build.py`` puts them together and compiles
them with the types of ``compiled.pxd``. A compiled module of other sources than those that stand
here is left alone.
"""

from __future__ import annotations

import os
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane import back, course, ends, front
from hongxian.guards.keep.lane.layers import digest

if TYPE_CHECKING:
    from types import ModuleType

__all__ = ("Back", "ClientEnd", "Course", "Front", "ServerEnd")

PLAIN = "HONGXIAN_PLAIN"
"""Variable of the environment that keeps the compiled module out."""


def compiled() -> ModuleType | None:
    """Return the compiled module, if there is one of these very sources and it is wanted."""
    if os.environ.get(PLAIN):
        return None
    try:
        module = import_module("hongxian.guards.keep.lane.compiled")
    except ImportError:
        return None
    return module if digest(Path(__file__).parents[3]) == module.SOURCE else None


if TYPE_CHECKING:
    from hongxian.guards.keep.lane.back import Back
    from hongxian.guards.keep.lane.course import Course
    from hongxian.guards.keep.lane.ends import ClientEnd, ServerEnd
    from hongxian.guards.keep.lane.front import Front
else:
    _module = compiled()
    Back = (_module or back).Back
    Course = (_module or course).Course
    ClientEnd = (_module or ends).ClientEnd
    ServerEnd = (_module or ends).ServerEnd
    Front = (_module or front).Front
