from __future__ import annotations

from tests.sensors.session.hooks.logs import calls_of, event, lines

from hongxian.sensors.session.hooks.tally import Tally
from hongxian.words import LANGUAGES, area_words


def test_reasons_are_counted_with_their_first_place() -> None:
    tally = Tally("log")
    tally.miss("lines", "log line 3")
    tally.miss("lines", "log line 9")
    (reason,) = tally.reasons()
    assert (reason.values, reason.where) == ({"count": 2, "of": 0}, "log line 3")


def test_what_calls_lack_is_noted() -> None:
    _, unread = calls_of(lines(event(), event(at=None, stack=[])))
    assert {reason.say("en").partition(": ")[2].split(" have")[0] for reason in unread} == {
        "1 of 2 calls"
    }


def test_every_text_is_there_in_both_languages() -> None:
    for texts in area_words("session_hooks").values():
        assert set(texts) == set(LANGUAGES)
