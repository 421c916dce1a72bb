"""The sensor finds in the samples what the truth table says, nothing else before consent."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

import pytest

from hongxian.sensors.app.sense import sense_app

if TYPE_CHECKING:
    from hongxian.facts import Fact

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / "TRUTH.toml").read_text("utf-8"))
EARLY = [
    (app, read)
    for app, truth in TRUTH.items()
    for read in truth["reads"]
    if read["phase"] == "before_prompt"
]
LATER = [
    (app, read)
    for app, truth in TRUTH.items()
    for read in truth["reads"]
    if read["phase"] != "before_prompt"
]


@cache
def facts(app: str) -> tuple[Fact, ...]:
    return tuple(sense_app(SAMPLES / TRUTH[app]["apk"]).facts)


def of_kind(app: str, *kinds: str) -> list[Fact]:
    return [fact for fact in facts(app) if fact.kind in kinds]


def stands_in(short: list[str], long: list[str]) -> bool:
    """Whether the frames of one path stand in another, in their order."""
    rest = iter(long)
    return all(frame in rest for frame in short)


@pytest.mark.parametrize("app", TRUTH)
def test_the_whole_package_is_looked_at(app: str) -> None:
    coverage = sense_app(SAMPLES / TRUTH[app]["apk"]).coverage()
    assert {(one.scope, one.status, one.reason) for one in coverage} == {
        (scope, "ran", None)
        for scope in ("app.manifest", "app.code", "app.resources", "app.native")
    }


@pytest.mark.parametrize(("app", "read"), EARLY, ids=lambda part: str(part)[:60])
def test_a_read_before_consent_is_found_with_its_path(app: str, read: dict[str, Any]) -> None:
    found = [
        fact
        for fact in of_kind(app, "reach")
        if (fact.info, fact.actor, fact.phase) == (read["info"], read["actor"], "before_prompt")
    ]
    assert found
    assert any(fact.item == read["api"] for fact in found)
    assert any(stands_in([*read["path"], read["api"]], fact.detail["path"]) for fact in found)


@pytest.mark.parametrize(("app", "read"), LATER, ids=lambda part: str(part)[:60])
def test_any_other_read_is_seen_and_not_before_consent(app: str, read: dict[str, Any]) -> None:
    found = [
        fact
        for fact in of_kind(app, "reach", "call_site")
        if (fact.info, fact.item) == (read["info"], read["api"])
    ]
    assert found
    if read["actor"] not in {early["actor"] for _, early in EARLY if early["info"] == read["info"]}:
        assert {fact.phase for fact in found} == {"unknown"}


@pytest.mark.parametrize("app", TRUTH)
def test_nothing_else_is_before_consent(app: str) -> None:
    told = {(read["info"], read["actor"]) for of, read in EARLY if of == app}
    early = [fact for fact in of_kind(app, "reach") if fact.phase == "before_prompt"]
    found = {(fact.info, fact.actor) for fact in early}
    assert told <= found
    # a method of the table may read by more calls than one, and a call more than one PI type
    told_methods = {frame for of, read in EARLY if of == app for frame in read["path"]}
    readers = {re.sub(r"lambda\$(\w+)\$\d+", r"\1", fact.detail["path"][-2]) for fact in early}
    assert readers <= told_methods


@pytest.mark.parametrize("app", TRUTH)
def test_what_only_looks_like_a_read_stays_quiet(app: str) -> None:
    for quiet in TRUTH[app].get("quiet", ()):
        assert quiet["method"] not in {fact.item for fact in facts(app)}
        assert not any(quiet["method"] in (fact.locator or "") for fact in facts(app))


@pytest.mark.parametrize("app", TRUTH)
def test_sdks_and_addresses_are_found(app: str) -> None:
    truth = TRUTH[app]
    assert {fact.actor for fact in of_kind(app, "embed")} >= set(truth["embeds"])
    extra = {fact.actor for fact in of_kind(app, "embed")} - set(truth["embeds"])
    assert extra <= {"library"}
    clear = {fact.item for fact in of_kind(app, "address") if fact.detail["cleartext"]}
    assert clear == {urlsplit(url).hostname for url in truth["cleartext"]}


@pytest.mark.parametrize("app", TRUTH)
def test_permissions_are_told_used_unused_or_undeclared(app: str) -> None:
    outcomes = {fact.item: fact.outcome for fact in of_kind(app, "permission") if fact.outcome}
    unused = {item for item, outcome in outcomes.items() if outcome == "unused"}
    undeclared = {item for item, outcome in outcomes.items() if outcome == "undeclared"}
    assert unused == set(TRUTH[app]["declared_unused"])
    assert undeclared == set(TRUTH[app]["used_undeclared"])


@pytest.mark.parametrize("app", TRUTH)
def test_requests_are_counted_and_timed(app: str) -> None:
    found = of_kind(app, "request")
    most = max((fact.amount or 0 for fact in found), default=0)
    if app == "lantern":
        assert most == TRUTH[app]["batch_request"]
    assert most <= TRUTH[app]["batch_request"]
    early = {fact.item for fact in found if fact.phase == "before_prompt"}
    assert len(early) == (TRUTH[app]["batch_request"] if app == "lantern" else 0)
