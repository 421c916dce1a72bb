from __future__ import annotations

from hongxian.guards.gate.live.refusals import (
    Refusal,
    Refusals,
    phrase,
    refusal,
    refusal_bytes,
)


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
