from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.timeline import Event, read_timeline


def events(data: bytes) -> tuple[list[Event], list[Reason]]:
    unread = []
    return list(read_timeline(BytesIO(data), "timeline.jsonl", unread)), unread


def test_events_keep_both_times_and_the_rest() -> None:
    found, unread = events(b'{"event":"tap","device":2.5,"host":1,"x":3}\n\n{"event":"mark"}')
    assert [(one.name, one.device, one.host, one.line) for one in found] == [
        ("tap", 2.5, 1.0, 1), ("mark", None, None, 3)
    ]  # fmt: skip
    assert found[0].detail == {"x": 3}
    assert found[0].text("x") == ""
    assert unread == []


def test_broken_lines_are_counted() -> None:
    found, unread = events(b'{"event":"a"}\n{"event":\nnull\n[]\n{"event":5}\n{"event":"b"')
    assert [one.name for one in found] == ["a"]
    assert unread[0].say("en") == (
        "timeline.jsonl: 5 of 6 lines are no events and were passed over"
    )


def test_times_that_are_none_are_left_out() -> None:
    found, _ = events(b'{"event":"a","device":true,"host":1e300}\n{"event":"b","host":"1"}')
    assert [(one.device, one.host) for one in found] == [(None, None)] * 2


@given(st.binary(max_size=200))
def test_anything_can_be_read(data: bytes) -> None:
    events(data)
