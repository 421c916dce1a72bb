from __future__ import annotations

import pytest

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Request
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.live.refusals import (
    Refusal,
    Refusals,
    phrase,
    refusal,
    refusal_bytes,
)
from hongxian.guards.gate.policy import GatePolicy


def ruling(reason: str) -> Ruling:
    judge = Judge(ExchangeSettings(), Gate(GatePolicy()))
    made = judge.question(Request(method="GET", target="/", headers=[]))
    made.action, made.reason = "throttle", reason
    return made


@pytest.mark.parametrize(
    ("reason", "status", "held"), [("", 429, 429), ("large", 413, 502), ("corrupt", 415, 502)]
)
def test_what_cannot_be_judged_is_told_apart_from_who_is_held_back(
    reason: str, status: int, held: int
) -> None:
    assert Refusals().asked(ruling(reason)).status == status
    assert Refusals().answered(ruling(reason), "").status == held
    assert Refusals().answered(ruling(reason), reason).status == 429


def test_an_answer_names_what_happened() -> None:
    sent = refusal_bytes(refusal(429, "slow", {"Retry-After": "5"}), keep=True)
    assert sent.startswith(b"HTTP/1.1 429 Too Many Requests\r\n")
    assert b"retry-after: 5\r\n" in sent
    assert sent.endswith(b'content-length: 16\r\n\r\n{"error":"slow"}')


def test_an_answer_to_head_has_no_body() -> None:
    sent = refusal_bytes(refusal(403, "no"), keep=False, bodiless=True)
    assert sent.endswith(b"content-length: 14\r\nconnection: close\r\n\r\n")


def test_a_policy_s_answers_come_before_the_defaults() -> None:
    own = Refusal(status=418)
    assert Refusals({"block": own}).of("block") is own
    assert Refusals().of("block").status == 403
    assert phrase(599) == b"Unknown"
