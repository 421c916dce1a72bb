from __future__ import annotations

import random
from dataclasses import replace
from datetime import date
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.guards.gate.core import COMMON, Gate
from hongxian.guards.gate.findings import ACTIONS
from hongxian.guards.gate.policy import Allowed, EndpointRule, GatePolicy, Limit
from hongxian.signals.cohort import Cohort
from hongxian.signals.measures import measure
from hongxian.signals.observation import PRINCIPALS, Identifier, Observation

START = 1_750_000_000.0
ENFORCE = GatePolicy(mode="enforce")
FIRST = 13_000_010_000


def seen(numbers: Any, who: str = "a", **what: Any) -> Observation:
    told: dict[str, Any] = {
        "at": START, "endpoint": "POST /contacts/match",
        "principals": {"account": who, "ip": "10.0.0.1"},
        "identifiers": tuple(Identifier("basic.phone", str(one)) for one in numbers),
    } | what  # fmt: skip
    return Observation(**told)


def home(rng: random.Random, count: int) -> list[int]:
    """Return numbers of one city, in no order."""
    return [13_000_000_000 + rng.randrange(10_000) for _ in range(count)]


def test_numbers_in_a_row_in_one_body_are_blocked_before_they_are_answered() -> None:
    decision = Gate(ENFORCE).ask(seen(range(13_000_010_000, 13_000_010_300)))
    assert decision.action == "block"
    assert decision.findings[0].kind == "enumeration"


def test_a_learning_gate_says_what_it_would_do_and_does_nothing() -> None:
    decision = Gate(GatePolicy()).ask(seen(range(13_000_010_000, 13_000_010_300)))
    assert (decision.action, decision.advised) == ("allow", "block")


def test_no_finding_and_no_state_holds_a_value() -> None:
    gate = Gate(ENFORCE)
    decision = gate.judge(seen(range(13_000_010_000, 13_000_010_300), hits=3))
    assert "1300001" not in repr(decision)
    assert b"1300001" not in gate.state.dump()
    assert "contacts" in repr(decision)


def test_slow_enumeration_adds_up_over_the_day() -> None:
    gate = Gate(ENFORCE)
    actions = [
        gate.judge(seen([13_000_010_000 + n], at=START + 200 * n, hits=0)).action
        for n in range(120)
    ]
    assert actions[0] == "allow"
    assert actions[-1] == "block"


def test_accounts_of_one_tool_are_challenged_together() -> None:
    gate = Gate(ENFORCE)
    rng = random.Random(4)
    last = "allow"
    for account in range(50):
        numbers = [int(f"1{rng.choice('358')}{rng.randrange(10**9):09d}") for _ in range(15)]
        who = {"account": f"a{account}", "ip": f"10.0.0.{account}", "fingerprint": "tool"}
        last = gate.judge(seen(numbers, principals=who, hits=1)).action
    assert last == "challenge"


def test_an_allowance_spares_whoever_takes_but_not_the_interface() -> None:
    entry = Allowed(principal="account:a", owner="Li Lei", until=date(2999, 1, 1))
    rule = EndpointRule(pattern="*", needs=())
    policy = replace(ENFORCE, allowed=(entry,), endpoints=(rule,))
    decision = Gate(policy).ask(seen(range(13_000_010_000, 13_000_010_300)))
    assert (decision.action, decision.spared) == ("allow", "Li Lei")
    assert decision.findings
    assert Gate(policy).answer(seen([], given={"basic.email": 1})).action == "mask"


def test_canaries_are_known_however_they_are_written() -> None:
    policy = replace(
        ENFORCE, canaries=(("basic.phone", "13000010001"), ("basic.phone", "13900010001"))
    )
    decision = Gate(policy).ask(seen(["+86 13000010001", "139-0001-0001"]))
    assert [one.kind for one in decision.findings] == ["canary"]


def test_who_has_no_account_is_counted_by_address() -> None:
    gate = Gate(ENFORCE)
    numbers = range(13_000_010_000, 13_000_010_300)
    assert gate.ask(seen(numbers, principals={"ip": "10.0.0.9"})).action == "block"
    assert gate.ask(seen(numbers, principals={})).action == "allow"


def test_an_answer_that_tells_nothing_teaches_nothing() -> None:
    gate = Gate(ENFORCE)
    gate.judge(seen([13_000_010_000]))
    ((_, track),) = gate.state.of("POST /contacts/match", ["account"])
    assert track.whole.asked == 0
    gate.judge(seen([13_000_010_000], hits=5, given={"basic.nickname": 5}))
    assert (track.whole.asked, track.whole.hits, track.whole.records) == (1, 1, 5)


def test_what_is_usual_is_learned_by_endpoint() -> None:
    gate = Gate(GatePolicy())
    rng = random.Random(5)
    for who in range(60):
        app = {"account": f"u{who}", "fingerprint": "app"}
        gate.judge(seen(home(rng, 40), principals=app, hits=30))
    learned = gate.learn()["POST /contacts/match"]
    assert learned.fitted == 60
    assert learned.common == {gate.keys.text("fingerprint app")}
    assert learned.hit.mean > 0.65


def test_a_client_of_nobody_else_weighs_until_many_have_it() -> None:
    gate = Gate(GatePolicy())
    rng = random.Random(5)
    usual = Cohort(common=frozenset({1}), strange=0.01)
    gate.policy = GatePolicy(cohorts={"POST /contacts/match": usual})

    def signs(who: int) -> set[str]:
        app = {"account": f"u{who}", "fingerprint": "new"}
        gate.judge(seen(home(rng, 40), principals=app, hits=30))
        found = dict(gate.state.of("POST /contacts/match", ["account"]))
        whole = list(found.values())[-1].whole
        return {one.name for one in measure(whole, usual)}

    told = [signs(who) for who in range(COMMON + 1)]
    assert all("client" in one for one in told[:COMMON])
    assert "client" not in told[COMMON]


def test_workers_that_share_secret_and_state_decide_alike() -> None:
    one, two = Gate(ENFORCE, b"k"), Gate(ENFORCE, b"k")
    one.judge(seen(range(13_000_010_000, 13_000_010_040), hits=2))
    two.state.load(one.state.dump())
    more = seen(range(13_000_010_040, 13_000_010_300))
    assert one.ask(more) == two.ask(more)


@given(st.lists(st.builds(
    Observation, at=st.floats(0, 4e9), endpoint=st.sampled_from(["GET /a", "POST /b"]),
    principals=st.dictionaries(st.sampled_from(PRINCIPALS), st.text(max_size=3)),
    identifiers=st.lists(st.builds(
        Identifier, st.sampled_from(["basic.phone", "object", "basic.email"]), st.text(max_size=12)
    ), max_size=5).map(tuple),
    given=st.dictionaries(st.sampled_from(["basic.phone", "basic.email"]), st.integers(0, 9)),
    hits=st.none() | st.integers(0, 9), secure=st.none() | st.booleans(),
), max_size=20))  # fmt: skip
@settings(deadline=None, max_examples=60)
def test_any_traffic_is_decided(traffic: list[Observation]) -> None:
    gate = Gate(ENFORCE)
    for one in traffic:
        decision = gate.judge(one)
        assert decision.action in ACTIONS
        assert decision.action == decision.advised


def test_taking_a_question_in_remembers_what_counting_it_does() -> None:
    policy = replace(ENFORCE, canaries=(("basic.phone", "13000010007"),))
    one, other = Gate(policy, b"s" * 32), Gate(policy, b"s" * 32)
    found = 0
    for step in range(200):
        who = {"account": f"a{step % 7}", "ip": f"10.0.0.{step % 3}", "fingerprint": "f"}
        numbers = range(13_000_010_000 + 5 * step, 13_000_010_005 + 5 * step)
        question = one.question(seen(numbers, principals=who, at=START + 900 * step))
        assert question is not None
        found += len(one.count(question))
        other.take(question)
    assert found
    assert other.state.dump() == one.state.dump()


def synced(gate: Gate, accounts: int) -> list[str]:
    """Let colleagues behind one address ask for their address books; return what was done."""
    rng = random.Random(3)
    return [
        gate.judge(seen(home(rng, 80), who=f"u{one}", at=START + 60 * one, hits=27)).action
        for one in range(accounts)
    ]


def test_who_has_no_account_does_not_answer_for_those_who_have_one() -> None:
    gate = Gate(ENFORCE)
    assert set(synced(gate, 40)) == {"allow"}
    nameless = {"ip": "10.0.0.1"}
    one = gate.judge(seen([13_000_001_234], principals=nameless, at=START + 5_000))
    assert (one.action, one.findings) == ("allow", ())
    many = seen(range(13_000_020_000, 13_000_020_300), principals=nameless, at=START + 5_000)
    assert gate.judge(many).action == "block"


def test_what_many_share_is_not_counted_where_no_limit_holds() -> None:
    gate = Gate(ENFORCE)
    gate.judge(seen(home(random.Random(5), 40), hits=40))
    assert [place[0] for place, _ in gate.state.of(seen([1]).endpoint, PRINCIPALS)] == ["account"]


def test_callers_that_come_again_are_heard_as_whoever_asks_for_the_first_time() -> None:
    one, other = Gate(ENFORCE, b"k" * 32), Gate(ENFORCE, b"k" * 32)
    told = []
    for step in range(60):
        first = FIRST + 5 * step
        asked = seen(range(first, first + 5), hits=1, given={"basic.phone": 1})
        question = other.question(asked)
        assert question is not None
        keys = [tuple(key) for part in question.asked for key in part.keys]
        told.append(one.heard(
            asked.at, asked.endpoint, tuple(asked.principals), tuple(asked.principals.values()),
            [part.info for part in asked.identifiers], keys, 1, asked.hits,
        ))  # fmt: skip
        assert tuple(told[-1]) == other.judge(asked).findings
    assert any(told)
    assert one.state.dump() == other.state.dump()


def test_what_was_asked_counts_once_for_the_account_and_once_for_the_address() -> None:
    limit = Limit(distinct=50, action="throttle")
    rule = EndpointRule(pattern="*", limits={"basic.phone": limit})
    gate = Gate(replace(ENFORCE, endpoints=(rule,)))
    rng = random.Random(5)
    book = home(rng, 40)
    assert gate.judge(seen(book, hits=40, given={"basic.nickname": 40})).action == "allow"
    tracks = [track.whole for _, track in gate.state.of(seen([1]).endpoint, PRINCIPALS)]
    assert [(len(one.numbers), one.hits, one.records) for one in tracks] == [(40, 40, 40)] * 2
    other = gate.judge(seen(home(rng, 20), who="b"))
    assert [(one.kind, one.principal) for one in other.findings] == [("limit", "ip")]
    nameless = gate.judge(seen(home(rng, 1), principals={"ip": "10.0.0.1"}))
    assert [(one.kind, one.principal) for one in nameless.findings] == [("limit", "ip")]
