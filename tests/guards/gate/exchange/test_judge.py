from __future__ import annotations

import gzip
import hashlib
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.core import Gate
from hongxian.guards.gate.exchange.callers import Callers
from hongxian.guards.gate.exchange.covers import Covers
from hongxian.guards.gate.exchange.fields import Fields
from hongxian.guards.gate.exchange.judge import Judge
from hongxian.guards.gate.exchange.parts import Answer, Request
from hongxian.guards.gate.exchange.ruling import Ruling
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.policy import EndpointRule, GatePolicy, Limit

PHONE, OTHER = "13800138000", "13911112222"
JSON = [(b"content-type", b"application/json")]
MATCH = EndpointRule(pattern="POST /contacts/*", needs=("netid.user_id",))


def judge(*rules: EndpointRule, mode: str = "enforce", **told: Any) -> Judge:
    policy = GatePolicy(mode=mode, endpoints=rules, **told)
    settings = ExchangeSettings(callers=Callers({"account": ["header:x-user"]}), most_request=5_000)
    return Judge(settings, Gate(policy, b"s" * 32))


def request(
    target: str = "/contacts/match", body: bytes = b"", user: str = "u1", *more: tuple[bytes, bytes]
) -> Request:
    headers = [(b"x-user", user.encode()), *more]
    return Request(method="POST", target=target, headers=headers, body=body, peer="1.1.1.1",
                   secure=True, at=1_750_000_000.0)  # fmt: skip


def answered(judge: Judge, ruling: Ruling, value: Any, status: int = 200, **told: Any) -> Ruling:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return judge.answer(ruling, Answer(status=status, headers=told.get("headers", JSON), body=body))


def many(start: int, count: int) -> bytes:
    return json.dumps({"phones": [str(13800000000 + start + n) for n in range(count)]}).encode()


def test_made_up_numbers_in_one_body_are_stopped_before_the_interface_sees_them() -> None:
    own = judge(MATCH)
    ruling = own.ask(request(body=many(0, 300)))
    assert ruling.action == "block"
    assert ruling.decision.findings[0].kind == "enumeration"
    assert not ruling.passes


@pytest.mark.parametrize("body", [
    f'{{"phone":"{PHONE}"}}'.encode(), f"phone={PHONE}".encode(), f"phone=%31{PHONE[1:]}".encode(),
    ('{"phone":"\\u0031' + PHONE[1:] + '"}').encode(), f'{{"phone":{PHONE}.0}}'.encode(),
    f'{{"phone":"{PHONE}"}}'.encode("utf-16-le"),
])  # fmt: skip
def test_a_number_is_found_however_it_is_written(body: bytes) -> None:
    ruling = judge(MATCH).ask(request(body=body))
    assert [(one.info, one.value) for one in ruling.seen.identifiers] == [("basic.phone", PHONE)]


def test_packed_bodies_are_read() -> None:
    packed = gzip.compress(many(0, 300), mtime=0)
    ruling = judge(MATCH).ask(
        request("/contacts/match", packed, "u", (b"content-encoding", b"gzip"))
    )
    assert ruling.action == "block"


def test_numbers_in_targets_count() -> None:
    ruling = judge().ask(request(f"/by/%31{PHONE[1:]}?mobile=%2B86{OTHER}"))
    assert {(one.where, one.value[-11:]) for one in ruling.seen.identifiers} == {
        ("path", PHONE), ("query", OTHER)
    }  # fmt: skip


def test_what_an_endpoint_need_not_give_is_masked() -> None:
    own = judge(MATCH)
    ruling = answered(own, own.ask(request(body=b"{}")), {"phone": PHONE, "id": 7})
    assert ruling.action == "mask"
    assert ruling.passes
    assert json.loads(ruling.body) == {"phone": "138****8000", "id": 7}
    assert ruling.masked == 1


def test_while_learning_nothing_is_masked_or_stopped() -> None:
    own = judge(MATCH, mode="learn")
    asked = own.ask(request(body=many(0, 300)))
    ruling = answered(own, asked, {"phone": PHONE})
    assert (asked.action, asked.decision.advised, ruling.body) == ("allow", "block", None)


def test_needed_values_stay() -> None:
    own = judge(EndpointRule(pattern="POST /contacts/*", needs=("basic.phone",)))
    ruling = answered(own, own.ask(request()), {"phone": PHONE})
    assert (ruling.action, ruling.body) == ("allow", None)


def test_an_endpoint_s_rule_masks_whatever_is_decided() -> None:
    own = judge(EndpointRule(pattern="POST /*", mask=("basic.phone",)))
    ruling = answered(own, own.ask(request()), {"phone": PHONE, "mail": "a.b@c.cn"})
    assert json.loads(ruling.body) == {"phone": "138****8000", "mail": "a.b@c.cn"}
    own = judge(EndpointRule(pattern="POST /*", mask=("*",)))
    ruling = answered(own, own.ask(request()), {"phone": PHONE, "mail": "a.b@c.cn"})
    assert json.loads(ruling.body) == {"phone": "138****8000", "mail": "a***@c.cn"}


def test_the_action_mask_on_a_question_masks_all_of_its_answer() -> None:
    rule = EndpointRule(pattern="POST /*", limits={"basic.phone": Limit(distinct=1, action="mask")})
    own = judge(rule)
    asked = own.ask(request(body=many(0, 2)))
    assert asked.action == "mask"
    assert json.loads(answered(own, asked, {"phone": PHONE}).body) == {"phone": "138****8000"}


def test_packed_answers_are_masked_and_packed_again() -> None:
    own = judge(EndpointRule(pattern="POST /*", mask=("*",)))
    headers = [*JSON, (b"content-encoding", b"gzip")]
    packed = gzip.compress(json.dumps({"phone": PHONE}).encode(), mtime=0)
    ruling = answered(own, own.ask(request()), packed, headers=headers)
    assert ruling.packed == b"gzip"
    assert json.loads(gzip.decompress(ruling.body)) == {"phone": "138****8000"}
    headers = [*JSON, (b"content-encoding", b"zstd")]
    from backports import zstd

    ruling = answered(own, own.ask(request()), zstd.compress(b'"13800138000"'), headers=headers)
    assert (ruling.packed, ruling.body) == (b"", b'"138****8000"')


def test_answers_that_are_no_json_are_masked_as_text() -> None:
    own = judge(EndpointRule(pattern="POST /*", mask=("*",)))
    page = b"<td>13800138000</td><td>a.b@c.cn</td>"
    ruling = answered(own, own.ask(request()), page, headers=[(b"content-type", b"text/html")])
    assert ruling.body == b"<td>138****8000</td><td>a***@c.cn</td>"
    events = b'data: {"phone":13800138000}\n\n'
    lines = [(b"content-type", b"text/event-stream")]
    ruling = answered(own, own.ask(request()), events, headers=lines)
    assert ruling.body == b'data: {"phone":"138****8000"}\n\n'


def test_pages_are_judged_as_they_are_read() -> None:
    own = judge(MATCH)
    page = "<p>电话 138<b>0013</b>8000</p><script>x='\\u003c\\/script>'</script>".encode("gb18030")
    kind = [(b"content-type", b"text/html; charset=gbk")]
    ruling = answered(own, own.ask(request(body=b"{}")), page, headers=kind)
    assert ruling.body == page.replace(b"0013", b"****")
    assert (ruling.action, ruling.masked) == ("mask", 1)
    broken = answered(own, own.ask(request()), b"\xff\xfe\x31", headers=kind)
    assert (broken.reason, broken.action) == ("corrupt", "block")


@pytest.mark.parametrize("kind", [b"text/html", b"text/plain", b"application/json"])
def test_json_that_a_page_may_have_within_becomes_no_markup(kind: bytes) -> None:
    own = judge(MATCH)
    text = b'{"a":"\\u003cb\\u003e<\\/script><\\u002fb>","p":"\\u0031' + PHONE[1:].encode() + b'"}'
    headers = [(b"content-type", kind)]
    body = answered(own, own.ask(request(body=b"{}")), text, headers=headers).body
    assert json.loads(body) == {**json.loads(text), "p": "138****8000"}
    if b"json" not in kind:
        assert body == text.replace(b"\\u0031" + PHONE[1:].encode(), b"138****8000")


@pytest.mark.parametrize(("kind", "text", "shown"), [
    (b"text/html", b'["<b>138</b>00138000"]<p>', b'["<b>138</b>****8000"]<p>'),
    (b"application/json; charset=utf-16", f'["{PHONE}"]'.encode("utf-16"),
     '["138****8000"]'.encode("utf-16")),
    (b"application/json; charset=iso-8859-1", b'["13800138000"]', b'["138****8000"]'),
    (b"application/json; charset=gbk", '["号", "13800138000"]'.encode("gbk"),
     '["号", "138****8000"]'.encode("gbk")),
    (b"text/xml", b"<a p='13800138000'/>", b'<a p="138****8000"/>'),
    (b"application/x-www-form-urlencoded", b"p=%31" + PHONE[1:].encode(), b"p=138****8000"),
])  # fmt: skip
def test_each_kind_of_text_is_masked_in_its_way(kind: bytes, text: bytes, shown: bytes) -> None:
    own = judge(EndpointRule(pattern="POST /*", mask=("*",)))
    ruling = answered(own, own.ask(request()), text, headers=[(b"content-type", kind)])
    assert ruling.body == shown


def test_fields_that_are_told_by_name_are_masked() -> None:
    own = judge(EndpointRule(pattern="POST /contacts/*", needs=()))
    own.settings.fields = Fields({})
    page = '<script>me={"realName":"李雷"}</script>'.encode()
    html = [(b"content-type", b"text/html")]
    ruling = answered(own, own.ask(request()), page, headers=html)
    assert ruling.body == '<script>me={"realName":"李*"}</script>'.encode()
    ruling = answered(own, own.ask(request()), {"realName": "李雷"})
    assert json.loads(ruling.body) == {"realName": "李*"}


def test_who_has_not_logged_in_is_given_nothing() -> None:
    own = judge()
    ruling = own.ask(Request(method="GET", target="/me", headers=[], peer="1.1.1.1", at=1.0))
    assert answered(own, ruling, {"phone": PHONE}).action == "block"


def test_kept_values_are_not_masked() -> None:
    own = judge(EndpointRule(pattern="POST /*", mask=("*",)))
    own.settings.covers = Covers()
    own.settings.covers._made["basic.phone", "public"] = None
    assert answered(own, own.ask(request()), {"phone": PHONE}).body is None


BOMB = gzip.compress(b"0" * 9_000, mtime=0)
CLOSED = EndpointRule(pattern="POST /*", fail="closed")
TWICE = (b"x-user", b"u2")


@pytest.mark.parametrize(("sent", "reason"), [
    (request("/", b"x", "u", (b"content-encoding", b"odd")), "coding"),
    (request("/", b"x", "u", (b"content-encoding", b"gzip")), "corrupt"),
    (request("/", BOMB, "u", (b"content-encoding", b"gzip")), "large"),
    (request("/", b"x", "u", TWICE), "caller"),
])  # fmt: skip
def test_what_cannot_be_read_fails_as_the_policy_says(sent: Request, reason: str) -> None:
    for rule, action in ((CLOSED, "block"), (EndpointRule(pattern="*", fail="open"), "allow")):
        ruling = judge(rule).ask(sent)
        assert (ruling.reason, ruling.action) == (reason, action)
    assert judge(CLOSED, mode="learn").ask(sent).action == "allow"


def test_answers_that_cannot_be_read_fail_too() -> None:
    own = judge(CLOSED)
    headers = [*JSON, (b"content-encoding", b"gzip")]
    ruling = answered(own, own.ask(request()), b"no gzip", headers=headers)
    assert (ruling.reason, ruling.passes) == ("corrupt", False)


def test_a_fault_of_ours_lets_nothing_through_that_is_closed() -> None:
    own = judge(CLOSED)

    def broken(*args: object) -> None:
        raise RuntimeError(args)

    asked = own.ask(request())
    own._finder.find = broken  # type: ignore[method-assign]
    assert [own.ask(request(body=b"{}")).reason, own.ask(request(body=b"{}")).action] == [
        "error",
        "block",
    ]
    assert answered(own, asked, {"a": 1}).reason == "error"
    own = judge(CLOSED)
    own.gate.count = broken  # type: ignore[method-assign]
    assert own.ask(request(body=many(0, 1))).reason == "error"


@pytest.mark.parametrize(("rule", "closed"), [
    (EndpointRule(pattern="POST /a", needs=("basic.phone",)), True),
    (EndpointRule(pattern="POST /a", needs=()), False),
    (EndpointRule(pattern="POST /a", limits={"basic.phone": Limit(distinct=1)}), True),
    (EndpointRule(pattern="POST /a", needs=("basic.phone",), fail="open"), False),
    (EndpointRule(pattern="POST /b", fail="closed"), False),
])  # fmt: skip
def test_endpoints_that_give_personal_information_are_closed(
    rule: EndpointRule, closed: bool
) -> None:
    assert judge(rule).cover("POST", "/a").closed is closed


def test_a_rule_holds_for_other_spellings_of_its_path() -> None:
    own = judge(EndpointRule(pattern="POST /contacts/match", fail="closed"))
    for path in ("/contacts/match", "//contacts/./match", "/contacts/%6Datch"):
        assert own.cover("POST", path).closed


def test_covers_are_not_all_remembered(monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.exchange.judge._MOST_COVERS", 2)
    own = judge()
    for letter in "abcd":
        assert own.cover("GET", f"/{letter}").endpoint == f"GET /{letter}"
    assert len(own._covers) <= 2


@pytest.mark.parametrize(("kind", "read"), [
    (b"application/json; charset=utf-8", True), (b"text/html", True), (b"image/png", False),
    (b"application/problem+json", True), (b"application/octet-stream", False), (b"", True),
])  # fmt: skip
def test_answers_are_read_by_their_type(kind: bytes, read: bool) -> None:
    assert judge().reads([(b"content-type", kind)] if kind else []) is read


def test_what_was_answered_is_taken_in_where_the_host_wants() -> None:
    told: list[tuple[int, int | None]] = []
    own = judge(MATCH)
    own = Judge(own.settings, own.gate, lambda _, records, hits: told.append((records, hits)))
    answered(own, own.ask(request(body=many(0, 1))), {"phone": "13800000000"})
    answered(own, own.ask(request(body=many(0, 2))), {"error": "none"}, status=404)
    assert told == [(1, 1), (0, 0)]


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256"])
def test_digests_of_numbers_are_asked_for_where_the_policy_says_so(name: str) -> None:
    digests = [hashlib.new(name, str(13800138000 + n).encode()).hexdigest() for n in range(12)]
    body = json.dumps({"hashes": digests, "sign": "ab" * 12}).encode()
    limit = {"basic.phone": Limit(distinct=11, action="block")}
    told = EndpointRule(pattern="POST /contacts/*", limits=limit, hashed="basic.phone")
    assert judge(told).ask(request(body=body)).action == "block"
    upper = judge(told).ask(request(f"/contacts/match?x={digests[0].upper()}", body.upper()))
    assert len(upper.seen.identifiers if upper.seen else ()) == 12
    silent = EndpointRule(pattern="POST /contacts/*", limits=limit)
    assert judge(silent).ask(request(body=body)).action == "allow"


@given(st.binary(max_size=120), st.sampled_from([b"", b"gzip", b"br"]))
def test_any_exchange_is_judged_without_an_error(body: bytes, coding: bytes) -> None:
    own = FUZZED
    sent = request("/contacts/x", body, "u", (b"content-encoding", coding))
    ruling = own.ask(sent)
    assert ruling.reason in ("", "corrupt", "large")
    ruling = own.answer(
        ruling, Answer(status=200, headers=[(b"content-encoding", coding)], body=body)
    )
    assert ruling.reason in ("", "corrupt", "large")


FUZZED = judge(MATCH)
