from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.protected import Protected, protected

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.postgresql.restore import restore


@pytest.fixture(scope="module")
def kept() -> Iterator[Protected]:
    with protected() as made:
        made.shop.sql("select pg_switch_wal()")
        made.caught_up()
        yield made


def test_base_and_wal_come_back(kept: Protected, tmp_path: Path) -> None:
    back = restore(kept.vault, "shop", tmp_path)
    assert (back.data / "PG_VERSION").read_text() == "15\n"
    assert (back.data / "pg_wal").is_dir()
    names = sorted(path.name for path in back.wal.iterdir())
    assert names[0] == back.base.segment
    assert not [name for name in names if "partial" in name]
    assert back.size == sum(p.stat().st_size for p in tmp_path.rglob("*") if p.is_file())


def test_an_altered_object_is_named(kept: Protected, tmp_path: Path) -> None:
    entry = next(one for one in kept.vault.ledger.live("postgresql/shop", "base/")
                 if one.name.endswith("files/PG_VERSION"))  # fmt: skip
    path = kept.vault.path(entry.area, entry.name)
    path.chmod(0o600)
    path.write_text("14\n")
    try:
        with pytest.raises(HongxianError, match="PG_VERSION"):
            restore(kept.vault, "shop", tmp_path)
    finally:
        path.write_text("15\n")


@pytest.mark.parametrize(("name", "until"), [("other", None), ("shop", 1.0)])
def test_without_a_base_nothing_comes_back(kept: Protected, tmp_path, name, until) -> None:
    with pytest.raises(HongxianError, match="no base"):
        restore(kept.vault, name, tmp_path, until)
