from __future__ import annotations

import csv
import io
from dataclasses import replace

from hongxian.reports.csv_ import COLUMNS, render
from hongxian.reports.model import Report


def rows(report: Report, lang: str = "zh") -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(render(report, lang), newline="")))


def test_every_behaviour_has_a_line_and_every_finding_its_own(watched: Report) -> None:
    found = rows(watched)
    assert len({row["number"] for row in found}) == 31
    points = sum(len(one.points) for one in watched.subjects[0].behaviours)
    assert len([row for row in found if row["fingerprint"]]) == points
    assert tuple(found[0]) == COLUMNS


def test_a_line_says_who_what_when_and_where(watched: Report) -> None:
    row = next(r for r in rows(watched) if r["item"] == "tsis.jpush.cn" and r["number"] == "3.1")
    assert row["verdict"] == row["finding_verdict"] == "violated"
    assert (row["info"], row["actor_name"]) == ("device.android_id", "极光推送")
    assert row["phase"] == "同意提示之前"
    assert row["seen_at"] == "2026-11-19T10:00:01.100000"
    assert row["law"].startswith("《个人信息保护法》")


def test_a_line_tells_the_seconds_from_consent_as_a_figure(storied: Report) -> None:
    row = next(r for r in rows(storied) if r["number"] == "3.1" and r["actor"] == "pangle"
               and r["stack"])  # fmt: skip
    assert row["since_consent"] == "-71.100"
    assert row["frame"] == "com.bytedance.sdk.openadsdk.core.Apps.list"
    assert row["stack"].startswith("android.app.ApplicationPackageManager.getInstalledPackages < ")


def test_recipients_are_named(watched: Report) -> None:
    found = [r for r in rows(watched, "en") if r["number"] == "5.1" and r["recipient"]]
    assert found
    assert all(row["recipient_name"] for row in found)


def test_no_cell_is_a_formula(watched: Report) -> None:
    subject = watched.subjects[0]
    about = replace(subject.about, name="=cmd()", version="+1")
    report = replace(watched, subjects=(replace(subject, about=about),))
    found = rows(report)
    assert {row["subject"] for row in found} == {"'=cmd()"}
    assert {row["version"] for row in found} == {"'+1"}
