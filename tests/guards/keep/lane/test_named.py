from __future__ import annotations

from hongxian.guards.keep.lane import named
from hongxian.guards.keep.lane.named import Names, Prepared


def texts(names: Names, name: bytes = b"s") -> list[bytes]:
    return [one.text for one in names.statements.get(name, [])]


def test_a_name_stands_for_all_that_may_be_behind_it() -> None:
    names = Names()
    assert names.prepared(b"s", Prepared(b"a", 1))
    assert names.prepared(b"s", Prepared(b"a", 2))
    assert (texts(names), names.several) == ([b"a"], [])
    names.prepared(b"s", Prepared(b"b", 2))
    assert (texts(names), names.several) == ([b"a", b"b"], [b"s"])
    names.doubted()  # an error: b may have been passed over
    names.settle()
    assert texts(names) == [b"a", b"b"]
    names.prepared(b"s", Prepared(b"b", 3))
    names.settle()
    assert (texts(names), names.several) == ([b"b"], [])


def test_what_is_closed_goes_unless_it_came_again() -> None:
    names = Names()
    names.prepared(b"s", Prepared(b"a", 1))
    names.closed(b"s")
    names.prepared(b"s", Prepared(b"b", 1))
    names.settle()
    assert texts(names) == [b"b"]
    names.closed(b"s")
    names.doubted()
    names.settle()
    assert texts(names) == [b"b"], "the close may have been passed over"
    names.closed(b"s")
    names.settle()
    assert texts(names) == []


def test_bounds(monkeypatch) -> None:
    monkeypatch.setattr(named, "MOST_NAMES", 2)
    monkeypatch.setattr(named, "MOST_TEXTS", 2)
    names = Names()
    assert [names.prepared(b"%d" % n, Prepared(b"a", 1)) for n in range(3)] == [True, True, False]
    assert names.prepared(b"0", Prepared(b"b", 1))
    assert not names.prepared(b"0", Prepared(b"c", 1))
    assert names.ours() != names.ours()
