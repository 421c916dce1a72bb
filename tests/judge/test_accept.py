"""Accept files: what a person takes responsibility for, and until when."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import pytest

from hongxian.errors import HongxianError
from hongxian.judge.accept import apply_accepted, load_accepted
from hongxian.judge.run import Finding, Ruling

if TYPE_CHECKING:
    from pathlib import Path

ENTRY = """
[[accept]]
fingerprint = "{0}"
reason = "the lamp needs it"
who = "Li"
until = {1}
"""


def finding(info: str) -> Finding:
    return Finding(
        rule="method.3.1", subject="app:lamp@1#0", verdict="violated", evidence=("a",),
        columns={"info": info, "actor": "first_party"},
    )  # fmt: skip


RULING = Ruling(
    rule="method.3.1", subject="app:lamp@1#0", verdict="violated",
    findings=(finding("device.imei"), finding("device.mac")),
)  # fmt: skip
IMEI, MAC = (one.fingerprint for one in RULING.findings)


def written(folder: Path, text: str) -> Path:
    path = folder / "accept.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_accepted_finding_is_marked_up_to_its_last_day(tmp_path: Path) -> None:
    entries = load_accepted(written(tmp_path, ENTRY.format(IMEI, "2026-11-01")))
    [marked], notes = apply_accepted([RULING], entries, date(2026, 11, 1), "en")
    assert marked.accepted == (IMEI,)
    assert marked.findings == RULING.findings
    assert notes == []


def test_the_day_after_it_no_longer_counts_and_that_is_said(tmp_path: Path) -> None:
    entries = load_accepted(written(tmp_path, ENTRY.format(IMEI, "2026-10-31")))
    [marked], notes = apply_accepted([RULING], entries, date(2026, 11, 1), "en")
    assert marked.accepted == ()
    assert notes == [f"accept file, entry 1: {IMEI} ran out on 2026-10-31 and no longer counts"]


def test_a_fingerprint_that_fits_nothing_is_said_once(tmp_path: Path) -> None:
    text = ENTRY.format(MAC, "2027-01-01") + ENTRY.format("0000", "2020-01-01")
    [marked], notes = apply_accepted(
        [RULING], load_accepted(written(tmp_path, text)), date(2026, 11, 1), "zh"
    )
    assert marked.accepted == (MAC,)
    assert notes == ["接受清单第 2 条：没有指纹为 0000 的发现"]


def test_an_empty_file_accepts_nothing(tmp_path: Path) -> None:
    assert load_accepted(written(tmp_path, "")) == []


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("accept = 3", "'accept' is no list of tables"),
        ("accept = [3]", r"\[\[accept\]\] 1: not a table"),
        ("[[accept", "accept.toml: "),
        ("[[accepted]]\nwho = 'Li'", r"unknown key 'accepted'; entries stand under \[\[accept"),
        (ENTRY.format("x", '"2027-01-01"'), r"\[\[accept\]\] 1: 'until' is missing or of"),
        (ENTRY.format("x", "2027-01-01T00:00:00"), "'until' is missing or of the wrong kind"),
        (ENTRY.format("", "2027-01-01"), "'fingerprint' is missing"),
        (ENTRY.format("x", "2027-01-01") + 'why = "so"', "unknown key 'why'"),
    ],
)
def test_a_bad_file_is_one_line(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(HongxianError, match=line) as caught:
        load_accepted(written(tmp_path, text))
    assert "\n" not in str(caught.value)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        load_accepted(tmp_path / "none.toml")
