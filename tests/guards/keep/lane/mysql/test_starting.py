from __future__ import annotations

from dataclasses import replace

from hongxian.guards.keep.lane.mysql.starting import Start


def test_a_session_may_change_its_database() -> None:
    one = Start("li", "*")
    assert replace(one, database="shop") == Start("li", "shop")
