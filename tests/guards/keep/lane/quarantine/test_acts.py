from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.lane.quarantine.acts import KEPT, NOTHING, SENT, UNDONE, Act, ActStore

ACT = Act(id="a1", at="2026-01-01T00:00:00Z", due="2026-01-08T00:00:00Z", database="d", role="r",
          schema="hongxian_trash_a1", says="delete from t", text_hash="0" * 64, objects=("s.t",),
          undo=("insert",), close=("drop",))  # fmt: skip


def test_acts_are_kept_as_they_are(tmp_path: Path) -> None:
    store = ActStore(tmp_path / "acts")
    store.add(ACT)
    store.add(replace(ACT, id="a2", at="2026-01-02T00:00:00Z"))
    store.close()
    store = ActStore(tmp_path / "acts")
    assert store.get("a1") == ACT
    assert store.get("a3") is None
    assert [one.id for one in store.newest()] == ["a2", "a1"]
    assert store.move("a1", SENT, KEPT, ["DELETE 3"])
    assert not store.move("a1", SENT, NOTHING)
    assert store.move("a1", KEPT, UNDONE)
    assert store.get("a1") == replace(ACT, state=UNDONE, results=("DELETE 3",))
    assert store.move("a2", SENT, NOTHING)
    assert [one.id for one in store.newest()] == ["a1"]
    assert [one.id for one in store.of(SENT, NOTHING)] == ["a2"]
    assert store.of(KEPT) == []
    store.close()


@pytest.mark.parametrize(
    "change",
    [{"undo": ("drop",)}, {"close": ()}, {"due": "2026-01-02T00:00:00Z"}, {"database": "e"},
     {"schema": "public"}, {"kept_database": "x"}, {"role": "s"}],
)  # fmt: skip
def test_the_hash_binds_what_would_be_run_and_where(change: dict[str, str]) -> None:
    assert replace(ACT, **change).plan_hash != ACT.plan_hash
    assert replace(ACT, state=KEPT, results=("x",)).plan_hash == ACT.plan_hash


def test_what_is_told_has_no_sql_of_ours() -> None:
    assert "insert" not in str(ACT.told())


def test_a_file_that_is_something_else(tmp_path: Path) -> None:
    (tmp_path / "acts").write_text("no base at all, and long enough to be taken for one" * 10)
    with pytest.raises(HongxianError):
        ActStore(tmp_path / "acts")
