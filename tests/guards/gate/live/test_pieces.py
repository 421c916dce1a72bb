from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.callers import Callers
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Request
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.live.pieces import Pieces, StoppedError, in_pieces
from hongxian.guards.gate.policy import EndpointRule, GatePolicy

LINE = b'data: {"phone":"13800138000"}\n'
MASKED = LINE.replace(b"0013", b"****")
HEADERS = [(b"content-type", b"text/event-stream; charset=utf-8")]


def pieces(rule: EndpointRule, user: str = "u", most: int = 1_000) -> Pieces:
    settings = ExchangeSettings(callers=Callers({"account": ["header:x-user"]}), most_answer=most)
    judge = Judge(settings, Gate(GatePolicy(mode="enforce", endpoints=(rule,)), b"s" * 32))
    headers = [(b"x-user", user.encode())] if user else []
    ruling = judge.ask(
        Request(method="GET", target="/e?mobile=13911112222", headers=headers, at=1.0)
    )
    return Pieces(judge, ruling, 200, HEADERS)


@given(st.lists(st.integers(0, 120), max_size=6))
def test_lines_are_masked_wherever_they_are_cut(cuts: list[int]) -> None:
    own = pieces(EndpointRule(pattern="GET /e", needs=()))
    sent, start, got = b": hello\n" + LINE * 3 + b"end", 0, b""
    for end in [*sorted(cuts), len(sent)]:
        got += own.feed(sent[start:end])
        start = max(start, end)
    assert got + own.rest() == b": hello\n" + MASKED * 3 + b"end"


def test_what_was_found_in_one_line_does_not_mask_other_types_in_the_next() -> None:
    own = pieces(EndpointRule(pattern="GET /e", needs=("basic.email",)))
    assert own.feed(LINE + b"data: a@b.cn\n") == MASKED + b"data: a@b.cn\n"
    assert own.feed(b"data: a@b.cn\n") == b"data: a@b.cn\n"
    assert own._ruling.masked == 1


def test_the_question_is_answered_once() -> None:
    own = pieces(EndpointRule(pattern="GET /e", open=True))
    for _ in range(3):
        own.feed(LINE)
    tracks = own._judge.gate.state.of("GET /e", ["account"])
    ((_, track),) = tracks
    assert (track.whole.asked, track.whole.records) == (1, 3)


def test_lines_that_are_not_to_be_given_end_the_answer() -> None:
    own = pieces(EndpointRule(pattern="GET /e"), user="")
    assert own.feed(b": hello\n") == b": hello\n"
    with pytest.raises(StoppedError):
        own.feed(LINE)


@pytest.mark.parametrize(("fail", "stopped"), [("open", False), ("closed", True)])
def test_a_line_that_is_too_large_fails_as_the_policy_says(fail: str, stopped: bool) -> None:
    own = pieces(EndpointRule(pattern="GET /e", fail=fail), most=100)
    sent = LINE + b"x" * 200
    if stopped:
        with pytest.raises(StoppedError):
            own.feed(sent)
    else:
        assert own.feed(sent) == sent
        assert own.rest() == b""


@pytest.mark.parametrize(("headers", "lines"), [
    (HEADERS, True), ([(b"content-type", b"application/x-ndjson")], True),
    ([(b"content-type", b"application/json")], False), ([], False),
    ([*HEADERS, (b"content-encoding", b"gzip")], False),
])  # fmt: skip
def test_answers_of_lines_are_told_by_their_type(headers: list, lines: bool) -> None:
    assert in_pieces(headers) is lines
