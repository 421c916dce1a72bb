from __future__ import annotations

import os
import subprocess
from pathlib import Path

from hongxian.guards.keep.lane import layers


def test_sources_are_told_from_others(tmp_path: Path) -> None:
    own = Path(layers.__file__).parents[3]
    for name in (*(f"{one.replace('.', '/')}.py" for one in layers.LAYERS), layers.TYPES):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes((own / name).read_bytes())
    assert layers.digest(tmp_path) == layers.digest(own)
    (tmp_path / layers.TYPES).write_text("")
    assert layers.digest(tmp_path) != layers.digest(own)


def test_a_change_of_them_lets_make_compile_them_again() -> None:
    root = Path(__file__).parents[4]
    own = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    done = subprocess.run(
        ["make", "-npq", ".venv/.product"], capture_output=True, text=True, check=False, cwd=root,
        env=own,
    )  # fmt: skip
    (rule,) = [line for line in done.stdout.splitlines() if line.startswith(".venv/.product:")]
    names = (*(f"{one.replace('.', '/')}.py" for one in layers.LAYERS), layers.TYPES)
    assert not {f"src/hongxian/{name}" for name in names} - set(rule.split())
