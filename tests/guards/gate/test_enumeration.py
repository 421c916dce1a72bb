from __future__ import annotations

import random

from hongxian.guards.gate.enumeration import Asked, Principal, enumeration, grouped, shared
from hongxian.guards.gate.policy import EndpointRule, GatePolicy, Limit
from hongxian.signals.blocks import Blocks
from hongxian.signals.cohort import Cohort
from hongxian.signals.keys import Keys
from hongxian.signals.observation import OBJECT, Identifier
from hongxian.signals.track import DAY, Track, Window

KEYS = Keys(b"s")
ALONE = Principal("account", 1, alone=True)
MANY = Principal("ip", 2, alone=False)
POLICY = GatePolicy()


def asked(numbers: range | list[int], info: str = "basic.phone") -> Asked:
    keys = [KEYS.key(Identifier(info, str(number))) for number in numbers]
    return Asked(endpoint="POST /m", info=info, at=0.0, keys=keys)


def track(window: Window = DAY) -> Track:
    made = Track(window)
    made.at(0.0)
    return made


def found(one: Principal, what: Asked, policy: GatePolicy = POLICY) -> list:
    tracks = (track(),)
    what.count(tracks[0])
    limit = policy.rule(what.endpoint).limits.get(what.info)
    return list(enumeration(one, tracks, what, policy, limit))


def test_numbers_in_a_row_are_enumeration_with_their_figures() -> None:
    (told,) = found(ALONE, asked(range(13_000_010_000, 13_000_010_200)))
    assert (told.kind, told.action, told.principal, told.who) == (
        "enumeration",
        "block",
        "account",
        1,
    )
    assert told.values["adjacency"] > 0.9
    assert told.score > POLICY.cohort("POST /m").score


def test_an_address_behind_which_many_sit_is_only_held_to_limits() -> None:
    numbers = range(13_000_010_000, 13_000_010_200)
    assert found(MANY, asked(numbers)) == []
    rule = EndpointRule(pattern="*", limits={"basic.phone": Limit(distinct=100)})
    (told,) = found(MANY, asked(numbers), GatePolicy(endpoints=(rule,)))
    assert (told.kind, told.action, told.values) == (
        "limit",
        "throttle",
        {"distinct": 200, "limit": 100},
    )


def test_records_asked_for_one_by_one_are_a_walk() -> None:
    (told,) = found(ALONE, asked(range(1_000, 1_060), OBJECT))
    assert told.kind == "object_walk"
    rng = random.Random(1)
    assert found(ALONE, asked([rng.randrange(10**9) for _ in range(60)], OBJECT)) == []
    assert found(ALONE, asked(range(5), OBJECT)) == []


def test_two_canaries_are_found_and_one_is_a_slip() -> None:
    what = asked([13_000_010_001])
    what.canaries = 2
    assert [one.kind for one in found(ALONE, what)] == ["canary"]
    what.canaries = 1
    assert found(ALONE, what) == []


def test_a_group_that_shares_out_numbers_is_found() -> None:
    tracks = (track(),)
    for member in range(10):
        part = asked(range(13_000_010_000 + 60 * member, 13_000_010_060 + 60 * member))
        own = track()
        part.count(own)
        part.join(tracks[0], member)
    tool = Principal("fingerprint", 9, alone=False)
    (told,) = grouped(tool, tracks, part, POLICY)
    assert (told.kind, told.principal, told.values["partition"]) == ("partition", "fingerprint", 10)
    assert list(grouped(tool, (track(),), part, POLICY)) == []
    part.leaning = False
    assert list(grouped(tool, tracks, part, POLICY)) == []
    part.leaning = True
    common = GatePolicy(cohorts={"POST /m": Cohort(common=frozenset({9}))})
    assert list(grouped(tool, tracks, part, common)) == []


def test_a_block_that_is_shared_out_is_found_once_a_request() -> None:
    blocks = Blocks()
    told = []
    for member in range(10):
        part = asked(range(13_000_010_000 + 6 * member, 13_000_010_006 + 6 * member))
        told += shared(blocks, Principal("account", member, alone=True), part, POLICY)
    assert {one.kind for one in told} == {"partition"}
    assert len(told) <= 10  # however many numbers of it a request holds
    assert list(shared(blocks, ALONE, asked([7], OBJECT), POLICY)) == []
