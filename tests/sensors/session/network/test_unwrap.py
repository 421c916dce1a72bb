import base64
import gzip
import json
import random
import resource
import zlib

import msgpack
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.sensors.session.network.wire import message

from hongxian.sensors.session.model import WHY_OPAQUE, Opaque, Part
from hongxian.sensors.session.network import unwrap
from hongxian.sensors.session.network.unwrap import DEEP, LARGEST, Spot, Unwrapping

IMEI = "867400020316620"
BODY = Spot("body", sent=True)


def taken(value: str | bytes, **more: bool | str) -> list[Part | Opaque]:
    if isinstance(value, str):
        return list(Unwrapping().value(BODY, value))
    return list(Unwrapping().body(BODY, value, **more))  # type: ignore[arg-type]


def values(value: str | bytes, **more: bool | str) -> dict[str, tuple[str | bytes, str]]:
    parts = [part for part in taken(value, **more) if isinstance(part, Part)]
    return {part.name: (part.value, ">".join(part.how)) for part in parts}


def why(value: str | bytes) -> list[str]:
    return [one.why for one in taken(value) if isinstance(one, Opaque)]


def b64(data: str | bytes) -> str:
    return base64.b64encode(data.encode() if isinstance(data, str) else data).decode()


INNER = json.dumps({"imei": IMEI})


@pytest.mark.parametrize(
    ("value", "name", "how"),
    [
        (INNER, "imei", "json"),
        (json.dumps({"d": INNER}), "d.imei", "json>json"),
        (json.dumps({"d": b64(INNER)}), "d.imei", "json>base64>json"),
        (b64(gzip.compress(INNER.encode(), mtime=0)), "imei", "base64>gzip>json"),
        (INNER.encode().hex(), "imei", "hex>json"),
        (f"a=1&imei={IMEI}", "imei", "form"),
        ("%7B%22imei%22%3A%22" + IMEI + "%22%7D", "imei", "percent>json"),
        (f"https://a.example/?imei={IMEI}", "imei", "url"),
        (f"<r><imei>{IMEI}</imei></r>", "imei", "xml"),
        (f'{{ user(imei: "{IMEI}") {{ id }} }}', "imei", "graphql"),
        (gzip.compress(INNER.encode(), mtime=0), "imei", "gzip>json"),
        (zlib.compress(INNER.encode()), "imei", "deflate>json"),
        (msgpack.packb({"imei": IMEI, "b": b"\xff\0"}), "imei", "msgpack"),
        (message(_2=message(_1=IMEI, _3=7), _3=1), "2.1", "protobuf>protobuf"),
        (b"\0\0\0\0\x11" + message(_1=IMEI), "1", "grpc>protobuf"),
        (
            b'--b\r\nContent-Disposition: form-data; name="imei"\r\n\r\n' + IMEI.encode()
            + b"\r\n--b--", "imei", "multipart",
        ),
    ],
)  # fmt: skip
def test_a_value_is_reached_through_whatever_wraps_it(
    value: str | bytes, name: str, how: str
) -> None:
    assert values(value)[name] == (IMEI, how)


def test_a_body_that_is_announced_is_read_as_it_is_announced() -> None:
    assert values(message(_1=13800138000), announced=True)["1"] == ("13800138000", "protobuf")
    assert values(b"plain text", announced=True)[""] == ("plain text", "")
    assert values(f"imei={IMEI}".encode(), form=True)["imei"] == (IMEI, "form")
    assert values(INNER.encode(), form=True)["imei"] == (IMEI, "json")


def test_the_whole_text_is_kept_beside_its_parts() -> None:
    assert values(INNER.encode())[""] == (INNER, "")


def test_what_looks_random_is_told_and_never_taken_for_clean() -> None:
    noise = random.Random(1).randbytes(400)
    assert why(noise) == ["encrypted_app"]
    assert why(json.dumps({"data": b64(noise)})) == ["encrypted_app"]
    assert why(json.dumps({"data": noise.hex()})) == ["encrypted_app"]
    assert why(json.dumps({"sign": b64(noise)})) == []


def test_other_binary_forms_are_told_too() -> None:
    assert why(b"\x89PNG\r\n\x1a\n" + bytes(90)) == ["binary"]
    assert why(b"\xfd\0\xfe" * 30) == ["binary"]
    assert why(gzip.compress(INNER.encode())[:-9]) == ["cut"]


def test_depth_is_bounded() -> None:
    value = IMEI
    for _ in range(DEEP + 5):
        value = json.dumps([value])
    assert max(len(part.how) for part in taken(value) if isinstance(part, Part)) == DEEP
    packed = b"end of it"
    for _ in range(DEEP + 5):
        packed = gzip.compress(packed)
    assert why(packed)[-1] in ("binary", "encrypted_app")


def test_more_values_than_are_looked_at_are_told_once() -> None:
    found = taken(json.dumps(list(range(30_000))))
    assert [one.why for one in found if isinstance(one, Opaque)] == ["too_many"]
    assert len(found) <= unwrap.MOST + 1


def test_a_body_of_50_mb_is_handed_on_whole() -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    body = b'{"imei":"867400020316620"}' * (2 << 20)
    found = taken(body)
    assert [type(one) for one in found] == [Opaque, Part]
    assert why(body) == ["too_large"]
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 300 << 10


def test_a_bomb_is_told() -> None:
    assert why(gzip.compress(b" " * 5 * LARGEST)) == ["bomb"]
    assert why(b64(gzip.compress(b" " * 5 * LARGEST))) == ["bomb"]


@settings(max_examples=300, deadline=None)
@given(
    st.sampled_from([b"", b"\x1f\x8b\x08", b"{", b"<a>", b"--b\r\ncontent-disposition:", b"\x0a"]),
    st.binary(max_size=400),
)
def test_any_bytes_are_taken(opening: bytes, data: bytes) -> None:
    for one in taken(opening + data):
        assert isinstance(one, Part) or one.why in WHY_OPAQUE
    taken(b64(opening + data))


@given(st.text(max_size=300))
def test_any_text_is_taken(text: str) -> None:
    assert taken(text)[0] == BODY.part(text)
