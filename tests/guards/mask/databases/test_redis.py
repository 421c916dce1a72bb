from __future__ import annotations

import json
import time
from collections.abc import Iterator
from typing import Any

import pytest
import redis as client
from tests.guards.mask.databases.relay import relayed
from tests.guards.mask.tables import plan
from tests.sensors.store.made import people
from tests.sensors.store.sources.servers import redis

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.databases import redis_values
from hongxian.guards.mask.databases.redis_ import UNFINISHED
from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source
from hongxian.guards.mask.plan import Named
from hongxian.guards.mask.run import Asked

PHONE, OTHER = "13812345678", "13987654321"


@pytest.fixture(scope="module")
def server() -> Iterator[str]:
    with redis() as spec:
        yield spec


class Place:
    def __init__(self, spec: str) -> None:
        self.spec, self.to = spec, spec.replace("/0", "/1")
        self.source = client.Redis.from_url(spec, decode_responses=True)
        self.target = client.Redis.from_url(self.to, decode_responses=True)


@pytest.fixture
def place(server: str) -> Iterator[Place]:
    made = Place(server)
    made.source.flushall()
    yield made
    made.source.close()
    made.target.close()


def masked(place: Place, audience: str = "analyst", **own: Any) -> Masked:
    named = own.pop("named", {})
    return mask_source(
        place.spec, place.to, plan(audience, named=named, recognise=recognised), Wanted(**own)
    )


def told(found: Masked) -> list[str]:
    return [one.say("en") for one in found.problems]


def test_every_kind_of_value_is_copied_masked(place: Place) -> None:
    made = place.source
    made.set("note", f"tel {PHONE}")
    made.set("json", json.dumps({"phone": PHONE, "n": 1.0, "deep": [json.dumps({"phone": PHONE})]}))
    made.set("same", '{"a":  1}')
    made.hset("user", mapping={"phone": PHONE, "age": "31", PHONE: "x"})
    made.rpush("list", PHONE, "x", PHONE)
    made.sadd("set", PHONE, OTHER)
    made.zadd("zset", {PHONE: 1.5, OTHER: 2})
    made.xadd("stream", {"phone": PHONE, "n": "1"}, id="5-1")
    made.xadd("stream", {"phone": OTHER}, id="6-1")
    found = masked(place)
    assert (told(found), found.outcomes[0].rows) == ([], 8)
    copy = place.target
    assert copy.dbsize() == 8
    user = copy.hgetall("user")
    alias = user["phone"]
    assert user == {"phone": alias, "age": "30-39", alias: "x"}
    assert copy.get("note") == "tel 138****5678"
    value = json.loads(copy.get("json"))
    assert (value["phone"], value["n"], json.loads(value["deep"][0])) == (
        alias, 1.0, {"phone": alias},
    )  # fmt: skip
    assert copy.get("same") == '{"a":  1}'
    assert copy.lrange("list", 0, -1)[::2] == [alias, alias]
    assert alias in copy.smembers("set")
    assert copy.zscore("zset", alias) == 1.5
    assert [(one, sorted(fields)) for one, fields in copy.xrange("stream")] == [
        ("5-1", ["n", "phone"]), ("6-1", ["phone"]),
    ]  # fmt: skip
    dump = str([copy.dump(key) for key in copy.keys()])  # noqa: SIM118 - no dictionary
    assert PHONE not in dump


def test_keys_are_masked_as_what_refers_to_them(place: Place) -> None:
    for one in people(2_100):
        place.source.hset(f"user:{one['phone']}:profile", mapping={"phone": one["phone"]})
        place.source.rpush("all", f"user:{one['phone']}:profile")
    place.source.set("session:1", json.dumps({"of": f"user:{people(1)[0]['phone']}:profile"}))
    found = masked(place)
    assert (told(found), found.outcomes[0].rows) == ([], 2_102)
    keys = place.target.keys("user:*")
    assert len(keys) == 2_100
    assert set(place.target.lrange("all", 0, -1)) == set(keys)
    assert json.loads(place.target.get("session:1"))["of"] in keys
    first = keys[0]
    assert place.target.hget(first, "phone") == first.split(":")[1]
    assert not {one["phone"] for one in people(2_100)} & {key.split(":")[1] for key in keys}


def test_times_to_live_stay(place: Place) -> None:
    place.source.set("short", "x", px=60_000)
    place.source.set("long", "x")
    masked(place)
    left = place.target.pttl("short")
    assert 50_000 < left <= 60_000
    assert place.target.pttl("long") == -1
    assert abs(place.target.pexpiretime("short") - (time.time() * 1_000 + left)) < 2_000


def test_what_becomes_alike_is_told_and_never_merged(place: Place) -> None:
    for number in ("13812345678", "13800005678"):
        place.source.set(f"user:{number}", number)
        place.source.sadd("set", number)
        place.source.zadd("zset", {number: int(number[3])})
    partial = Named("basic.phone", "partial")
    named = {"user:<key>": partial, "set[]": partial, "zset[]": partial, "user:*": partial}
    found = masked(place, named=named)
    lines = told(found)
    assert len(lines) == 3
    assert any("user:*: 1 keys (string) got the name of another" in line for line in lines)
    assert sum("1 members" in line for line in lines) == 2
    assert place.target.dbsize() == 3
    assert "5678" not in "".join(line for line in lines)


def test_a_key_that_is_named_as_another_became_is_told(place: Place) -> None:
    place.source.set("user:138****5678", "x")
    for number in range(20):
        place.source.set(f"user:138{number:04}5678", "y")
    found = masked(place, named={"user:<key>": Named("basic.phone", "partial")})
    assert place.target.keys() == ["user:138****5678"]
    assert sum(one.values["count"] for one in found.problems) == 20  # type: ignore[attr-defined]


def test_what_may_not_be_shown_is_empty_numbered_or_gone(place: Place) -> None:
    place.source.set(f"user:{PHONE}", PHONE)
    place.source.set(f"user:{OTHER}", OTHER)
    place.source.sadd("set", PHONE, OTHER)
    place.source.rpush("list", PHONE, OTHER)
    found = masked(place, "public")
    assert told(found) == []
    assert sorted(place.target.keys("user:*")) == ["user:#1", "user:#2"]
    assert place.target.get("user:#1") == ""
    assert place.target.lrange("list", 0, -1) == ["", ""]
    assert not place.target.exists("set")


def test_what_is_no_text_is_left_out_and_told(place: Place) -> None:
    raw = client.Redis.from_url(place.spec)
    raw.set("picture:1", b"\xff\xd8")
    raw.set("picture:2", b"\xff\xd8")
    raw.hset("hash", mapping={"a": b"\xff"})
    raw.set(b"\xff\xfe", "x")
    raw.set("a", "x")
    raw.close()
    found = masked(place)
    assert place.target.keys() == ["a"]
    assert any("picture:*: 2 keys hold no text (string)" in line for line in told(found))
    assert len(found.problems) == 3


def test_large_keys_go_piece_by_piece(place: Place, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in ("redis_values", "redis_"):
        monkeypatch.setattr(f"hongxian.guards.mask.databases.{module}.PIECE", 100)
    phones = [one["phone"] for one in people(1_500)]
    made = place.source
    made.rpush("list", *phones)
    made.sadd("set", *phones)
    made.zadd("zset", {phone: number for number, phone in enumerate(phones)})
    made.hset("hash", mapping={f"f{number}": phone for number, phone in enumerate(phones)})
    for number, phone in enumerate(phones[:250]):
        made.xadd("stream", {"phone": phone}, id=f"{number + 1}-1")
    raw = client.Redis.from_url(place.spec)
    raw.rpush("odd", *["x"] * 150, b"\xff")
    raw.close()
    made.pexpire("list", 60_000)
    found = masked(place)
    assert [line.split(": ")[1] for line in told(found)] == ["odd"]
    copy = place.target
    new = copy.lrange("list", 0, -1)
    assert len(set(new)) == 1_500
    assert copy.smembers("set") == set(new)
    assert copy.zrange("zset", 0, -1) == new
    assert [copy.hget("hash", f"f{number}") for number in range(3)] == new[:3]
    assert [fields["phone"] for _, fields in copy.xrange("stream")] == new[:250]
    assert copy.pttl("list") > 0
    assert not copy.exists("odd")
    assert redis_values.PIECE == 100


def test_a_database_must_be_empty_and_another_one(place: Place) -> None:
    place.source.set("a", "x")
    with pytest.raises(HongxianError, match="output and source are one"):
        mask_source(place.spec, place.spec.replace("127.0.0.1", "localhost"), plan(), Wanted())
    place.target.set("b", "x")
    with pytest.raises(HongxianError, match="there are keys already"):
        masked(place)
    place.target.set(UNFINISHED, "1")
    with pytest.raises(HongxianError, match="did not become whole"):
        masked(place)
    assert place.target.keys("a") == []


def test_a_copy_that_is_not_whole_says_so(place: Place) -> None:
    place.source.set("a", "x")
    with pytest.raises(HongxianError, match="no column 'fone'"):
        masked(place, named={"fone": Named("basic.phone")})
    assert place.target.exists(UNFINISHED)


@pytest.mark.parametrize(
    ("own", "line"),
    [
        ({"asked": Asked(quasi=("age",))}, "no columns"),
        ({"tables": ("kes",)}, "nearest: 'keys'"),
    ],
    ids=["risk", "table"],
)
def test_what_keys_do_not_have_cannot_be_wanted(
    place: Place, own: dict[str, Any], line: str
) -> None:
    with pytest.raises(HongxianError, match=line):
        masked(place, **own)
    with pytest.raises(HongxianError, match="Redis is not masked in place"):
        mask_source(place.spec, None, plan(), Wanted())
    with pytest.raises(HongxianError, match="redis goes to redis alone"):
        mask_source(place.spec, "out", plan(), Wanted())


@pytest.mark.parametrize(
    ("side", "line"), [(0, "went away in the middle"), (1, "cannot be written")]
)
def test_a_server_that_goes_away_in_the_middle_is_one_line(
    place: Place, side: int, line: str
) -> None:
    for number in range(3_000):
        place.source.set(f"k{number}", "x")
    port = int(place.spec.rsplit(":", 1)[1].split("/")[0])
    with relayed(port) as relay:
        way = [place.spec, place.to]
        way[side] = way[side].replace(str(port), str(relay.port))

        def away(*_: object) -> None:
            relay.cut()

        with pytest.raises(HongxianError, match=line) as error:
            mask_source(*way, plan(named={}, recognise=away), Wanted())
    assert error.value.code is Exit.SENSOR
    assert place.target.exists(UNFINISHED)


def test_a_server_that_takes_no_more_is_one_line(place: Place) -> None:
    place.source.set("a", "x")
    place.source.acl_setuser("reader", enabled=True, nopass=True, keys=["*"],
                             categories=["+@read", "+@connection", "+@dangerous"])  # fmt: skip
    target = place.to.replace("redis://", "redis://reader:secret@")
    with pytest.raises(HongxianError, match=r"cannot be written \(NoPermissionError\)") as told:
        mask_source(place.spec, target, plan(), Wanted())
    assert "secret" not in str(told.value)
    place.source.acl_deluser("reader")
