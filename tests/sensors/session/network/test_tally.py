from __future__ import annotations

from typing import Any

import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.session.model import Flow, Message
from hongxian.sensors.session.network.tally import Tally
from hongxian.words import LANGUAGES, area_words


def flow(**more: Any) -> Flow:
    return Flow(number=0, locator="x entry 0", **{"at": 1.0, "url": "", "host": "a", **more})


def test_reasons_are_counted_with_their_first_place() -> None:
    tally = Tally("x")
    tally.take(flow())
    tally.miss("entries", "x entry 3")
    tally.miss("entries", "x entry 9")
    tally.ended()
    (reason,) = tally.reasons()
    assert (reason.values, reason.where) == ({"count": 2, "of": 1}, "x entry 3")


def test_what_flows_lack_is_noted() -> None:
    tally = Tally("x")
    tally.take(flow())
    tally.take(flow(at=None))
    assert tally.counts == {"untimed": 1}


def test_what_is_opaque_or_cut_is_told_by_the_flow_itself() -> None:
    tally = Tally("x")
    tally.take(flow(opaque=True, request=Message(cut=True)))
    assert not tally.reasons()


def test_nothing_read_where_something_was_is_an_error_told_once() -> None:
    tally = Tally("x")
    tally.ended()
    tally.miss("cut", "x entry 0")
    with pytest.raises(ArtefactError, match="x entry 0: the file is cut off"):
        tally.ended()
    assert not tally.reasons()


def test_every_text_is_there_in_both_languages() -> None:
    for texts in area_words("session_network").values():
        assert set(texts) == set(LANGUAGES)
