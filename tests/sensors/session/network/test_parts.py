import base64
import gzip
import json

import brotli
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.sensors.session.model import Flow, Frame, Message, Opaque, Part
from hongxian.sensors.session.network.parts import parts_of

URL = "https://api.example.com/v1/phone/13800138000?imei=867400020316620&flag#mac=1"


def flow(url: str = URL, **more: object) -> Flow:
    return Flow(number=0, locator="a.har entry 0", at=1.0, url=url, host="api.example.com", **more)  # type: ignore[arg-type]


def message(body: bytes | None, *codings: str, **headers: str) -> Message:
    named = tuple((name.replace("_", "-"), value) for name, value in headers.items())
    return Message(headers=named, body=body, codings=codings)


def parts(one: Flow) -> dict[tuple[str, str], str | bytes]:
    return {(p.where, p.name): p.value for p in parts_of(one) if isinstance(p, Part)}


def opaque(one: Flow) -> list[tuple[str, bool, str]]:
    return [(p.where, p.sent, p.why) for p in parts_of(one) if isinstance(p, Opaque)]


def test_the_address_is_taken_apart() -> None:
    assert parts(flow()) == {
        ("path", "[0]"): "v1", ("path", "v1[1]"): "phone", ("path", "phone[2]"): "13800138000",
        ("query", "imei"): "867400020316620", ("query", ""): "flag", ("query", "mac"): "1",
    }  # fmt: skip
    assert parts(flow("https://[broken/a")) == {("path", ""): "https://[broken/a"}


def test_headers_and_cookies_are_parts_but_plumbing_is_none() -> None:
    basic = "Basic " + base64.b64encode(b"13800138000:secret").decode()
    request = message(
        None, Host="a", Content_Length="0", X_Imei="8674", Cookie="uid=7; name=%E5%BC%A0",
        Authorization=basic, X_Empty="",
    )  # fmt: skip
    response = message(b"", Set_Cookie="sid=9; Path=/")
    found = parts(flow("https://a.example/", request=request, response=response))
    assert found[("header", "X-Imei")] == "8674"
    assert found[("header", "Authorization")] == "13800138000:secret"
    assert found[("cookie", "name")] == "张"
    assert found[("cookie", "sid")] == "9"
    assert ("header", "Host") not in found


def test_stacked_codings_are_undone_from_the_outermost() -> None:
    body = gzip.compress(brotli.compress(b'{"phone":"13800138000"}'))
    one = flow(request=message(body, "br", "gzip", Content_Type="application/json"))
    part = next(p for p in parts_of(one) if isinstance(p, Part) and p.name == "phone")
    assert (part.value, part.how, part.sent) == ("13800138000", ("gzip", "br", "json"), True)
    assert opaque(one) == []


def test_a_coding_that_cannot_be_undone_is_told_and_the_body_is_still_looked_at() -> None:
    one = flow(request=message(b'{"a":"12345"}', "gzip"))
    assert opaque(one) == [("body", True, "damaged")]
    assert parts(one)["body", "a"] == "12345"
    other = flow(request=message(b'{"a":"12345"}', "identity", "own-coding"))
    assert opaque(other) == [("body", True, "unknown_coding")]
    assert parts(other)["body", "a"] == "12345"


def test_what_a_header_announces_counts() -> None:
    grpc = flow(request=message(b"\0\0\0\0\2\x08\x07", content_type="application/grpc+proto"))
    assert parts(grpc)["body", "1"] == "7"
    form = flow(
        request=message(b"a=\xd5\xc5", Content_Type="application/x-www-form-urlencoded;charset=gbk")
    )
    assert parts(form)["body", "a"] == "张"


def test_a_body_that_is_missing_or_cut_is_told() -> None:
    assert opaque(flow(request=message(None, content_length="52"))) == [
        ("body", True, "not_recorded")
    ]
    assert opaque(flow(response=message(None, content_length="x"))) == []
    cut = Message(body=b'{"imei": "8674', cut=True)
    assert opaque(flow(response=cut)) == [("body", False, "cut")]
    assert parts(flow(response=cut))["body", "imei"] == "8674"


def test_a_connection_that_could_not_be_decrypted_is_told() -> None:
    assert opaque(flow(opaque=True)) == [("flow", True, "undecryptable")]


def test_websocket_messages_keep_direction_and_moment() -> None:
    frames = (
        Frame(at=5.0, sent=True, data=json.dumps({"oaid": "x1"}).encode()),
        Frame(at=6.0, sent=False, data=b"pong"),
    )
    found = [p for p in parts_of(flow("wss://a.example/", frames=frames)) if isinstance(p, Part)]
    assert [(p.name, p.value, p.sent, p.at) for p in found[1:]] == [
        ("oaid", "x1", True, 5.0), ("", "pong", False, 6.0),
    ]  # fmt: skip


@settings(max_examples=100, deadline=None)
@given(
    st.text(max_size=80),
    st.lists(st.tuples(st.text(max_size=20), st.text(max_size=60)), max_size=4),
    st.binary(max_size=200),
    st.lists(st.sampled_from(["gzip", "br", "deflate", "zstd", "x", ""]), max_size=3),
)
def test_any_flow_is_taken_apart(
    url: str, headers: list[tuple[str, str]], body: bytes, codings: list[str]
) -> None:
    one = Message(headers=tuple(headers), body=body, codings=tuple(codings))
    list(parts_of(flow("https://" + url, request=one, response=one)))


def test_what_the_server_sent_can_be_left_out() -> None:
    frames = (Frame(at=1.0, sent=True, data=b"up"), Frame(at=2.0, sent=False, data=b"down"))
    one = flow(request=message(b"asked"), response=message(b"answered"), frames=frames)
    assert {p.value for p in parts_of(one, sent_only=True) if p.where in ("body", "frame")} == {
        "asked", "up"
    }  # fmt: skip
    assert {p.value for p in parts_of(one) if p.where in ("body", "frame")} >= {"answered", "down"}
