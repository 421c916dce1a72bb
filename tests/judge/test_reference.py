"""The reference tables hold what the lists of the law say on a day."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from hongxian.facts import Store
from hongxian.judge.reference import reference_tables
from hongxian.judge.views import VIEWS, prepare
from hongxian.rules.load import load_pack

ON = date(2026, 11, 1)
RULES = load_pack("method")


@pytest.fixture(scope="module")
def tables() -> dict:
    moment = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
    return reference_tables([("app:x@1#0", "map", moment)], RULES, {"method.4.4.repeats": 7}, ON)


def test_every_reference_view_is_filled(tables: dict) -> None:
    assert set(tables) == set(VIEWS) - {"facts", "coverage"}
    for view, rows in tables.items():
        assert rows, view
        assert {len(row) for row in rows} == {len(VIEWS[view])}, view


def test_the_store_takes_them(tables: dict) -> None:
    store = Store()
    prepare(store, tables)
    necessary = store.rows("select info from app_necessary where app_type = 'map' order by info")
    assert [row["info"] for row in necessary] == ["location.precise", "location.trip"]
    [fine] = store.rows(
        "select level, grp from permission_info where info = 'location.precise' "
        "and permission = 'android.permission.ACCESS_FINE_LOCATION'"
    )
    assert fine == {"level": "dangerous", "grp": "location"}


def test_a_permission_without_pi_has_no_row(tables: dict) -> None:
    assert "android.permission.INTERNET" not in {row[0] for row in tables["permission_info"]}


def test_changed_limits_win_over_the_head(tables: dict) -> None:
    limits = {(rule, name): value for rule, name, value in tables["limits"]}
    assert limits["method.4.4", "repeats"] == 7
    assert limits["method.4.4", "interval_seconds"] == 30


def test_sensitive_is_what_the_law_of_the_day_says(tables: dict) -> None:
    sensitive = {info: flag for info, _, flag in tables["info_types"]}
    assert sensitive["biometric.face"] is True
    assert sensitive["device.model"] is False
