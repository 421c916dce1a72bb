from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from hongxian.guards.keep.lane import back, course, fast, frames, front
from hongxian.guards.keep.lane.control import Snapshot
from hongxian.guards.keep.lane.frames import message
from hongxian.guards.keep.lane.judged import SAFE, lasting
from hongxian.guards.keep.lane.named import Names, Portal, Prepared
from hongxian.guards.keep.lane.place import Place
from hongxian.guards.keep.lane.refusals import Refusals
from hongxian.guards.keep.statements.catalog import Catalog, Column, Function, Relation

PLAIN = SimpleNamespace(Course=course.Course, Front=front.Front, Back=back.Back)
COMPILED: Any = fast.compiled() or PLAIN
WAYS = pytest.mark.parametrize("way", [PLAIN, COMPILED], ids=["plain", "as it is here"])
INSTEAD = frames.query(b"instead")


class Deciding:
    """What is written down of those who decide; what they say stands in a message's place."""

    place: Any
    tracking: Any

    def start(self) -> None:
        self.asked: list[object] = []
        self.place = SimpleNamespace(version=1, safe={b"begin"}, shapes={b"select \1"})
        self.names: Any = Names()
        self.names.statements = {
            b"s": [Prepared(b"select 1", 1)],
            b"old": [Prepared(b"select 1", 0)],
            b"lists": [Prepared(b"select 1", 1, lists=True)],
            b"ours": [Prepared(b"select 1", 1, server_name=b"hongxian_1")],
        }
        portal = Portal(self.names.statements[b"ours"][0], b"hongxian_2")
        self.names.portals = {b"p": portal, b"q": portal}

    def decide(self, text: bytes, name: bytes | None, types: bytes, *, behind: bool) -> bytes:
        self.asked.append(("decide", text, name, types, behind))
        return INSTEAD

    def prepared(self, text: bytes, name: bytes) -> None:
        self.asked.append(("prepared", text, name))

    def bound(self, portal: bytes, name: bytes, rest: memoryview) -> bytes:
        self.asked.append(("bound", portal, name, bytes(rest)))
        return INSTEAD

    def ours(self, kind: int, what: int, name: bytes, rest: bytes) -> bytes:
        self.asked.append(("ours", chr(kind), chr(what), name, rest))
        return INSTEAD

    def call(self, oid: int) -> None:
        self.asked.append(("call", oid))

    def told(self, kind: int, body: bytes) -> bytes | None:
        self.asked.append(("told", chr(kind), body))
        if kind == ord("E"):
            self.tracking.failed = True
        return message(b"N") if kind == ord("K") else None

    def answer(self) -> None:
        self.asked.append("answer")

    def settle(self, state: int) -> None:
        self.asked.append(("settle", chr(state)))
        self.tracking.failed = False


def made(way: Any) -> Any:
    class Here(Deciding, way.Course):  # type: ignore[misc]
        def __init__(self) -> None:
            super(Deciding, self).__init__("utf-8", Names(), Refusals("en"))
            self.start()
            self.out: list[bytes] = []
            self.front = way.Front(self, self.out.append, 5_000)
            self.back = way.Back(self.see, self.out.append)

    return Here()


def taken(one: Any, *messages: bytes) -> tuple[list[object], bytes]:
    one.asked.clear()
    one.out.clear()
    one.front.feed(b"".join(messages))
    return list(one.asked), b"".join(one.out)


READY = message(b"Z", b"I")


@WAYS
def test_what_is_known_passes_and_all_else_is_decided(way: Any) -> None:
    one = made(way)
    for text in (b"begin", b"select 7"):
        assert taken(one, frames.query(text)) == ([], frames.query(text))
    assert one.counts == [2, 0, 0, 0]
    assert taken(one, frames.query(b"select f")) == (
        [("decide", b"select f", None, b"", True)], INSTEAD)  # fmt: skip
    for _ in range(3):
        one.back.feed(READY)
    assert taken(one, frames.query(b"drop"))[0] == [("decide", b"drop", None, b"", False)]
    one.codec = "iso8859-1"
    assert taken(one, frames.query(b"begin"))[0] == [("decide", b"begin", None, b"", True)]


@WAYS
def test_statements_are_prepared(way: Any) -> None:
    one = made(way)
    passes = frames.parse(b"n", b"select 7")
    assert taken(one, passes) == ([("prepared", b"select 7", b"n")], passes)
    assert taken(one, frames.parse(b"hongxian_1", b"begin"))[0] == [
        ("decide", b"begin", b"hongxian_1", b"\0\0", True)]  # fmt: skip


@WAYS
@pytest.mark.parametrize(("name", "portal", "passes"), [
    (b"s", b"p", True), (b"old", b"", False), (b"lists", b"", False), (b"ours", b"", False),
    (b"nobody", b"", False), (b"s", b"hongxian_7", False), (b"hongxian_1", b"", False),
])  # fmt: skip
def test_only_what_is_safe_by_now_is_bound(
    way: Any, name: bytes, portal: bytes, passes: bool
) -> None:
    one, rest = made(way), bytes(6)
    bind = message(b"B", portal + b"\0" + name + b"\0" + rest)
    asked = [] if passes else [("bound", portal, name, rest)]
    assert taken(one, bind) == (asked, bind if passes else INSTEAD)
    assert set(one.names.portals) == ({b"q"} if passes else {b"p", b"q"})


@WAYS
@pytest.mark.parametrize(("kind", "what", "name", "passes"), [
    ("E", "P", b"", True), ("E", "P", b"p", False), ("D", "P", b"", True), ("D", "S", b"s", True),
    ("D", "S", b"ours", False), ("C", "S", b"s", False), ("C", "P", b"x", True),
    ("D", "S", b"nobody", True), ("E", "P", b"hongxian_2", False), ("C", "P", b"q", False),
])  # fmt: skip
def test_names_of_our_own_are_looked_at(
    way: Any, kind: str, what: str, name: bytes, passes: bool
) -> None:
    one, rest = made(way), bytes(4) if kind == "E" else b""
    sent = message(kind.encode(), (b"" if kind == "E" else what.encode()) + name + b"\0" + rest)
    asked = [] if passes else [("ours", kind, what, name, rest)]
    assert taken(one, sent) == (asked, sent if passes else INSTEAD)
    assert one.tracking.batch


@WAYS
def test_what_a_server_says(way: Any) -> None:
    one = made(way)
    one.front.feed(frames.query(b"begin"))
    one.back.feed(message(b"C", b"BEGIN\0") + message(b"Z", b"T"))
    assert (one.tracking.state, one.results, one.asked) == (ord("T"), [], [])
    one.watch = object()
    one.front.feed(frames.query(b"begin") + frames.query(b"begin"))
    one.back.feed(message(b"C", b"BEGIN\0") + message(b"E", b"\0") + READY)
    assert one.results == ["BEGIN"]
    assert one.asked == [("told", "E", b"\0"), "answer"], "one is due"
    one.watch = None
    one.back.feed(READY)
    assert one.asked[2:] == [("settle", "I")]
    one.back.feed(message(b"K", b"key"))
    assert one.out[-1] == message(b"N")


@WAYS
@pytest.mark.parametrize("what", ["defined", "acting", "refused", "several", "closing", "waited"])
def test_who_must_hear_that_all_is_answered_does(way: Any, what: str) -> None:
    one = made(way)
    if what == "refused":
        one.refusals.open[b"1"] = None
    elif what in ("several", "closing"):
        getattr(one.names, what).append(b"s")
    else:
        setattr(one, what, True)
    one.back.feed(READY)
    assert one.asked == ["answer" if what == "waited" else ("settle", "I")]


CLIENT = st.sampled_from([
    *(frames.query(one) for one in (b"begin", b"select 5", b"select 'a'", b"drop table t", b"")),
    *(frames.parse(one, b"select 5") for one in (b"", b"s", b"hongxian_1")),
    *(message(b"B", one + b"\0\0\1\0\1\0\1\0\0\0\2{}\0\0") for one in (
        b"\0s", b"p\0s", b"\0old", b"\0lists", b"q\0ours", b"\0none")),
    *(message(b"D", one + b"\0") for one in (b"P", b"Ss", b"Sours", b"Pq")),
    *(message(b"E", one + b"\0\0\0\0\0") for one in (b"", b"p", b"q")),
    *(message(b"C", one + b"\0") for one in (b"P", b"Ss", b"Pp")),
    *(message(one) for one in (b"S", b"H", b"c")), message(b"d", b"row"), message(b"f", b"no\0"),
    message(b"F", bytes(10)), message(b"B", b"p\0s\0" + b"v" * 6_000),
    message(b"d", b"x" * 9_000),
])  # fmt: skip
SERVER = st.sampled_from([
    message(b"1"), message(b"2"), message(b"T", b"x" * 20), message(b"D", b"y" * 700), READY,
    message(b"C", b"SELECT 1\0"), message(b"E", b"SERROR\0\0"), message(b"Z", b"T"),
    message(b"G", bytes(3)), message(b"S", b"a\0b\0"), message(b"K", bytes(8)), message(b"t"),
])  # fmt: skip
WRONG = st.sampled_from([b"", b"", b"", b"Q\0\0\0\3", b"z\0\0\0\4", b"S\0\0\0\5x", b"P\0\0\0\6ab"])


def followed(way: Any, turns: list[tuple[bool, bytes]]) -> list[object]:
    """Return what comes of bytes of client (true) and server, with the state after each piece."""
    one, states = made(way), []
    for client, piece in turns:
        try:
            (one.front if client else one.back).feed(piece)
        except frames.ProtocolError as error:
            states.append(str(error))
            break
        track = one.tracking
        states.append((list(track.due), track.state, track.batch, track.failed, track.copying,
                       list(one.counts), one.front.waiting, len(b"".join(one.out))))  # fmt: skip
    return [one.asked, b"".join(one.out), *states]


def cut(data: bytes, sizes: list[int]) -> list[bytes]:
    pieces, place = [], 0
    for size in sizes:
        pieces.append(data[place : place + size])
        place += size
    return [one for one in (*pieces, data[place:]) if one]


SIZES = st.lists(st.integers(1, 90), max_size=30)


SENT = st.builds(lambda sent, wrong, sizes: cut(b"".join(sent) + wrong, sizes),
                 st.lists(CLIENT, max_size=12), WRONG, SIZES)  # fmt: skip
GOT = st.builds(lambda got, sizes: cut(b"".join(got), sizes), st.lists(SERVER, max_size=12), SIZES)


@given(SENT, GOT, st.data())
def test_plain_and_compiled_agree_on_any_pieces_in_any_order(
    sent: list[bytes], got: list[bytes], data: st.DataObject
) -> None:
    order = data.draw(st.permutations([True] * len(sent) + [False] * len(got)))
    turns = [(one, (sent if one else got).pop(0)) for one in order]
    assert followed(PLAIN, turns) == followed(COMPILED, turns)


@given(st.lists(CLIENT, max_size=12), SIZES)
def test_pieces_change_nothing(sent: list[bytes], sizes: list[int]) -> None:
    whole, one = made(COMPILED), made(COMPILED)
    for message_ in sent:
        whole.front.feed(message_)
    for piece in cut(b"".join(sent), sizes):
        one.front.feed(piece)
    small = [("bound", *asked[1:3]) if asked[0] == "bound" else asked for asked in one.asked]
    assert small == [("bound", *got[1:3]) if got[0] == "bound" else got for got in whole.asked]
    assert b"".join(one.out) == b"".join(whole.out)
    assert one.counts == whole.counts


CATALOG = Catalog.of(
    relations=[Relation("public", "t", rows=1000, keys=(("a",),),
                        columns=(Column("a", "integer"), Column("b", "text")))],
    functions=[Function("pg_catalog", "set_config", language="internal", most=None, builtin=True)],
    settings={"standard_conforming_strings": "on", "client_encoding": "UTF8"},
)  # fmt: skip
FORMS = (
    "select * from t where a = {}",
    "select * from t where a = {} limit {}",
    "delete from t where a = {}",
    "update t set b = {} where a = {}",
    "delete from t where a = {} or {} = {}",
    "delete from t where {} = {}",
    "delete from t where a < {}",
    "delete from t where a in ({}, {})",
    "select set_config({}, {}, false)",
    "select pg_sleep({})",
    "select lo_unlink({})",
    "copy t to {}",
    "set work_mem = {}",
    "select 1 order by {}",
    "update t set a = {}",
    "insert into t values ({}, {})",
    "insert into t values ({}, {}) on conflict (a) do update set b = {}",
    "delete from t where a = {}; select {}",
    "set search_path = {}",
    "select nextval({})",
    "select * from generate_series({}, {})",
    "select currval({})",
    "delete from t where a = any({})",
    "select query_to_xml({}, true, true, {})",
)
LITERALS = (
    "1",
    "0",
    "7",
    "-1",
    "1e9",
    "'x'",
    "''",
    "'pg_catalog'",
    "'search_path'",
    "'work_mem'",
    "'session_replication_role'",
    "'a''b'",
    "'é'",
    "null",
    "'{1,2}'",
    "'delete from t'",
    "1 or true",
    "'/tmp/x'",
    "0x1F",
    "$1",
)


@st.composite
def texts_of_few_forms(draw: st.DrawFn) -> list[str]:
    forms = st.sampled_from(draw(st.lists(st.sampled_from(FORMS), min_size=1, max_size=2)))
    words = st.lists(st.sampled_from(LITERALS), min_size=4, max_size=4)
    return draw(st.lists(st.builds(lambda form, one: form.format(*one), forms, words), max_size=30))


@WAYS
@given(texts_of_few_forms())
@example(["set session_replication_role = 'origin'", "set session_replication_role = 'replica'"])
@example(["select set_config('a.b', '', true)", "select set_config('role', '', true)"])
@example([f"delete from t where a = any ('{{{'1,' * n}1}}')" for n in (1, 900)])
@example(["explain (analyze 0) delete from t", "explain (analyze 1) delete from t"])
def test_what_is_known_would_be_judged_safe_anew(way: Any, texts: list[str]) -> None:
    one = made(way)
    one.place = Place("shop", Snapshot.of(CATALOG), lambda: None)  # type: ignore[arg-type,return-value]
    passed = 0
    for text in texts:
        if taken(one, frames.query(text.encode()))[0]:
            one.place.known(text.encode(), one.place.judge(text))
            continue
        passed += 1
        found = Snapshot.of(CATALOG).judge(text)
        assert (found.verdict, lasting(found)) == (SAFE, True), text
    assert one.counts[SAFE] == passed
