from __future__ import annotations

import json

import pytest
from tests.sensors.session.hooks.logs import calls_of, event, lines, words_of
from tests.sensors.session.hooks.test_lines import MONITORED

from hongxian.errors import ArtefactError
from hongxian.sensors.session.hooks import read

REPORT = {
    "hash": "0" * 32,
    "package": "com.demo.app",
    "droidmon": {
        "api_deviceinfo": {
            "name": "Device Info", "icon": "fas fa-info",
            "calls": [{"class": "android.net.wifi.WifiInfo", "method": "getMacAddress",
                       "return": "02:00:00:00:00:00"}, {"odd": 1}],
        },
        "odd": {"calls": 5},
    },
    "apimon": {"Device Info": [MONITORED | {"icon": "fas fa-info"}]},
    "version": "v4",
}  # fmt: skip


@pytest.mark.parametrize("indent", [None, 2])
def test_a_report_of_mobsf(indent) -> None:
    calls, unread = calls_of(json.dumps(REPORT, indent=indent).encode())
    assert [call.info for call in calls] == [("device.imsi",), ("device.mac",)]
    assert [call.locator for call in calls] == [
        "log apimon Device Info entry 0", "log droidmon api_deviceinfo entry 0",
    ]  # fmt: skip
    assert set(words_of(unread)) == {"shallow", "untimed", "stackless"}


def test_the_live_monitor_and_plain_lists() -> None:
    for data in ({"data": [MONITORED, MONITORED]}, [MONITORED, MONITORED], [event(), event()]):
        calls, _ = calls_of(json.dumps(data).encode())
        assert len(calls) == 2


@pytest.mark.parametrize(
    "data", [{"apimon": {}, "droidmon": {}}, {"apimon": [], "droidmon": None}, []]
)
def test_a_report_without_calls_is_no_fault(data) -> None:
    assert calls_of(json.dumps(data).encode()) == ([], [])


@pytest.mark.parametrize(
    "data", [{"apimon": "x"}, {"data": [1]}, {"data": [{"class": 5, "method": 6}]}]
)
def test_odd_reports_are_borne(data) -> None:
    calls, _ = calls_of(json.dumps(data, indent=1).encode())
    assert not calls


def test_a_first_line_that_is_torn_spoils_nothing(monkeypatch) -> None:
    data = lines('{"at": 17, "api": "x', event(), event())
    assert len(calls_of(data)[0]) == 2
    monkeypatch.setattr(read, "MOST_DOCUMENT", 100)
    assert len(calls_of(data)[0]) == 2


def test_a_document_that_is_too_large_is_refused(monkeypatch) -> None:
    monkeypatch.setattr(read, "MOST_DOCUMENT", 100)
    with pytest.raises(ArtefactError, match="larger than"):
        calls_of(json.dumps(REPORT, indent=2).encode())


def test_deep_nesting_is_borne() -> None:
    with pytest.raises(ArtefactError):
        calls_of(b"[" * 100_000)
