from __future__ import annotations

from hongxian.guards.keep.lane.tracking import Tracking

IDLE, FAILED = ord("I"), ord("E")


def sent(track: Tracking, kinds: str) -> None:
    for kind in kinds:
        track.sent(ord(kind))


def test_nothing_is_quiet_before_the_start() -> None:
    track = Tracking()
    assert not track.quiet
    track.ready(IDLE)
    assert track.idle


def test_answers_that_are_due() -> None:
    track = Tracking(state=IDLE)
    sent(track, "QPBES")
    assert len(track.due) == 2
    track.ready(FAILED)
    track.ready(FAILED)
    assert (track.quiet, track.idle) == (True, False)
    sent(track, "H")
    assert track.quiet, "Flush begins nothing"
    sent(track, "P")
    assert not track.quiet


def test_a_sync_within_copy_has_no_answer() -> None:
    track = Tracking(state=IDLE)
    sent(track, "PBES")
    track.copy_in()
    sent(track, "ddSc")
    assert not track.due
    sent(track, "S")
    track.ready(IDLE)
    assert track.idle
    sent(track, "Q")
    track.copy_in()
    sent(track, "dS")
    sent(track, "f")
    track.ready(IDLE)
    assert track.idle
