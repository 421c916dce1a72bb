"""Messages of a device's log, in each form that it is printed in."""

from __future__ import annotations

from datetime import UTC, timedelta, timezone
from io import BytesIO

import pytest
from tests.sensors.session.device import dumps

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.device.logcat import LogLine, read_logcat

CHINA = timezone(timedelta(hours=8))
NINE = 1795482000.0


def read(text: str, **about: object) -> list[LogLine]:
    unread: list[Reason] = []
    found = list(read_logcat(text.encode(), "log", unread, **about))
    assert unread == []
    return found


def test_epoch_tells_the_whole_time() -> None:
    first, second = read(dumps.LOG_EPOCH)
    assert (first.at, first.pid, first.tid, first.level) == (NINE + 0.25, 1234, 1250, "I")
    assert (first.tag, first.text) == (
        "ActivityTaskManager",
        "Displayed com.example.app/.Main: +350ms",
    )
    assert (second.uid, second.pid, second.tag, second.text) == (
        "10142", 1234, "example", "no: colon",
    )  # fmt: skip
    assert second.locator == "log line 3"


@pytest.mark.parametrize("days", [-170, 0, 170])
def test_threadtime_takes_the_year_from_the_session(days: int) -> None:
    first, second = read(dumps.LOG_THREADTIME, zone=CHINA, around=NINE + days * 86400)
    assert first.at == NINE + 0.25
    assert (second.tag, second.text) == ("a b", "")


def test_a_log_over_the_turn_of_the_year() -> None:
    text = (
        "12-31 23:59:59.000  1  2 I a: b\n"
        "01-01 00:00:01.000  1  2 I a: b\n"
        "02-30 00:00:01.000  1  2 I a: b\n"
    )
    unread: list[Reason] = []
    old, new, never = read_logcat(text.encode(), "log", unread, zone=UTC, around=1798761600.0)
    assert (old.at, new.at, never.at) == (1798761599.0, 1798761601.0, None)
    assert [one.word for one in unread] == ["session_device.log_timeless"]


@pytest.mark.parametrize(
    "line",
    [
        "11-24 09:00:00.250 I/tag ( 1234): text", "I/tag ( 1234): text",
        "2026-11-24 09:00:00.250 +0800  1234  1250 I tag: text",
        "2026-11-24 09:00:00.250000 -0000  1234  1250 I tag: text",
        "         12.345  1234  1250 I tag: text",
    ],
)  # fmt: skip
def test_other_forms(line: str) -> None:
    unread: list[Reason] = []
    [found] = read_logcat(line.encode(), "log", unread)
    assert (found.tag, found.text, found.pid, found.level) == ("tag", "text", 1234, "I")
    assert {one.word for one in unread} <= {"session_device.log_timeless"}
    assert (found.at in (NINE + 0.25, NINE + 8 * 3600 + 0.25)) == (line.startswith("2026"))


def test_the_long_form_has_its_text_below() -> None:
    text = (
        "[ 11-24 09:00:00.250  1234: 1250 I/tag ]\none\ntwo\n\n"
        "[ 11-24 09:00:01.000  1: 2 E/b ]\nx\n"
    )
    first, second = read(text, zone=CHINA, around=NINE)
    assert (first.at, first.tag, first.text) == (NINE + 0.25, "tag", "one\ntwo")
    assert (second.level, second.text, second.locator) == ("E", "x", "log line 5")


def test_a_log_that_a_shell_wrote_as_utf_16() -> None:
    source = BytesIO(dumps.LOG_EPOCH.replace("\n", "\r\n").encode("utf-16"))
    assert len(list(read_logcat(source, "log", []))) == 2


def test_strange_and_long_lines_are_counted() -> None:
    unread: list[Reason] = []
    long = "1795482000.250  1234  1250 I tag: " + "x" * 200_000
    text = f"{dumps.LOG_EPOCH}???\n{long}\n"
    *_, last = read_logcat(text.encode(), "log", unread)
    assert len(last.text) < 70_000
    assert [(one.word, one.values) for one in unread] == [
        ("session_device.log_odd", {"count": 1}),
        ("session_device.log_cut", {"count": 1}),
    ]


def test_a_log_without_messages_is_empty_not_wrong() -> None:
    assert read("--------- beginning of main\n") == []


@pytest.mark.parametrize("text", ["", "hello\n" * 5_000, "/system/bin/sh: logcat: not found\n"])
def test_what_is_no_log_is_refused(text: str) -> None:
    with pytest.raises(ArtefactError, match="log: "):
        read(text)


def test_minutes_are_not_kept_without_end() -> None:
    lines = (f"11-24 {h:02}:{m:02}:{s:02}.0{d:02} +0{o}00  1  2 I a: b" for h in range(24)
             for m in range(60) for s, d, o in ((1, 1, 1), (2, 2, 2)))  # fmt: skip
    assert len(read("\n".join(lines), around=NINE)) == 2880
