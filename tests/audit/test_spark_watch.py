"""A watch on Spark finds what the same watch finds in one process."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.audit.watches import SMALL, lake, shown

from hongxian.audit import spark_watch
from hongxian.audit.spark_watch import Bench, Digests, Named, TrafficSensor, watch_on_spark
from hongxian.audit.watch import watch
from hongxian.audit.watch_endpoint import Court
from hongxian.audit.watch_merge import merged
from hongxian.cli.watch import command
from hongxian.errors import HongxianError
from hongxian.facts import Store
from hongxian.facts.spark_session import session
from hongxian.guards.gate.policy import EndpointRule, GatePolicy
from hongxian.sensors.traffic import templates
from hongxian.sensors.traffic.columns.merge import Merge, moved
from hongxian.sensors.traffic.openapi import Documented
from hongxian.sensors.traffic.sense import open_traffic
from hongxian.sensors.traffic.survey import pieces_of, survey
from hongxian.sensors.traffic.templates import Templates

HASHED = GatePolicy(endpoints=(EndpointRule(pattern="POST /hashed", hashed="basic.phone"),))


@pytest.mark.parametrize("most", [templates.MOST_TEMPLATES, 3], ids=["all", "few-templates"])
def test_all_formats_show_on_spark_what_they_show_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, most: int
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)
    monkeypatch.setattr(templates.Templates.__init__, "__defaults__", (most, ()))
    folder = lake(tmp_path / "lake")
    documented = [Documented("POST", "/m", deprecated=True)]
    here = watch(open_traffic([folder]), HASHED, documented, learn=True)
    digests = Digests(session(), SMALL)
    sensed = open_traffic([folder], digests=digests)
    there = watch_on_spark(sensed, HASHED, documented, digests, learn=True)
    assert sum(len(one.parts) for one in digests.surveys.values()) > 10
    assert shown(there) == shown(here)
    flows = [one.taken.get("basic.phone") for one in there.sensed.inventory.endpoints.values()]
    assert any(flow.hashed for flow in flows if flow)
    assert (there.dropped, there.uncalled) == (here.dropped, here.uncalled)
    kinds = {one.finding.kind for one in there.incidents}
    assert kinds >= {"enumeration", "unauthenticated", "in_url", "zombie", "shadow"} - (
        {"zombie"} if most == 3 else set()
    )


@pytest.mark.parametrize("pause", [False, True], ids=["at-once", "goes-on"])
def test_what_executors_do_adds_up_here_too(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, *, pause: bool
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)
    folder = lake(tmp_path / "lake")
    here = watch(open_traffic([folder]), learn=True)
    sensed = open_traffic([folder])
    sensed.logs = sensed.in_order()
    surveys = [survey(log.path, SMALL) for log in sensed.logs]
    court = Court(policy=GatePolicy(), secret=bytes(32), salt=bytes(16), learn=True)
    found = list(TrafficSensor(secret=court.secret)(pieces_of(surveys)))
    merge = Merge(sensed.inventory, Templates(), keyed=True)
    lines = {}
    for key, (page, what), _ in found:
        log = sensed.logs[key[0]]
        lines[key], log.form = log.line, what.form or log.form
        merge.counted(log, page)
        moved(log, page)
    named = Named(logs=tuple(log.name for log in sensed.logs), lines=lines, templates=None)
    bench = Bench(court=court, remember=pause)
    half = len(found) // 2 if pause else 0
    judged = list(bench(sorted(named(found[:half]))))
    before = [((one[0], (-1, 0, 0)), one[1:]) for one in judged]
    chunks = sorted([*before, *named(found[half:])], key=lambda one: one[0])
    judged = list(bench(chunks))
    sensed.logs.sort(key=lambda log: log.path)
    assert shown(merged(sensed, court, judged)) == shown(here)
    assert all(bool(memory) is pause for _, _, memory in judged)


def test_of_too_many_findings_the_same_are_kept(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("secrets.token_bytes", bytes)
    folder = lake(tmp_path / "lake")
    digests = Digests(session())
    sensed = open_traffic([folder], digests=digests)
    for module in ("watch", "watch_merge"):
        monkeypatch.setattr(f"hongxian.audit.{module}.MOST_FINDINGS", 4)
    here = watch(open_traffic([folder]))
    there = watch_on_spark(sensed, None, None, digests)
    assert len(there.incidents) == 4
    assert there.dropped == here.dropped > 0
    assert shown(there)[0]["findings"] == shown(here)[0]["findings"]


def test_the_verb_reports_and_keeps_the_same(tmp_path: Path) -> None:
    folder = lake(tmp_path / "lake")
    told = []
    for engine in ("duckdb", "spark"):
        path = tmp_path / engine
        done = CliRunner().invoke(
            command, [str(folder), "--engine", engine, "--format", "json", "--store", str(path)],
            catch_exceptions=False,
        )  # fmt: skip
        assert done.exit_code == 1
        store = Store(None if engine == "spark" else path)
        if engine == "spark":
            store.load(path)
        facts = store.rows("select kind, item, info, amount from main.facts order by all")
        store.close()
        record = json.loads(done.stdout)
        told.append((record["leak"], record["endpoints"], facts))
    assert told[0] == told[1]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("kafka://a/t", "--engine", "spark"), "no topics"),
        (("a", "--checkpoint", "c"), "one folder"),
        (("a", "b", "--engine", "spark", "--checkpoint", "c"), "one folder"),
        (("a", "--engine", "spark", "--follow"), "one topic"),
    ],
    ids=["topic", "no-spark", "two", "follow"],
)
def test_what_does_not_go_together_is_told(words: tuple[str, ...], told: str) -> None:
    with pytest.raises(HongxianError, match=told):
        CliRunner().invoke(command, list(words), catch_exceptions=False)


def test_requests_with_pi_are_handed_on_in_chunks(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(spark_watch, "CHUNK", 2)
    named = Named(logs=("a",), lines={(0, 1): 20}, templates=frozenset({"/x"}), first=5)
    rows = [(line, ("GET", path), 0.0) for line, path in enumerate(["/x", "/y", "/x", "/x"])]
    found = list(named([((0, 1), None, [*rows, ("e.har#1", ("GET", "/x"), 0.0)])]))  # type: ignore[list-item]
    places = {key: [(number, where) for number, where, _ in held] for key, held in found}
    assert places == {
        ("GET /x", (5, 1, 0)): [(0, "a:21"), (2, "a:23")],
        ("GET /x", (5, 1, 3)): [(3, "a:24"), (4, "e.har#1")],
        ("GET /{other}", (5, 1, 1)): [(1, "a:22")],
    }
