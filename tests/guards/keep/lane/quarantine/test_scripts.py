from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.frames import message
from hongxian.guards.keep.lane.named import Portal, Prepared
from hongxian.guards.keep.lane.quarantine.scripts import extended, simple
from hongxian.guards.keep.statements.quarantine.plan import Plan
from hongxian.guards.keep.statements.quarantine.step import Step

TAKING = Step("delete from t", ("make it",), ("let it go",), ("back",), kept=("t",))
MOVED = Step("drop table u", ("move it",), undo=("back",), tag="DROP TABLE", kept=("u",))


def test_a_simple_query_is_one_text() -> None:
    made = Plan("s", (Step("select 2"), TAKING, MOVED), opening=("create schema s",))
    text = "select 2 ; delete from t; drop table u"
    raw, script = simple(made, text, "utf-8", dict)
    assert (raw[:1], raw[-1:]) == (b"Q", b"\0")
    lines = raw[5:-1].decode().split("\n;\n")
    assert lines[0] == f"select 1 as {script.mark.decode()}"
    assert lines[1:] == ["create schema s", "select 2", "make it", "delete from t", "let it go",
                         "move it"]  # fmt: skip
    shown = [(one.show, one.tag) for one in script.parts]
    hidden, told = (False, ""), (True, "")
    assert shown == [hidden, hidden, told, hidden, told, hidden, hidden, (False, "DROP TABLE")]
    whole = raw[5:-1].decode()
    for part, word in ((2, "select 2"), (4, "delete")):
        assert whole.index(word) - script.parts[part].shift == text.index(word)


@pytest.mark.parametrize("step", [TAKING, MOVED])
@pytest.mark.parametrize("name", [b"", b"c"])
def test_in_the_extended_protocol_the_portal_is_bound_anew(step: Step, name: bytes) -> None:
    portal = Portal(Prepared(step.text.encode(), 1, b"hongxian_1"), b"hongxian_2", name=name,
                    values=b"\0\0\0\0\0\0")  # fmt: skip
    made = Plan("s", (step,), opening=("create schema s",))
    raw, script = extended(made, portal, b"\0\0\0\7", "utf-8", dict)
    assert portal.server_name not in (b"hongxian_2", name)
    assert (message(b"C", b"P\0") in raw) is (name == b"")
    assert raw.index(b"hongxian_2") < raw.index(b"create schema") < raw.index(portal.server_name)
    assert (portal.server_name + b"\0\0\0\0\7" in raw) is (step is TAKING)
    assert [bool(one.show or one.tag) for one in script.parts].count(True) == 1
    assert not script.alone


def test_a_name_that_the_session_cannot_write() -> None:
    made = Plan("s", (Step("delete from t", ("make 人",), kept=("t",)),))
    with pytest.raises(UnicodeEncodeError):
        simple(made, "delete from t", "latin-1", dict)
