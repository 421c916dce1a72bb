from __future__ import annotations

import pytest

from hongxian.guards.keep.lane.starting import REPLICATION, StartError, judged_start

LEAST = {b"user": b"li", b"database": b"shop"}


def start(more: dict[str, str], **told: bool) -> object:
    words = {**LEAST, **{k.encode(): v.encode() for k, v in more.items()}}
    return judged_start(3 << 16, words, **told)


def test_a_start_that_is_taken() -> None:
    found = judged_start(
        3 << 16,
        {b"user": b"li", b"application_name": b"psql", b"client_encoding": b"'LATIN1'",
         b"options": b"-c search_path=a\\ b --statement-timeout=5 -cgeqo=off"},
    )  # fmt: skip
    assert (found.role, found.database, found.codec) == ("li", "li", "iso8859-1")
    assert (found.application, found.replication) == ("psql", False)


@pytest.mark.parametrize(
    ("more", "word"),
    [
        ({"user": ""}, "no_user"), ({"x": "y"}, "parameter"), ({"options": "rubbish"}, "parameter"),
        ({"options": "-c role=postgres"}, "parameter"), ({"client_encoding": "gbk"}, "encoding"),
        ({"Client_Encoding": "gbk"}, "encoding"), ({"replication": "on"}, "replication"),
        ({"standard_conforming_strings": "off"}, "parameter"),
        ({"options": "-c standard_conforming_strings=off"}, "parameter"),
    ],
)  # fmt: skip
def test_starts_that_are_refused(more: dict[str, str], word: str) -> None:
    with pytest.raises(StartError) as raised:
        start(more)
    assert raised.value.word == word


def test_clear_and_replication() -> None:
    with pytest.raises(StartError, match="clear"):
        start({}, clear=True)
    assert getattr(start({"replication": "true"}, replication=True), "replication", None) is True
    with pytest.raises(StartError):
        start({"replication": "database"}, replication=True)


@pytest.mark.parametrize(
    ("text", "may"),
    [(b"IDENTIFY_SYSTEM", True), (b" base_backup (x)", True), (b"DROP_REPLICATION_SLOT a", False),
     (b"select 1", False)],
)  # fmt: skip
def test_what_replication_may_ask_for(text: bytes, may: bool) -> None:
    assert (REPLICATION.match(text) is not None) is may
