from __future__ import annotations

import pytest

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.refusals import CODES, MOST, Refusal, Refusals, as_server


def server_s(text: bytes) -> bytes:
    """What a server says of such a text."""
    shown = text.split(b"'")[1].decode()
    fields = {"S": "ERROR", "C": "22P02", "M": f'invalid input syntax for type integer: "{shown}"'}
    return frames.error(fields)[5:]


@pytest.mark.parametrize("kind", CODES)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_our_error_stands_in_the_server_s_place(kind: str, lang: str) -> None:
    open_ = Refusals(lang)
    text = open_.text(Refusal(kind, "why", "hint"))
    assert open_.open
    told = open_.told(server_s(text), "utf-8")
    assert told
    fields = frames.read_error(told[5:])
    assert (fields["C"], fields["H"], "why" in fields["M"]) == (CODES[kind], "hint", True)
    assert open_.told(server_s(text), "utf-8") is None, "once"
    assert not open_.open


def test_messages_in_its_place() -> None:
    open_ = Refusals("en")
    refusal = Refusal("unknown", "why")
    assert open_.simple(refusal)[:1] == b"Q"
    assert open_.extended(refusal)[:1] == b"P"
    assert "H" not in refusal.fields("en")
    open_.clear()
    assert not open_.open


def test_letters_that_the_client_does_not_have() -> None:
    open_ = Refusals("zh")
    told = open_.told(server_s(open_.text(Refusal("unknown", "why"))), "iso8859-1")
    assert told
    assert b"refused by Hongxian" in told


def test_others_errors_stay_and_refusals_are_bounded() -> None:
    open_ = Refusals("en")
    first = open_.text(Refusal("unknown", "why"))
    for _ in range(MOST):
        open_.text(Refusal("unknown", "why"))
    assert open_.told(server_s(first), "utf-8") is None
    assert open_.told(b"Mhongxian:0123456789abcdef\0\0", "utf-8") is None


@pytest.mark.parametrize(
    ("codes", "told"),
    [({"relation_unknown"}, "42P01"), ({"function_unknown"}, "42883"), ({"unparsable"}, "42601"),
     ({"mass_all"}, ""), ({"relation_unknown", "mass_all"}, ""), (set(), "")],
)  # fmt: skip
def test_what_the_server_would_refuse_has_its_code(codes: set[str], told: str) -> None:
    assert as_server(codes) == told
    assert Refusal("unknown", "why", code=told).fields("en")["C"] == (told or "KP002")
