"""What of the server's answers a client sees while the lane runs more than it asked for."""

from __future__ import annotations

import asyncio
from collections import deque

import pytest

from hongxian.guards.keep.lane.back import Back
from hongxian.guards.keep.lane.frames import ProtocolError, error, message, read_error
from hongxian.guards.keep.lane.quarantine.screen import READY, Part, Screen, Script, new_mark

MARK = new_mark()
MARKED = [message(b"T", b"\0\1" + MARK + b"\0"), message(b"D", b"1"), message(b"C", b"SELECT 1\0")]
MADE, DONE = message(b"C", b"CREATE SCHEMA\0"), message(b"C", b"DELETE 5\0")
NOTICE, READY_ = message(b"N", b"SNOTICE\0\0"), message(b"Z", b"I")
SETTING = message(b"S", b"a\0b\0")


class Seen:
    """A reader of the server with a screen before it."""

    def __init__(self, *parts: Part, alone: bool = True, rows: bool = False) -> None:
        self.out = b""
        self.back = Back(lambda *_: None, self.take)
        self.gone = 0
        self.screen = Screen(self.back, self.ended, lambda: "utf-8")
        self.rows = asyncio.get_running_loop().create_future() if rows else None
        self.script = Script(MARK, deque(parts), lambda fields: {**fields, "C": "KP007"},
                             rows=self.rows, alone=alone)  # fmt: skip
        self.screen.add(self.script)

    def take(self, data: bytes) -> None:
        self.out += data

    def ended(self) -> None:
        self.gone += 1


async def fed(seen: Seen, *parts: bytes, size: int = 0) -> bytes:
    data = b"".join(parts)
    for place in range(0, len(data), size or len(data)):
        seen.screen.feed(data[place : place + (size or len(data))])
    return seen.out


@pytest.mark.parametrize("size", [0, 1, 3, 7])
def test_only_what_is_the_clients_is_shown(size: int) -> None:
    async def check() -> None:
        seen = Seen(Part(), Part(), Part(show=True), Part(tag="DROP TABLE"), Part())
        before = [message(b"1"), message(b"1"), message(b"t", b"\0\0"), message(b"T", b"\0\1x\0")]
        out = await fed(seen, *before, *MARKED, NOTICE, SETTING, MADE, NOTICE, DONE, NOTICE, MADE,
                        size=size)  # fmt: skip
        assert out == b"".join([*before, SETTING, NOTICE, DONE, message(b"C", b"DROP TABLE\0")])
        assert (seen.gone, seen.script.results) == (1, ["DELETE 5", "DROP TABLE"])

    asyncio.run(check())


def test_what_comes_behind_goes_on() -> None:
    async def check() -> None:
        seen = Seen(Part(show=True))
        assert await fed(seen, MARKED[0], DONE, READY_, NOTICE[:3]) == DONE + READY_
        seen.back.feed(NOTICE[3:])
        assert seen.out == DONE + READY_ + NOTICE

    asyncio.run(check())


def test_it_begins_within_a_message() -> None:
    async def check() -> None:
        seen = Seen(Part(show=True))
        row = message(b"D", b"x" * 50)
        for cut in (2, 20):
            back = Back(lambda *_: None, seen.take)
            back.feed(row[:cut])
            screen = Screen(back, seen.ended, lambda: "utf-8")
            screen.add(Script(MARK, deque([Part(show=True)]), dict))
            screen.feed(row[cut:] + MARKED[0] + DONE)
        assert seen.out == (row + DONE) * 2

    asyncio.run(check())


@pytest.mark.parametrize(
    ("before", "code", "told"),
    [
        ([], "25P02", "25P02"),
        (MARKED, "42501", "KP007"),
        (MARKED, "55006", "KP007"),
        (MARKED, "57014", "57014"),
        ([*MARKED, MADE], "22012", "22012"),
        ([*MARKED, MADE, DONE], "42501", "KP007"),
    ],
)
def test_errors(before: list[bytes], code: str, told: str) -> None:
    async def check() -> None:
        seen = Seen(Part(), Part(), Part(show=True, shift=30), Part())
        failed = error({"S": "ERROR", "C": code, "M": "no", "P": "45"})
        out = await fed(seen, *before, failed, READY_)
        kinds = out.removesuffix(READY_)
        found = read_error(kinds[kinds.index(b"E\0\0") + 5 :])
        assert found["C"] == told
        assert found["P"] == ("15" if code == "22012" else "45")
        assert out.endswith(READY_)
        assert (seen.gone, seen.script.results[-1]) == (1, f"error {code}")

    asyncio.run(check())


def test_a_question_of_the_lanes_own_is_not_seen() -> None:
    async def check() -> None:
        seen = Seen(Part(until=frozenset((READY,))), rows=True)
        answer = [message(b"T", b"\0\1a\0"), message(b"D", b"\0\1\0\0\0\1x"), DONE, READY_]
        assert await fed(seen, *MARKED, *answer, NOTICE) == NOTICE
        assert seen.rows is not None
        assert (await seen.rows)[-1] == b"\0\1\0\0\0\1x"

    asyncio.run(check())


@pytest.mark.parametrize("alone", [True, False])
def test_a_question_that_fails(alone: bool) -> None:
    async def check() -> None:
        failed = error({"C": "42501", "M": "no"})
        seen = Seen(Part(until=frozenset((READY,))), rows=True, alone=alone)
        # with others before it, the error is theirs, and the server passes over the question
        out = await fed(seen, failed, READY_)
        assert out == (b"" if alone else failed + READY_)
        assert seen.rows is not None
        with pytest.raises(ProtocolError, match="42501"):
            await seen.rows

    asyncio.run(check())


def test_bytes_that_are_no_message_and_an_end_that_came_early() -> None:
    async def check() -> None:
        with pytest.raises(ProtocolError, match="length"):
            await fed(Seen(Part()), b"C\0\0\0\3")
        seen = Seen(Part(), Part())
        assert await fed(seen, *MARKED, READY_) == READY_
        assert seen.gone == 1

    asyncio.run(check())
