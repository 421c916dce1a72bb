from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import maria
from tests.guards.keep.protected_maria import protected_maria

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill import kinds
from hongxian.guards.keep.drill.kinds import brought, course_of, mark_of
from hongxian.guards.keep.drill.mariadb.course import MariaCourse
from hongxian.guards.keep.drill.postgresql.course import PostgresCourse
from hongxian.guards.keep.drill.settings import MariaTried, SourceSettings


def test_each_kind_of_server_has_its_own_drill(tmp_path: Path) -> None:
    for source, kind in (
        (SourceSettings(name="shop"), PostgresCourse), (MariaTried(name="shop"), MariaCourse),
    ):  # fmt: skip
        assert isinstance(course_of(None, source, tmp_path, [], None), kind)
        with pytest.raises(HongxianError, match="no connection"):
            mark_of(source, tmp_path)


def test_a_mariadb_server_is_brought_back_as_it_was() -> None:
    with protected_maria() as kept:
        kept.mark()
        kept.shop.sql("insert into shop.orders values (5001, 'last')")
        kept.caught_up()
        place = kept.place / "back"
        place.mkdir()
        done = brought(kept.vault, kept.source, place, None)
        assert (done.data, done.wal, done.base) == (place / "data", None, done.base)
        assert done.size > 1 << 20
        with maria(data=done.data) as back:
            assert back.sql("select count(*) from shop.orders") == "5001"
            assert back.sql("select count(*) from hongxian_drill.marks") == "1"
            assert back.sql("select count(*) from mysql.user where user like 'hongxian%'") == "0"


def test_without_the_driver_the_extra_is_named(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setattr(kinds, "pymysql", None)
    for act in (lambda one: mark_of(one, tmp_path), lambda one: brought(None, one, tmp_path, None)):
        with pytest.raises(HongxianError, match=r"hongxian\[mysql\]"):
            act(MariaTried(name="shop"))
