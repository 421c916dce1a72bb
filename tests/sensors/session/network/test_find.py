import base64
import gzip
import hashlib
import html
import json
import random
import zlib
from collections.abc import Callable
from functools import cache
from urllib.parse import quote

import brotli
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sensors.session.network.wire import message

from hongxian.facts.vocabulary import FORMS
from hongxian.sensors.session.model import Flow, Message, Opaque, Sighting
from hongxian.sensors.session.network.find import Finder

ALGORITHMS = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sm3")

VALUES = {
    "basic.phone": ["13812345678"], "device.imei": ["867400020316620"],
    "device.mac": ["A4:50:46:1B:2C:3D"], "location.precise": ["39.904211,116.407395"],
    "basic.name": ["张三丰"], "basic.email": ["li.test@example.com"],
    "device.app_list": ["com.aa.one,com.bb.two,com.cc.three"],
    "device.android_id": ["9774d56d682e549c"], "contact.address_book": ["李四光 13787654321"],
}  # fmt: skip
TYPES = [
    "basic.phone",
    "device.imei",
    "device.mac",
    "basic.name",
    "basic.email",
    "device.android_id",
]


@cache
def finder() -> Finder:
    return Finder(VALUES)


def flow(body: bytes | None = None, query: str = "", coding: str = "", **more: object) -> Flow:
    request = Message(body=body, codings=(coding,) if coding else ())
    url = f"https://a.example/x{query and '?'}{query}"
    return Flow(number=0, locator="a", at=0, url=url, host="a.example", request=request, **more)  # type: ignore[arg-type]


def found(one: Flow) -> list[Sighting]:
    return [seen for seen in finder().find(one) if isinstance(seen, Sighting)]


def infos(data: object) -> set[tuple[str, str]]:
    return {(one.info, one.form) for one in found(flow(json.dumps(data).encode()))}


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def hashed(name: str, *times: str) -> Callable[[str], str]:
    def made(text: str) -> str:
        for one in (name, *times):
            text = hashlib.new(one, text.encode()).hexdigest()
        return text

    return made


CLEAR: dict[str, Callable[[str], str]] = {
    "clear": lambda v: v,
    "capitals": str.upper,
    "percent": lambda v: "".join(f"%{byte:02x}" for byte in v.encode()),
    "percent twice": lambda v: quote(quote(f"={v}&", safe=""), safe=""),
    "base64": lambda v: b64(v.encode()),
    "base64 for addresses": lambda v: base64.urlsafe_b64encode(f"?>{v}?>".encode()).decode(),
    "base64 twice": lambda v: b64(b64(v.encode()).encode()),
    "at place 1": lambda v: b64(f"!{v} \0\xff".encode("utf-8", "surrogateescape")),
    "at place 2": lambda v: b64(f"\0\1{v};\0".encode()),
    "hex": lambda v: v.encode().hex(),
    "hex of more": lambda v: f"\0{v}\0".encode().hex().upper(),
    "unicode": lambda v: "".join(f"\\u{ord(c):04x}" for c in v),
    "html": lambda v: "".join(f"&#x{ord(c):x};" for c in v),
    "gzip and base64": lambda v: b64(gzip.compress(v.encode())),
    "nested JSON": lambda v: json.dumps({"a": json.dumps({"b": v})}),
    "base64 of JSON": lambda v: b64(json.dumps([v]).encode()),
    "reversed": lambda v: v[::-1],
    "address": lambda v: f"https://b.example/?q={quote(v)}",
    "XML": lambda v: f"<a><b>{html.escape(v)}</b></a>",
}  # fmt: skip
HASHED: dict[str, Callable[[str], str]] = {
    **{name: hashed(name) for name in ALGORITHMS},
    "md5 capitals": lambda v: hashed("md5")(v.upper()).upper(),
    "md5 of small letters": lambda v: hashed("md5")(v.lower()),
    "16 characters": lambda v: hashed("md5")(v)[8:24],
    "md5 of md5": hashed("md5", "md5"),
    "sha256 of md5": hashed("md5", "sha256"),
    "base64": lambda v: b64(hashlib.sha256(v.encode()).digest()),
    "base64 of text": lambda v: b64(hashed("sha1")(v).encode()),
}  # fmt: skip


@pytest.mark.parametrize("info", TYPES)
@pytest.mark.parametrize("way", CLEAR)
def test_a_value_is_found_however_it_is_encoded(info: str, way: str) -> None:
    if (info, way) == ("basic.name", "reversed"):
        assert infos({"x": VALUES[info][0][::-1]}) == {(info, "clear")}
    assert (info, "clear") in infos({"a": 1, "x": CLEAR[way](VALUES[info][0]), "z": "end"})


@pytest.mark.parametrize("info", TYPES)
@pytest.mark.parametrize("way", HASHED)
def test_a_value_is_found_however_it_is_hashed(info: str, way: str) -> None:
    assert (info, "hashed") in infos({"a": 1, "x": HASHED[way](VALUES[info][0])})


PLACED: dict[str, Callable[[str], Flow]] = {
    "query": lambda v: flow(query=f"x={quote(v)}"),
    "form": lambda v: flow(f"x={quote(v)}&y=1".encode()),
    "gzip": lambda v: flow(gzip.compress(v.encode()), coding="gzip"),
    "br": lambda v: flow(brotli.compress(v.encode()), coding="br"),
    "zlib": lambda v: flow(zlib.compress(v.encode())),
    "protobuf": lambda v: flow(message(_1=message(_1="x", _2=v), _2=5)),
    "raw hash in protobuf": lambda v: flow(message(_1="text", _2=hashlib.md5(v.encode()).digest())),
    "cut JSON": lambda v: flow(json.dumps({"a": v}, ensure_ascii=False).encode()[:-2]),
    "text": lambda v: flow(f"log: <{v}>, end".encode()),
    "binary": lambda v: flow(b"\xff\0\1" + v.encode() + b"\0\xfe"),
}  # fmt: skip


@pytest.mark.parametrize("info", TYPES)
@pytest.mark.parametrize("place", PLACED)
def test_a_value_is_found_wherever_it_is_put(info: str, place: str) -> None:
    assert info in {one.info for one in found(PLACED[place](VALUES[info][0]))}


def test_a_sighting_tells_the_way_and_never_the_value() -> None:
    body = json.dumps({"d": b64(json.dumps({"13812345678": {"imei": "867400020316620"}}).encode())})
    one, two = sorted(found(flow(body.encode())), key=lambda seen: seen.info)
    assert (two.info, two.how, two.name) == (
        "device.imei", ("json", "base64", "json"), "d.***.imei",
    )  # fmt: skip
    assert two.excerpt == "imei=***"
    assert (one.info, one.how, one.name) == ("basic.phone", ("json", "base64"), "d")
    assert (one.basis, one.score) == ("value", 1.0)
    assert "13812345678" not in repr((one, two))
    assert "867400020316620" not in repr((one, two))


def test_positions_are_found_in_one_field_and_in_two() -> None:
    near = {("location.precise", "clear")}
    assert infos({"a": {"x": "39.9043", "y": 116.4073}}) == near
    assert infos({"p": "39.9042;116.4074"}) == near
    assert infos({"p": {"a": 39904211, "b": 116407395}}) == near
    assert infos({"p": "39.9042;116.4074"[::-1]}) == near
    assert infos({"p": "39.90,116.41"}) == {("location.coarse", "clear")}
    assert infos({"a": 39.9043, "b": {"t": "x" * 90, "c": 116.4073}}) == set()
    query = found(flow(query="a=39.9042&b=116.4074"))
    assert [one.info for one in query] == ["location.precise"]


def test_masked_values_are_told_as_masked() -> None:
    assert infos({"a": "138****5678", "b": "张*丰"}) == {
        ("basic.phone", "masked"), ("basic.name", "masked"),
    }  # fmt: skip


def test_a_list_of_apps_is_one_sighting_and_one_app_is_none() -> None:
    assert [one.info for one in found(flow(b'["com.aa.one","com.bb.two","com.cc.three"]'))] == [
        "device.app_list"
    ]
    assert infos({"open": "com.aa.one"}) == set()


@pytest.mark.parametrize(
    "value",
    [
        "913812345678", "138123456789", "0.13812345678", "86740002031662012",
        "ff9774d56d682e549c", "xli.test@example.com", "com.aa.one.more", "1795482000000",
        "9774d56d-682e-549c-0000-000000000000", hashlib.md5(b"other").hexdigest(),
        b64(b"913812345678"), b"9138123456780".hex(),
    ],
)  # fmt: skip
def test_look_alikes_are_not_taken_for_values(value: str) -> None:
    one = flow(json.dumps({"x": value, "trace": f"{value}"}).encode())
    assert [seen.info for seen in found(one) if seen.basis == "value"] == []


def test_values_of_other_people_are_told_by_the_recognisers() -> None:
    one = found(flow(json.dumps({"phone": "13987654321", "imei": "867400020316620"}).encode()))
    assert {(seen.info, seen.basis) for seen in one} == {
        ("basic.phone", "recogniser"), ("device.imei", "value"),
    }  # fmt: skip


def test_what_comes_from_the_server_is_told_as_such() -> None:
    answer = Message(body=b'{"phone": "13812345678"}')
    assert [one.sent for one in found(flow(response=answer))] == [False]


def test_what_cannot_be_read_is_handed_on() -> None:
    noise = random.Random(1).randbytes(500)
    assert [one.why for one in finder().find(flow(noise)) if isinstance(one, Opaque)] == [
        "encrypted_app"
    ]


def test_a_large_body_is_looked_through_as_a_whole() -> None:
    body = b"x" * (9 << 20) + b" 13812345678 " + b"y" * 1000
    assert [one.info for one in found(flow(body))] == ["basic.phone"]


@settings(max_examples=100, deadline=None)
@given(st.binary(max_size=300), st.text(max_size=100))
def test_any_flow_is_looked_through(body: bytes, query: str) -> None:
    for one in found(flow(body, query)):
        assert one.form in FORMS


@settings(max_examples=100, deadline=None)
@given(
    st.sampled_from(TYPES),
    st.lists(
        st.sampled_from(["gzip and base64", "nested JSON", "percent", "hex", "base64"]), max_size=3
    ),
)
def test_encodings_may_lie_one_in_another(info: str, ways: list[str]) -> None:
    text = VALUES[info][0]
    for way in ways:
        text = CLEAR[way](text)
    assert (info, "clear") in infos({"x": text})
