"""PI in network flows: recall and precision over made-up requests, by type and by way.

    python bench/session_traffic_pi.py [--requests 5000] [--seed 4]

As many requests carry PI as carry none but look-alikes (order numbers, snowflake ids, moments,
UUIDs, hashes of other things, tiles, ISBN, prices). Values, encoders, hashes and wire forms are
made here, by the standard library and by hand: nothing of the finder's own tables is used.
"""

from __future__ import annotations

import argparse
import base64
import gzip
import hashlib
import html
import json
import random
import resource
import struct
import time
import uuid
import zlib
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING
from urllib.parse import quote, urlencode

import brotli
import msgpack

from hongxian.sensors.session.model import Flow, Frame, Message, Sighting
from hongxian.sensors.session.network.find import Finder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

TARGET = 0.97
_NAMELESS = ("path", "protobuf", "gRPC", "base64 of protobuf")
"""Places where a field has no name."""
PER_SESSION = 100
_FAMILY = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "伟芳娜秀英敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂文辉鑫宇浩然梓涵"
_KEYS = {
    "basic.phone": ("phone", "mobile", "tel", "p"),
    "device.imei": ("imei", "did", "i", "device_id"),
    "device.android_id": ("android_id", "aid", "a"), "device.oaid": ("oaid", "oa"),
    "device.mac": ("mac", "wifi_mac", "m"), "device.imsi": ("imsi", "sub"),
    "device.iccid": ("iccid", "sim"), "location.precise": ("loc", "position", "l"),
    "contact.address_book": ("contacts", "c"), "basic.email": ("email", "mail", "e"),
    "basic.name": ("name", "real_name", "n"), "identity.doc_number": ("id_card", "idno", "cert"),
    "device.wifi_ssid": ("ssid", "w"), "device.app_list": ("apps", "installed", "pkgs"),
}  # fmt: skip
Values = dict[str, list[str]]
Fields = list[tuple[str, str]]


@dataclass
class Request:
    """One made-up request and what it carries."""

    flow: Flow
    carries: set[str]
    way: str


@dataclass
class Score:
    """Counts over all requests."""

    hit: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)
    false: Counter[str] = field(default_factory=Counter)
    way_hit: Counter[str] = field(default_factory=Counter)
    way_missed: Counter[str] = field(default_factory=Counter)
    way_false: Counter[str] = field(default_factory=Counter)
    examples: dict[tuple[str, str], int] = field(default_factory=dict)


# --- the person and the device of a session ---------------------------------------------------


def _digits(dice: random.Random, count: int) -> str:
    return "".join(dice.choices("0123456789", k=count))


def _luhn(digits: str) -> str:
    total = 0
    for place, digit in enumerate(reversed(digits)):
        double = int(digit) * (2 if place % 2 == 0 else 1)
        total += double - 9 if double > 9 else double
    return digits + str(-total % 10)


def _name(dice: random.Random) -> str:
    return dice.choice(_FAMILY) + "".join(dice.choices(_GIVEN, k=dice.choice((1, 2, 2))))


def _phone(dice: random.Random) -> str:
    return f"1{dice.choice('3456789')}{_digits(dice, 9)}"


def _id_number(dice: random.Random) -> str:
    born = f"{dice.randrange(1950, 2005)}{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}"
    body = f"{dice.choice(('110101', '310104', '440305', '510107'))}{born}{_digits(dice, 3)}"
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    return body + "10X98765432"[sum(int(d) * w for d, w in zip(body, weights, strict=True)) % 11]


def _hex(dice: random.Random, count: int) -> str:
    return "".join(dice.choices("0123456789abcdef", k=count))


def session(dice: random.Random) -> Values:
    """Return the test values of one session."""
    latitude, longitude = dice.uniform(22, 45), dice.uniform(100, 125)
    apps = [f"com.{_word(dice)}.{_word(dice)}" for _ in range(12)]
    return {
        "basic.phone": [_phone(dice)],
        "device.imei": [_luhn(f"86{_digits(dice, 12)}")],
        "device.android_id": [_hex(dice, 16)],
        "device.oaid": [dice.choice((_hex(dice, 32), str(uuid.UUID(_hex(dice, 32)))))],
        "device.mac": [":".join(_hex(dice, 2).upper() for _ in range(6))],
        "device.imsi": [f"460{dice.choice(('00', '01', '11'))}{_digits(dice, 10)}"],
        "device.iccid": [_luhn(f"8986{_digits(dice, 15)}")],
        "location.precise": [f"{latitude:.6f},{longitude:.6f}"],
        "contact.address_book": [f"{_name(dice)},{_phone(dice)}" for _ in range(5)],
        "basic.email": [f"{_word(dice)}{_digits(dice, 3)}@{_word(dice)}.com"],
        "basic.name": [_name(dice)],
        "identity.doc_number": [_id_number(dice)],
        "device.wifi_ssid": [f"{_word(dice).upper()}_{_hex(dice, 4).upper()}"],
        "device.app_list": apps,
    }


def _word(dice: random.Random) -> str:
    return "".join(dice.choice("bcdfghklmnprstvz") + dice.choice("aeiou") for _ in range(3))


def _said(dice: random.Random, info: str, values: Values) -> str:
    """Return a value as an app would write it."""
    value = dice.choice(values[info])
    if info == "location.precise":
        return _position(dice, value)
    if info == "device.app_list":
        return dice.choice((",", ";", "|")).join(dice.sample(values[info], 8))
    made: dict[str, tuple[str, ...]] = {
        "basic.phone": (value, value, f"+86{value}", f"86{value}", f"+86 {value}",
                        f"{value[:3]}-{value[3:7]}-{value[7:]}"),
        "device.mac": (value, value.lower(), value.replace(":", ""), value.replace(":", "-")),
        "device.android_id": (value, value.upper()),
        "device.oaid": (value, value.upper()),
        "basic.email": (value, value.upper()),
        "contact.address_book": (value.split(",")[-1],),
    }  # fmt: skip
    return dice.choice(made.get(info, (value,)))


def _position(dice: random.Random, value: str) -> str:
    latitude, longitude = (float(one) for one in value.split(","))
    size = dice.choice((4, 5, 6, 6))
    text = f"{latitude + dice.uniform(-1e-4, 1e-4):.{size}f}"
    other = f"{longitude + dice.uniform(-1e-4, 1e-4):.{size}f}"
    return dice.choice((f"{text},{other}", f"{other},{text}", f"lat={text};lng={other}"))


def _hashable(dice: random.Random, info: str, values: Values) -> str:
    value = dice.choice(values[info])
    if info == "basic.phone":
        return dice.choice((value, value, f"86{value}", f"+86{value}"))
    if info == "device.mac":
        return dice.choice((value, value.lower(), value.replace(":", ""),
                            value.replace(":", "").lower()))  # fmt: skip
    if info == "contact.address_book":
        return value.split(",")[1]
    return dice.choice((value, value.lower()))


# --- ways to write a value --------------------------------------------------------------------


def _all_percent(text: str) -> str:
    return "".join(f"%{byte:02X}" for byte in text.encode())


def _inside(dice: random.Random, text: str) -> str:
    before = "".join(dice.choices('abc{":;,', k=dice.randrange(1, 40)))
    return base64.b64encode(f'{before}="{text}";end{_word(dice)}'.encode()).decode()


def _b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def _digest(name: str, text: str) -> bytes:
    return hashlib.new(name, text.encode()).digest()


WRITTEN: dict[str, Callable[[random.Random, str], str]] = {
    "clear": lambda _, v: v,
    "percent of all": lambda _, v: _all_percent(v),
    "percent twice": lambda _, v: quote(_all_percent(v), safe=""),
    "base64": lambda _, v: _b64(v.encode()),
    "base64 for addresses, unpadded": lambda _, v: base64.urlsafe_b64encode(
        v.encode()).decode().rstrip("="),
    "base64 inside of more": _inside,
    "base64 inside of a cut": lambda d, v: _inside(d, v)[d.choice((0, 4)) :],
    "base64 twice": lambda _, v: _b64(_b64(v.encode()).encode()),
    "hex": lambda d, v: d.choice((v.encode().hex(), v.encode().hex().upper())),
    "unicode escapes": lambda _, v: "".join(f"\\u{ord(c):04x}" for c in v),
    "html escapes": lambda _, v: "".join(f"&#{ord(c)};" for c in v),
    "gzip and base64": lambda _, v: _b64(gzip.compress(v.encode())),
    "zlib and base64": lambda _, v: _b64(zlib.compress(v.encode())),
    "base64 of JSON": lambda _, v: _b64(json.dumps({"v": v}).encode()),
    "JSON in JSON": lambda _, v: json.dumps({"v": json.dumps({"w": v})}),
    "address with query": lambda _, v: f"https://x.example/go?k={quote(v)}",
    "reversed": lambda _, v: v[::-1],
}  # fmt: skip
HASHED: dict[str, Callable[[random.Random, str], str]] = {
    "md5": lambda _, v: _digest("md5", v).hex(),
    "md5 capitals": lambda _, v: _digest("md5", v).hex().upper(),
    "md5 of 16 characters": lambda _, v: _digest("md5", v).hex()[8:24],
    "md5 base64": lambda _, v: _b64(_digest("md5", v)),
    "sha1": lambda _, v: _digest("sha1", v).hex(),
    "sha224": lambda _, v: _digest("sha224", v).hex(),
    "sha256": lambda _, v: _digest("sha256", v).hex(),
    "sha256 base64": lambda _, v: _b64(_digest("sha256", v)),
    "sha384": lambda _, v: _digest("sha384", v).hex(),
    "sha512": lambda _, v: _digest("sha512", v).hex().upper(),
    "sm3": lambda _, v: _digest("sm3", v).hex(),
    "md5 twice": lambda _, v: _digest("md5", _digest("md5", v).hex()).hex(),
    "sha256 of md5": lambda _, v: _digest("sha256", _digest("md5", v).hex()).hex(),
}


# --- ways to place fields in a request --------------------------------------------------------


def _varint(number: int) -> bytes:
    out = b""
    while number > 127:
        out += bytes([number % 128 + 128])
        number //= 128
    return out + bytes([number])


def _proto(fields: Fields) -> bytes:
    out = b"\x08" + _varint(len(fields))
    for place, (_, value) in enumerate(fields):
        raw = value.encode()
        out += _varint((place + 2) * 8 + 2) + _varint(len(raw)) + raw
    return b"\x0a" + _varint(len(out)) + out


def _nested(dice: random.Random, fields: Fields) -> dict[str, object]:
    half = dice.randrange(len(fields) + 1)
    return {"h": dict(fields[:half]), "data": [{"ext": {"kv": dict(fields[half:])}}], "v": 3}


def _flow(  # noqa: PLR0913 - all that a flow can have
    body: bytes | None = None, *, query: str = "", kind: str = "", coding: str = "",
    path: str = "v2/report", headers: tuple[tuple[str, str], ...] = (),
    frames: tuple[Frame, ...] = (),
) -> Flow:  # fmt: skip
    named = ((("Content-Type", kind),) if kind else ()) + headers
    request = Message(headers=named, body=body, codings=(coding,) if coding else ())
    url = f"https://log.example.com/{path}{'?' if query else ''}{query}"
    return Flow(
        number=0, locator="bench", at=0.0, url=url, host="log.example.com", frames=frames,
        method="POST" if body else "GET", request=request,
    )  # fmt: skip


def _json(dice: random.Random, fields: Fields) -> bytes:
    return json.dumps(_nested(dice, fields), ensure_ascii=dice.random() < 0.5).encode()


def _multipart(fields: Fields) -> bytes:
    rows = [
        f'--Bnd7\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{value}\r\n'
        for name, value in fields
    ]
    return ("".join(rows) + "--Bnd7--\r\n").encode()


def _token(fields: Fields) -> str:
    parts = [json.dumps(one).encode() for one in ({"alg": "HS256"}, dict(fields))]
    coded = [base64.urlsafe_b64encode(one).decode().rstrip("=") for one in parts]
    return f"{coded[0]}.{coded[1]}.c2lnbmF0dXJlLW9mLWl0"


def _graphql(fields: Fields) -> bytes:
    inside = ", ".join(f"{name}: {json.dumps(value)}" for name, value in fields)
    return json.dumps({"query": f"mutation {{ save({inside}) {{ id }} }}"}).encode()


def _xml(fields: Fields) -> bytes:
    rows = "".join(f"<{name}>{html.escape(value)}</{name}>" for name, value in fields)
    return f'<?xml version="1.0" encoding="utf-8"?><req><dev>{rows}</dev></req>'.encode()


def _frames(dice: random.Random, fields: Fields) -> tuple[Frame, ...]:
    return (Frame(at=1.0, sent=True, data=_json(dice, fields)),)


def _form(fields: Fields) -> bytes:
    return urlencode(fields).encode()


_FORM = "application/x-www-form-urlencoded"
PLACED: dict[str, Callable[[random.Random, Fields], Flow]] = {
    "query": lambda _, f: _flow(query=urlencode(f)),
    "path": lambda _, f: _flow(path="/".join(quote(v, safe="") for _, v in f)),
    "form": lambda _, f: _flow(_form(f), kind=_FORM),
    "form without a header": lambda _, f: _flow(_form(f)),
    "JSON in a form field": lambda d, f: _flow(
        urlencode({"d": _json(d, f).decode(), "t": 1}).encode(), kind=_FORM),
    "JSON": lambda d, f: _flow(_json(d, f), kind="application/json"),
    "JSON in a query parameter": lambda d, f: _flow(query=urlencode({"q": _json(d, f).decode()})),
    "JSON lines": lambda _, f: _flow(
        "\n".join(json.dumps({n: v, "seq": 1}) for n, v in f).encode()),
    "JSON cut off": lambda _, f: _flow((json.dumps(dict(f)) + '"x": {"y": ').encode()),
    "multipart": lambda _, f: _flow(_multipart(f), kind="multipart/form-data; boundary=Bnd7"),
    "protobuf": lambda _, f: _flow(_proto(f), kind="application/x-protobuf"),
    "protobuf without a header": lambda _, f: _flow(_proto(f)),
    "gRPC": lambda _, f: _flow(
        b"\0" + struct.pack(">I", len(_proto(f))) + _proto(f), kind="application/grpc"),
    "MessagePack": lambda d, f: _flow(msgpack.packb(_nested(d, f))),
    "gzip body": lambda d, f: _flow(gzip.compress(_json(d, f)), coding="gzip"),
    "gzip body without a label": lambda d, f: _flow(gzip.compress(_json(d, f))),
    "zlib body without a label": lambda d, f: _flow(zlib.compress(_json(d, f))),
    "br body": lambda d, f: _flow(brotli.compress(_json(d, f)), coding="br"),
    "gzip body of a form": lambda _, f: _flow(gzip.compress(_form(f)), coding="gzip"),
    "base64 body of JSON": lambda d, f: _flow(base64.b64encode(_json(d, f))),
    "base64 body of gzip": lambda d, f: _flow(base64.b64encode(gzip.compress(_json(d, f)))),
    "hex body of JSON": lambda d, f: _flow(_json(d, f).hex().encode()),
    "base64 of gzip in a field": lambda d, f: _flow(
        json.dumps({"data": _b64(gzip.compress(_json(d, f)))}).encode()),
    "base64 of JSON in a query": lambda d, f: _flow(query=urlencode({"z": _b64(_json(d, f))})),
    "base64 of protobuf in a field": lambda _, f: _flow(
        json.dumps({"pb": _b64(_proto(f))}).encode()),
    "header": lambda _, f: _flow(headers=tuple((f"X-{n}", quote(v)) for n, v in f)),
    "header of JSON in base64": lambda d, f: _flow(headers=(("X-Env", _b64(_json(d, f))),)),
    "cookie": lambda _, f: _flow(
        headers=(("Cookie", "; ".join(f"{n}={quote(v)}" for n, v in f)),)),
    "token": lambda _, f: _flow(headers=(("Authorization", f"Bearer {_token(f)}"),)),
    "WebSocket": lambda d, f: _flow(frames=_frames(d, f)),
    "GraphQL literals": lambda _, f: _flow(_graphql(f), kind="application/json"),
    "XML": lambda _, f: _flow(_xml(f), kind="text/xml"),
}  # fmt: skip


# --- what looks like PI and is none -----------------------------------------------------------


def look_alike(dice: random.Random) -> tuple[str, str]:
    """Return a field that carries nothing of a person."""
    number = dice.randrange(1 << 60, 1 << 62)
    moment = 1_795_000_000 + dice.randrange(10**7)
    made = (
        ("order_id", f"{moment}{_digits(dice, 8)}"), ("order_no", _digits(dice, 18)),
        ("snowflake", str(number)), ("ts", str(moment * 1000 + dice.randrange(1000))),
        ("trace", str(uuid.UUID(_hex(dice, 32)))), ("span", _hex(dice, 16)),
        ("file_md5", _hex(dice, 32)), ("sha256", _hex(dice, 64)), ("etag", _hex(dice, 40)),
        ("version", f"{dice.randrange(20)}.{dice.randrange(99)}.{dice.randrange(9999)}"),
        ("tile", f"{dice.randrange(3, 18)}/{dice.randrange(9999)}/{dice.randrange(9999)}"),
        ("bbox", ",".join(f"{dice.uniform(20, 120):.4f}" for _ in range(4))),
        ("isbn", f"978{_digits(dice, 10)}"), ("ean", f"69{_digits(dice, 11)}"),
        ("prices", ",".join(f"{dice.uniform(1, 99):.2f}" for _ in range(6))),
        ("size", f"{dice.choice((720, 1080))}x{dice.choice((1280, 2400))}"),
        ("build", f"V{dice.randrange(10, 15)}.0.{dice.randrange(9)}.0.TKCCNXM"),
        ("sku", f"1{_digits(dice, 10)}0{_digits(dice, 3)}"), ("nonce", _b64(dice.randbytes(16))),
        ("sign", _b64(dice.randbytes(32))), ("color", f"#{_hex(dice, 6)}"),
        ("event", f"page_{_word(dice)}"),
        ("title", f"{dice.choice(_GIVEN)}天气不错{_digits(dice, 2)}"),
        ("activity", f"com.{_word(dice)}.{_word(dice)}.MainActivity"),
        ("duration", str(dice.randrange(10**6))), ("crc", str(dice.randrange(1 << 32))),
        ("long", _digits(dice, 30)), ("scores", ",".join(_digits(dice, 11) for _ in range(2))),
    )  # fmt: skip
    return dice.choice(made)


def _noise(dice: random.Random, least: int = 3) -> Fields:
    return list({look_alike(dice) for _ in range(dice.randrange(least, 9))})


def carrying(dice: random.Random, values: Values, number: int) -> Request:
    """Return a request with one to three kinds of PI, all in one way."""
    kinds = dice.sample(list(_KEYS), dice.choice((1, 1, 2, 3)))
    ways = [*PLACED, *WRITTEN, *HASHED]
    way = ways[number % len(ways)]
    if way in HASHED:
        kinds = [kind for kind in kinds if kind != "device.app_list"] or ["device.imei"]
    fields = _noise(dice)
    for info in kinds:
        key = dice.choice(_KEYS[info])
        if way in HASHED:
            value = HASHED[way](dice, _hashable(dice, info, values))
        else:
            value = WRITTEN.get(way, WRITTEN["clear"])(dice, _said(dice, info, values))
        fields.append((key, value))
    dice.shuffle(fields)
    place = way if way in PLACED else dice.choice(("JSON", "form", "query", "JSON", "gzip body"))
    return Request(PLACED[place](dice, fields), set(kinds), way)


def clean(dice: random.Random) -> Request:
    """Return a request that carries no PI."""
    place = dice.choice(list(PLACED))
    fields = _noise(dice, 5)
    if dice.random() < 0.3:
        written = WRITTEN[dice.choice(list(WRITTEN))]
        fields = [(name, written(dice, value)) for name, value in fields]
    return Request(PLACED[place](dice, fields), set(), f"clean: {place}")


# --- the run ----------------------------------------------------------------------------------


def requests(count: int, seed: int) -> Iterator[tuple[Values, list[Request]]]:
    """Yield sessions with their requests."""
    dice = random.Random(seed)  # noqa: S311 - the same requests each time
    for start in range(0, count, PER_SESSION):
        values = session(dice)
        size = min(PER_SESSION, count - start)
        made = [carrying(dice, values, start + place) for place in range(size)]
        yield values, [*made, *(clean(dice) for _ in range(size))]


def judge(score: Score, request: Request, found: set[str]) -> None:
    """Count one request."""
    for info in request.carries:
        here = info in found
        (score.hit if here else score.missed)[info] += 1
        (score.way_hit if here else score.way_missed)[request.way] += 1
        if not here:
            key = (request.way, info)
            score.examples[key] = score.examples.get(key, 0) + 1
    for info in found - request.carries:
        score.false[info] += 1
        score.way_false[request.way] += 1


def main() -> None:
    """Make requests, look for PI in them, print what was found and missed."""
    options = argparse.ArgumentParser(description="Recall and precision of PI in flows.")
    options.add_argument("--requests", type=int, default=5000, help="with PI; as many without")
    options.add_argument("--seed", type=int, default=4)
    given = options.parse_args()
    score, spent, built, flows = Score(), 0.0, 0.0, 0
    for values, made in requests(given.requests, given.seed):
        begin = time.process_time()
        finder = Finder(values)
        built += time.process_time() - begin
        begin = time.process_time()
        found = [_infos(finder, request.flow) for request in made]
        spent += time.process_time() - begin
        flows += len(made)
        for request, infos in zip(made, found, strict=True):
            judge(score, request, infos)
    _print(score)
    _of_others(given.requests // 5, given.seed)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    sessions = -(-given.requests // PER_SESSION)
    print(f"{flows:,} flows, {flows / spent:,.0f} flows per CPU second; a finder is built in "
          f"{1000 * built / sessions:.0f} ms; peak {peak:.0f} MB")  # fmt: skip


def _of_others(count: int, seed: int) -> None:
    """Print how much is found of people whose values nobody wrote down: by names of fields."""
    dice = random.Random(seed + 1)  # noqa: S311 - the same requests each time
    finder, hit, sent = Finder(session(dice)), Counter[str](), Counter[str]()
    places = [place for place in PLACED if not place.startswith(_NAMELESS)]
    for number in range(count):
        info = dice.choice(list(_KEYS))
        fields = [*_noise(dice), (_KEYS[info][0], _said(dice, info, session(dice)))]
        found = _infos(finder, PLACED[places[number % len(places)]](dice, fields))
        sent[info] += 1
        hit[info] += info in found
    print("\nvalues of others, by the recognisers (recall):")
    print(", ".join(f"{info} {hit[info] / sent[info]:.2f}" for info in _KEYS if sent[info]))


def _infos(finder: Finder, flow: Flow) -> set[str]:
    found = {one.info for one in finder.find(flow) if isinstance(one, Sighting)}
    return found - {"location.coarse"} if "location.precise" in found else found


def _print(score: Score) -> None:
    print(f"{'type':<26}{'n':>6}{'recall':>8}{'precision':>11}")
    for info in _KEYS:
        _line(info, score.hit[info], score.missed[info], score.false[info])
    extra = sum(count for info, count in score.false.items() if info not in _KEYS)
    print(f"{'other types, all false':<26}{extra:>6}")
    print(f"\n{'way':<32}{'n':>6}{'recall':>8}{'false':>7}")
    for way in [*PLACED, *WRITTEN, *HASHED]:
        hit, missed = score.way_hit[way], score.way_missed[way]
        rate = hit / (hit + missed) if hit + missed else 0
        mark = "  <-" if rate < TARGET else ""
        print(f"{way:<32}{hit + missed:>6}{rate:>8.3f}{score.way_false[way]:>7}{mark}")
    in_clean = sum(n for way, n in score.way_false.items() if way.startswith("clean"))
    print(f"{'requests without PI':<32}{'':>14}{in_clean:>7}")
    print()
    _line("all", sum(score.hit.values()), sum(score.missed.values()), sum(score.false.values()))
    for (way, info), count in sorted(score.examples.items(), key=lambda pair: -pair[1])[:40]:
        print(f"missed {count:>4}  {way}: {info}")


def _line(name: str, hit: int, missed: int, false: int) -> None:
    recall = hit / (hit + missed) if hit + missed else 0
    precision = hit / (hit + false) if hit + false else 0
    mark = "  <-" if min(recall, precision) < TARGET else ""
    print(f"{name:<26}{hit + missed:>6}{recall:>8.3f}{precision:>11.3f}{mark}")


if __name__ == "__main__":
    main()
