"""Judge 10,000 synthetic apps by all rules; the same by a plain Python loop for some of them.

    python bench/judge_10000_apps.py [--apps 10000] [--threads 2]

The loops get the facts as lists of dictionaries per subject, ready in memory, and must come to
the same verdicts on the same evidence; fetching the facts is told apart, as is carrying the
rows of the SQL into Python.
"""

from __future__ import annotations

import argparse
import json
import resource
import time
from collections import defaultdict
from datetime import datetime, timedelta
from itertools import product
from typing import TYPE_CHECKING, Any

import duckdb
import numpy as np

from hongxian.facts import Coverage, Run, Store
from hongxian.facts.columns import FACT_COLUMNS
from hongxian.facts.vocabulary import CONTROLS, SCOPES, SECTIONS
from hongxian.judge.reference import reference_tables
from hongxian.judge.run import judge
from hongxian.judge.views import prepare
from hongxian.rules.load import find_rule, load_rules

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

Row = dict[str, Any]
World = dict[str, list[Row]]
Word = tuple[Any, ...]
"""Verdict, fact, and the columns by which the rule groups."""
Groups = dict[tuple[Any, ...], list[str | None]]

ON = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
INFOS = (
    "device.imei", "device.android_id", "device.mac", "location.precise", "basic.phone",
    "contact.address_book", "media.photo", "device.app_list",
)  # fmt: skip
ACTORS = ("first_party", "umeng_analytics", "jpush", "bugly", "unknown", "library")
PERMISSIONS = (
    "READ_PHONE_STATE", "ACCESS_FINE_LOCATION", "READ_CONTACTS", "CAMERA", "RECORD_AUDIO",
    "READ_CALENDAR", "READ_SMS", "READ_EXTERNAL_STORAGE",
)  # fmt: skip
TYPES = ("map", "im", "ride", "community", None)
ERASING = ("correct", "delete", "cancel_account")


def templates() -> Iterator[Row]:
    """Yield the facts that an app can have; each app draws from them."""
    for name in PERMISSIONS:
        item = f"android.permission.{name}"
        yield {"sensor": "app", "kind": "permission", "item": item}
        for amount in (1, 2):
            yield {"sensor": "session", "kind": "request", "item": item, "amount": amount}
        yield _function("basic", "after_refusal", "blocked", f'{{"refused": "{item}"}}')
    yield from _touches()
    yield from _offers()


def _touches() -> Iterator[Row]:
    for info, actor in product(INFOS, ACTORS):
        for phase in ("before_prompt", "after_consent"):
            yield _of("app", "reach", info, actor, phase=phase, certainty="reachable")
        yield _of("app", "call_site", info, actor, certainty="reachable")
        for phase in ("before_prompt", "after_consent", "after_refusal", "background", "unknown"):
            yield _of("session", "collect", info, actor, phase=phase)
        yield _of("session", "transmit", info, actor, recipient=actor, phase="after_consent")
        yield _of("policy", "declare", info, actor, item="collect", certainty="declared")
        yield _of("policy", "declare", info, None, item="entrust", recipient=actor)


def _offers() -> Iterator[Row]:
    for name, outcome in product(CONTROLS, ("works", "fails", "missing")):
        yield {"sensor": "session", "kind": "control", "item": name, "outcome": outcome}
    for name in SECTIONS:
        yield {"sensor": "policy", "kind": "section", "item": name, "certainty": "declared",
               "amount": 16, "unit": "working_day"}  # fmt: skip
    for name, amount in product((*ERASING, "complaint"), (3, 15, 16, None)):
        yield {"sensor": "people", "kind": "right", "item": name, "outcome": "closed",
               "amount": amount, "unit": "working_day"}  # fmt: skip
    for outcome in ("available", "blocked"):
        yield _function("existing", "after_update", outcome, '{"refused": "location.precise"}')
    for item in ("policy", "separate"):
        yield {"sensor": "session", "kind": "consent", "item": item, "recipient": "jpush"}


def _of(sensor: str, kind: str, info: str, actor: str | None, **more: Any) -> Row:
    return {"sensor": sensor, "kind": kind, "info": info, "actor": actor} | more


def _function(item: str, phase: str, outcome: str, detail: str) -> Row:
    return {"sensor": "session", "kind": "function", "item": item, "phase": phase,
            "outcome": outcome, "detail": detail}  # fmt: skip


def write(store: Store, apps: int) -> int:
    """Draw 60 to 100 facts for each app and write them; return how many there are."""
    rng = np.random.default_rng(31)
    run = Run(sensor="session", subject="world", started_at=ON)
    store.begin(run)
    patterns = list(templates())
    sizes = rng.integers(60, 101, apps)
    count = int(sizes.sum())
    store.con.register("draws", {
        "n": np.arange(count),
        "app": np.repeat(np.arange(apps), sizes),
        "template": rng.integers(0, len(patterns), count),
        "second": rng.integers(0, 600, count),
    })  # fmt: skip
    plain = {"phase": "unknown", "certainty": "seen", "detail": "{}"}
    names = [name for name in FACT_COLUMNS if name not in ("fact_id", "run", "subject", "seen_at")]
    store.con.execute("create temp table templates as select * from (select "
        + ", ".join(f"unnest(?::{FACT_COLUMNS[name]}[]) as {name}" for name in names)
        + ", unnest(?) as template)",
        [*([(plain | row).get(name) for row in patterns] for name in names),
         list(range(len(patterns)))],
    )  # fmt: skip
    store.con.execute(
        f"insert into main.facts (fact_id, run, subject, seen_at, {', '.join(names)}) "
        f"select 'f' || n, ?, 'app:' || app, ? + second * interval '1' second, {', '.join(names)} "
        "from draws join templates using (template)",
        [run.run, ON - timedelta(days=1)],
    )
    looked = rng.random((apps, len(SCOPES))) < 0.5
    store.add_coverage(run, [
        Coverage(subject=f"app:{app}", scope=scope, status="ran")
        for app in range(apps)
        for place, scope in enumerate(SCOPES)
        if looked[app, place]
    ])  # fmt: skip
    return count


def rule_3_1(facts: list[Row], scopes: frozenset[str]) -> Iterator[Word]:
    """Reads, sendings and requests before consent."""
    asked = [f["seen_at"] for f in facts if f["kind"] == "consent" and f["item"] == "policy"]
    watched = "session.start" in scopes
    for fact in facts:
        early = fact["kind"] == "reach" and fact["phase"] == "before_prompt"
        if not early and fact["kind"] not in ("collect", "transmit", "request"):
            continue
        group = fact["fact_id"], fact["info"], fact["actor"], fact["item"]
        if early:
            cleared = watched and "session.hooks" in scopes
            yield "satisfied" if cleared else "suspected", *group
        elif asked:
            yield "violated" if fact["seen_at"] < min(asked) else "satisfied", *group
        elif fact["phase"] == "before_prompt":
            yield "violated", *group
        elif fact["phase"] == "after_consent":
            yield "satisfied", *group
        else:
            yield "violated" if watched else "unclear", *group


def rule_4_3(facts: list[Row], _: frozenset[str]) -> Iterator[Word]:
    """Old functions after a refusal of new ones."""
    for fact in facts:
        if (fact["kind"], fact["item"], fact["phase"]) != ("function", "existing", "after_update"):
            continue
        refused = json.loads(fact["detail"]).get("refused")
        if fact["outcome"] == "available":
            yield "satisfied", fact["fact_id"], refused
        else:
            yield "violated" if refused else "unclear", fact["fact_id"], refused


def rule_6_1(facts: list[Row], scopes: frozenset[str]) -> Iterator[Word]:
    """Correction, deletion, cancellation."""
    named = {fact["item"] for fact in facts if fact["kind"] == "section"}
    read = "policy.text" in scopes
    offered = set()
    for fact in facts:
        if fact["kind"] != "control" or fact["item"] not in ERASING:
            continue
        offered.add(fact["item"])
        if fact["outcome"] == "works":
            verdict = "satisfied"
        elif fact["outcome"] == "fails":
            verdict = "violated"
        else:
            verdict = "violated" if read and fact["item"] not in named else "suspected"
        yield verdict, fact["fact_id"], fact["item"]
    if read:
        for item in set(ERASING) - offered - named:
            yield "suspected", None, item


def rule_6_3(facts: list[Row], _: frozenset[str]) -> Iterator[Word]:
    """Answers in time."""
    promises = [f["amount"] for f in facts
                if f["kind"] == "section" and f["item"] == "response_time"]  # fmt: skip
    for fact in facts:
        section = fact["kind"] == "section" and fact["item"] == "response_time"
        if not section and not (fact["kind"] == "right" and fact["item"] in ERASING):
            continue
        most = 15 if section else min([15, *promises])
        group = fact["fact_id"], fact["item"], fact["amount"], fact["unit"], most
        if fact["amount"] is None:
            yield "unclear", *group
        elif fact["amount"] > most:
            yield "violated", *group
        else:
            yield "satisfied", *group


LOOPS: dict[str, Callable[[list[Row], frozenset[str]], Iterator[Word]]] = {
    "3.1": rule_3_1, "4.3": rule_4_3, "6.1": rule_6_1, "6.3": rule_6_3,
}  # fmt: skip


def by_loop(number: str, world: World, scopes: dict[str, frozenset[str]]) -> Groups:
    """Judge by the plain loop: evidence by subject, verdict and the columns of the rule."""
    rule, nothing = LOOPS[number], frozenset[str]()
    groups: Groups = defaultdict(list)
    for subject, facts in world.items():
        for verdict, fact, *columns in rule(facts, scopes.get(subject, nothing)):
            groups[subject, verdict, *columns].append(fact)
    return groups


def by_sql(number: str, store: Store) -> None:
    """Judge by the rule; the rows stay in the engine."""
    store.con.execute(
        "create or replace temp table ruled as select evidence, * exclude (evidence) "
        f"from ({find_rule(number).sql}) as ruled"
    )


def same(groups: Groups, rows: list[tuple[Any, ...]]) -> bool:
    """Say whether both told the same verdicts on the same evidence."""
    looped = {key: sorted(map(str, facts)) for key, facts in groups.items()}
    return looped == {tuple(key): sorted(map(str, facts)) for facts, *key in rows}


def timed(work: Callable[[], Any]) -> tuple[Any, float]:
    """Return what the work returns, and its seconds."""
    began = time.perf_counter()
    result = work()
    return result, time.perf_counter() - began


def main() -> None:
    """Run both and print the figures."""
    options = argparse.ArgumentParser()
    options.add_argument("--apps", type=int, default=10_000)
    options.add_argument("--threads", type=int, default=2)
    given = options.parse_args()
    store = Store(threads=given.threads)
    count, spent = timed(lambda: write(store, given.apps))
    print(
        f"duckdb {duckdb.__version__}; {given.apps} apps, {count} facts, written in {spent:.1f} s"
    )
    rules = load_rules()
    subjects = [(f"app:{n}", TYPES[n % len(TYPES)], ON) for n in range(given.apps)]
    tables = reference_tables(subjects, rules, {}, ON.date())
    _, prepared = timed(lambda: prepare(store, tables))
    rulings, spent = timed(lambda: judge(store, rules))
    rows = sum(len(ruling.findings) for ruling in rulings)
    print(f"{len(rules)} rules: prepared {prepared:.2f} s, judged {spent:.2f} s, "
          f"{len(rulings)} rulings, {rows} findings, "
          f"peak {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024} MB")  # fmt: skip
    compare(store)


def compare(store: Store) -> None:
    """Time loop and rule on the same facts, and demand the same result."""
    (world, scopes), fetched = timed(lambda: fetch(store))
    print(f"fetching the facts for the loops: {fetched:.2f} s, not counted below")
    for number in LOOPS:
        groups, slow = timed(lambda number=number: by_loop(number, world, scopes))
        _, quick = timed(lambda number=number: by_sql(number, store))
        rows, carried = timed(lambda: store.con.execute("select * from ruled").fetchall())
        agreed = "same result" if same(groups, rows) else "RESULTS DIFFER"
        print(f"rule {number}: loop {slow:.3f} s, SQL {quick:.3f} s, ratio {slow / quick:.1f}; "
              f"{len(rows)} rows carried into Python in {carried:.3f} s; {agreed}")  # fmt: skip


def fetch(store: Store) -> tuple[World, dict[str, frozenset[str]]]:
    """Return the facts per subject, and the scopes that ran."""
    world: World = defaultdict(list)
    for row in store.rows("select * from facts"):
        world[row["subject"]].append(row)
    rows = store.rows(
        "select subject, list(scope) as scopes from coverage where status = 'ran' group by subject"
    )
    return world, {row["subject"]: frozenset(row["scopes"]) for row in rows}


if __name__ == "__main__":
    main()
