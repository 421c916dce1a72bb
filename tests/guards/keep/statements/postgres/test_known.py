from __future__ import annotations

import pytest

from hongxian.guards.keep.statements.postgres.known import (
    builtin_functions,
    fixed,
    known,
    setting,
    words_as_functions,
)
from hongxian.guards.keep.statements.verdict import Verdict


@pytest.mark.parametrize(
    ("name", "value", "verdict"),
    [
        ("Work_Mem", "1GB", Verdict.SAFE),
        ("enable_seqscan", "off", Verdict.SAFE),
        ("app.tenant", "5", Verdict.SAFE),
        ("pgaudit.log", "none", Verdict.UNKNOWN),
        ("standard_conforming_strings", "on", Verdict.SAFE),
        ("standard_conforming_strings", "off", Verdict.UNKNOWN),
        ("standard_conforming_strings", None, Verdict.UNKNOWN),
        ("client_encoding", "UTF-8", Verdict.SAFE),
        ("client_encoding", "GBK", Verdict.UNKNOWN),
        ("session_replication_role", "origin", Verdict.SAFE),
        ("session_replication_role", "replica", Verdict.DESTRUCTIVE),
        ("session_replication_role", None, Verdict.DESTRUCTIVE),
        ("synchronous_commit", "off", Verdict.REVERSIBLE),
        ("archive_command", "true", Verdict.UNKNOWN),
    ],
)
def test_settings(name: str, value: str | None, verdict: Verdict) -> None:
    assert setting(name, value)[0] is verdict


def test_functions_of_the_server_are_listed_once() -> None:
    lists = [known()["functions"][part] for part in ("safe", "reversible", "destructive", "text")]
    assert sum(map(len, lists)) == len(builtin_functions()) > 150
    assert builtin_functions()["lo_unlink"] == (Verdict.DESTRUCTIVE, "server_function")
    assert builtin_functions()["query_to_xml"] == (Verdict.UNKNOWN, "text_function")
    assert words_as_functions()["JsonFuncExpr"] == ("json_query", "json_value", "json_exists")


def test_fixed_statements_have_one_verdict() -> None:
    assert fixed()["AlterSystemStmt"] == (Verdict.DESTRUCTIVE, "system_setting")
    assert fixed()["CommentStmt"] == (Verdict.SAFE, "")
    assert fixed()["GrantStmt"] == (Verdict.REVERSIBLE, "rights")
    assert "LoadStmt" not in fixed()
