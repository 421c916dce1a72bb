from __future__ import annotations

import io
from datetime import UTC

import pytest
from tests.fuzz.mutate import mutated
from tests.sensors.session.hooks.logs import (
    APPSCAN,
    FRIDA_STACK,
    SENTRY,
    SENTRY_STACK,
    calls_of,
    camille,
    camille_row,
    event,
    lines,
    sheetjs,
)
from tests.sensors.session.hooks.logs import xls as made_xls
from tests.sensors.session.hooks.test_document import REPORT
from tests.sensors.session.hooks.test_lines import MONITORED, SENT

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.hooks import read_calls, xls

SENTRY_ROW = ["12-31 23:59:59.900", "获取设备id-getDeviceId(I)", "getDeviceId", SENTRY_STACK]
SEEDS = {
    "ours": lines(*(event(at=1_767_000_000_000 + number) for number in range(5))),
    "sent": lines(SENT, {"hooks": {"made": 1, "failed": ["a.B.c"]}}),
    "frida": lines(f"message: {{'type': 'send', 'payload': {event()!r}}} data: None"),
    "monitor": lines(f"{MONITORED}".replace("'", '"') + ","),
    "report": f"{REPORT}".replace("'", '"').encode(),
    "camille": camille(*(camille_row() for _ in range(5))),
    "sentry": made_xls([SENTRY, *[SENTRY_ROW] * 5]),
    "appscan": sheetjs(APPSCAN, *[["1", "main", "获取IMEI", FRIDA_STACK]] * 5),
}


@pytest.mark.parametrize("name", SEEDS)
def test_formats_are_told_apart_by_what_stands_in_them(name) -> None:
    calls, _ = calls_of(SEEDS[name])
    assert calls
    assert calls[0].info


@pytest.mark.parametrize("name", SEEDS)
def test_damage_of_any_kind_is_borne(name) -> None:
    """Either calls come out, or one clear error; in all there is no PI and no traceback."""
    for number in range(250):
        _borne(mutated([SEEDS[name]], number))


@pytest.mark.parametrize("name", SEEDS)
def test_a_cut_at_any_place_is_borne(name) -> None:
    data = SEEDS[name]
    for end in range(0, len(data), max(1, len(data) // 60)):
        _borne(data[:end])


@pytest.mark.parametrize("charset", ["gb18030", "utf-16-le", "utf-16-be", "utf-32", "latin-1"])
def test_wrong_encodings_are_borne(charset) -> None:
    _borne(SEEDS["sent"].decode().encode(charset, "replace"))
    _borne(SEEDS["ours"].decode().encode(charset, "replace"))


def test_lines_in_pieces_of_any_size_are_joined() -> None:
    class Slow(io.BytesIO):
        def read(self, size: int | None = -1, /) -> bytes:
            return super().read(-1 if size is None or size < 0 else min(size, 70_000))

    data = SEEDS["ours"] * 400
    found = read_calls(Slow(data), "log", [], zone=UTC, around=None)
    assert len(list(found)) == 2_000


def test_a_workbook_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(xls, "MOST_BYTES", 1_000)
    with pytest.raises(ArtefactError, match="larger than"):
        calls_of(SEEDS["camille"])


def test_what_was_missed_is_told_even_when_the_reader_is_left_early() -> None:
    unread: list = []
    found = read_calls(
        io.BytesIO(lines("x", event(), event())), "log", unread, zone=UTC, around=None
    )
    next(found)
    found.close()
    assert len(unread) == 1


def _borne(data: bytes) -> None:
    try:
        _, unread = calls_of(data)
    except ArtefactError as error:
        unread = [Reason("reason.text", {"text": error})]
    for reason in unread:
        assert "\n" not in reason.say("zh") + reason.say("en")
