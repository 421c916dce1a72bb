from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hongxian.guards.keep.lane import fast, layers

ONE = SimpleNamespace(SOURCE="these")


@pytest.mark.parametrize(("source", "plain", "used"), [
    ("these", "", True), ("others", "", False), ("", "", False), ("these", "1", False)
])  # fmt: skip
def test_only_a_module_of_these_sources_is_used(
    monkeypatch: pytest.MonkeyPatch, source: str, plain: str, used: bool
) -> None:
    def imported(name: str) -> SimpleNamespace:
        if not source:
            raise ImportError(name)
        return SimpleNamespace(SOURCE=source)

    monkeypatch.setattr(fast, "import_module", imported)
    monkeypatch.setattr(fast, "digest", lambda _: "these")
    monkeypatch.setenv(fast.PLAIN, plain)
    assert (fast.compiled() is not None) == used


SESSIONS = ("test_what_is_safe_runs_and_what_loses_data_does_not",
            "test_a_ticket_in_the_extended_protocol")  # fmt: skip


def test_sessions_are_the_same_without_a_compiler() -> None:
    tests = Path(__file__).parents[3]
    own = Path(__file__).with_name("test_session.py")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", "-q", "-n0", "-p", "no:cacheprovider",
         *[f"{own}::{one}" for one in SESSIONS]],
        capture_output=True, text=True, check=False, cwd=tests.parent,
        env={**os.environ, fast.PLAIN: "1", "PYTHONPATH": ":".join([str(tests.parent), *sys.path])},
    )  # fmt: skip
    assert (done.returncode, done.stdout[-2_000:] if done.returncode else "") == (0, "")


@pytest.mark.parametrize("layer", layers.LAYERS)
def test_layers_are_files_of_the_lane(layer: str) -> None:
    assert (Path(fast.__file__).parent / f"{layer.rpartition('.')[2]}.py").exists()
