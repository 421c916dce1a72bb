from __future__ import annotations

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
