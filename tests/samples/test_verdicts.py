"""Sensor, rules and judge together reach on the samples what the truth table allows."""

from __future__ import annotations

import tomllib
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from hongxian.audit.outcome import judge_store, keep
from hongxian.facts import Store
from hongxian.rules.load import load_rules
from hongxian.sensors.app.sense import sense_app

SAMPLES = Path(__file__).parents[2] / "samples"
TRUTH: dict[str, dict[str, Any]] = tomllib.loads((SAMPLES / "TRUTH.toml").read_text("utf-8"))
JUDGED_AT = datetime(2026, 11, 1)  # noqa: DTZ001 - the store keeps times without a zone
LINES = [(app, number, line) for app in TRUTH for number, line in TRUTH[app]["rules"].items()]


@cache
def verdicts(app: str, app_type: str | None = None) -> dict[str, str]:
    store = Store()
    sensed = sense_app(SAMPLES / TRUTH[app]["apk"])
    keep(store, sensed)
    rulings = judge_store(store, load_rules(), [(sensed.subject, app_type)], JUDGED_AT, {})
    return {ruling.rule.removeprefix("method."): ruling.verdict for ruling in rulings}


@pytest.mark.parametrize(("app", "number", "line"), LINES, ids=lambda part: str(part)[:16])
def test_a_verdict_is_one_of_those_that_are_right(
    app: str, number: str, line: dict[str, Any]
) -> None:
    assert verdicts(app)[number] in line["apk"]


def test_what_a_package_can_show_is_never_left_unclear() -> None:
    shown = {
        number
        for number, line in TRUTH["lantern"]["rules"].items()
        if line["planted"] and "unclear" not in line["apk"]
    }
    assert {"1.2", "1.4", "2.3", "3.1", "3.2", "3.4", "3.6", "3.8"} <= shown
    assert {"4.1", "4.2", "4.4", "4.6", "5.1", "5.3", "6.1"} <= shown
    assert {verdicts("lantern")[number] for number in shown} <= {"suspected", "violated"}


@pytest.mark.parametrize("app_type", [None, "map", "im", "tool"])
def test_the_twin_is_accused_of_nothing(app_type: str | None) -> None:
    found = verdicts("lantern_clean", app_type)
    assert not {"suspected", "violated"} & set(found.values())
