"""Mutated bodies of network flows: taking them apart must neither raise nor take long."""

from __future__ import annotations

import base64
import gzip
import json
from functools import cache
from typing import TYPE_CHECKING

import brotli
import msgpack
from tests.fuzz.readers import Fuzzed
from tests.sensors.session.network.wire import message

from hongxian.sensors.session.model import WHY_OPAQUE, Flow, Message, Opaque
from hongxian.sensors.session.network.find import Finder

if TYPE_CHECKING:
    from collections.abc import Sequence

_VALUES = {
    "basic.phone": ["13812345678"],
    "location.precise": ["39.904211,116.407395"],
    "basic.name": ["张三"],
}
_JSON = json.dumps({"phone": "13812345678", "a": [{"lat": 39.9042, "lng": 116.4074}]}).encode()
_KINDS = ("", "application/x-protobuf", "application/grpc", "application/x-www-form-urlencoded")
_CODINGS: tuple[tuple[str, ...], ...] = ((), ("gzip",), ("br",), ("deflate", "zstd"))


@cache
def _finder() -> Finder:
    return Finder(_VALUES)


def _find(data: bytes) -> None:
    kind, codings = _KINDS[len(data) % 4], _CODINGS[len(data) // 4 % 4]
    request = Message(headers=(("Content-Type", kind),), body=data, codings=codings)
    flow = Flow(number=0, locator="f", at=None, url="https://a.example/", host="a", request=request)
    for one in _finder().find(flow):
        assert not isinstance(one, Opaque) or one.why in WHY_OPAQUE


def _seeds() -> Sequence[bytes]:
    return [
        _JSON, gzip.compress(_JSON), brotli.compress(_JSON), base64.b64encode(_JSON),
        _JSON.hex().encode(), msgpack.packb(json.loads(_JSON)),
        message(_1=message(_1="13812345678", _2=39.9), _2=7),
        b"a=1&phone=%31%33&d=" + base64.urlsafe_b64encode(_JSON),
        b"<a><b c='1'>13812345678</b></a>",
        b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n13812345678\r\n--b--\r\n',
        b'{ user(phone: "13812345678") { id } }', _JSON + b"\n" + _JSON,
    ]  # fmt: skip


FLOWS = {"flow": Fuzzed(_find, _seeds)}
"""The finder, with what takes flows apart before it."""

SLOW = (
    b"{", b"[", b'{"a":', b'"a":"', b"<a>", b"<a b='c'", b"%25", b"\\u0031", b"&#49;", b"a=1&",
    b"39.9042,", b"--b\r\ncontent-disposition:", b"\x0a\x02", b"\x91", b"YWFh", b"13812345678",
    b"138 ", b"a(", b"query {", b".a",
)  # fmt: skip
"""Pieces that fill a body: on these a careless pattern is slow."""
