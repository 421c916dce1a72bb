from __future__ import annotations

import psycopg
import pytest
from tests.guards.keep.lane.harness import Server

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.asked import CALLS, OF_TOOLS, Asked


def test_a_message_is_as_it_came() -> None:
    assert Asked(b"select 1").message == frames.query(b"select 1")
    types = b"\0\1\0\0\0\x17"
    assert Asked(b"select $1", "select $1", b"s", types).message == frames.parse(
        b"s", b"select $1", types
    )


def test_functions_that_may_be_called_by_number_only_read_or_make(server: Server) -> None:
    with server.connect() as one:
        rows = one.execute("select oid, proname from pg_proc where oid = any(%s)", ([*CALLS],))
        names = {name for _, name in rows.fetchall()}
    assert names == {
        "lo_create",
        "lo_creat",
        "lo_open",
        "lo_close",
        "loread",
        "lo_lseek",
        "lo_tell",
        "lo_lseek64",
        "lo_tell64",
    }


@pytest.mark.parametrize("text", OF_TOOLS)
def test_texts_of_tools_set_nothing_that_matters(server: Server, text: bytes) -> None:
    with server.connect() as one:
        one.execute(text)
        for name in ("client_encoding", "standard_conforming_strings", "session_replication_role"):
            with pytest.raises(psycopg.Error):
                one.execute("select set_config(%s, 'view, foreign-table', false)", (name,))
