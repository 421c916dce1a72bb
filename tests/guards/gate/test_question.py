from __future__ import annotations

import msgpack

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.policy import GatePolicy
from hongxian.guards.gate.question import Question
from hongxian.signals.observation import Identifier, Observation

SECRET = b"s" * 32


def seen(number: int) -> Observation:
    return Observation(
        at=1_750_000_000.0 + number, endpoint="POST /m",
        principals={"account": "a", "ip": "10.0.0.1", "fingerprint": "f"},
        identifiers=(
            Identifier("basic.phone", f"1380013{number:04}"), Identifier("basic.email", "a@b.cn"),
        ),
    )  # fmt: skip


def test_a_question_is_counted_elsewhere_as_here() -> None:
    here, there = Gate(GatePolicy(), SECRET), Gate(GatePolicy(), SECRET)
    for number in range(40):
        question = here.question(seen(number))
        assert question is not None
        moved = Question.load(msgpack.unpackb(msgpack.packb(question.dump())))
        assert here.count(question) == there.count(moved)
    assert here.state.dump() == there.state.dump()


def test_a_question_holds_no_value() -> None:
    question = Gate(GatePolicy(), SECRET).question(seen(7))
    assert question is not None
    assert "13800130007" not in repr(question)


def test_who_asks_for_nobody_has_no_question() -> None:
    nothing = Observation(at=1.0, endpoint="GET /", principals={"ip": "1.1.1.1"})
    assert Gate(GatePolicy()).question(nothing) is None
