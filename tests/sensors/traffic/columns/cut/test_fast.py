from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.sensors.traffic.columns.cut import fast


def test_one_of_other_sources_is_left_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    own = Path(fast.__file__).parent
    for name in (*(f"{layer}.py" for layer in fast.LAYERS), "compiled.pxd"):
        (tmp_path / name).write_bytes((own / name).read_bytes())
    assert fast.digest(tmp_path) == fast.digest(own)
    (tmp_path / "tally.py").write_text("")
    assert fast.digest(tmp_path) != fast.digest(own)
    monkeypatch.setattr(fast, "digest", lambda _: "")
    assert fast.compiled() is None


def test_without_a_compiled_one_the_plain_one_is_taken(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_: str) -> None:
        raise ImportError

    monkeypatch.setattr(fast, "import_module", missing)
    assert fast.compiled() is None
