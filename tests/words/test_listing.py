from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING

from hongxian.words.listing import listing, terminal_width

if TYPE_CHECKING:
    import pytest

RECORDS = [
    {"key": "a", "name": "甲", "sensitive": True, "rules": ["1.1", "1.2"], "note": "hidden"},
    {"key": "b", "name": "乙,丙", "sensitive": False, "rules": [], "number": None},
]
COLUMNS = ["key", "name", "sensitive", "rules", "number"]


def test_a_table_has_titles_and_words_in_the_language_and_no_empty_column() -> None:
    lines = listing(RECORDS, COLUMNS, "table", "zh").splitlines()
    assert lines[0].split() == ["键", "名称", "敏感", "行为"]
    assert lines[2].split() == ["a", "甲", "是", "1.1、1.2"]
    english = listing(RECORDS, COLUMNS, "table", "en").splitlines()
    assert english[3].split() == ["b", "乙,丙", "no"]


def test_json_keeps_keys_and_types_and_nothing_else() -> None:
    rows = json.loads(listing(RECORDS, COLUMNS, "json", "zh"))
    assert rows[0] == {
        "key": "a", "name": "甲", "sensitive": True, "rules": ["1.1", "1.2"], "number": None,
    }  # fmt: skip


def test_csv_is_plain_and_quoted_where_needed() -> None:
    assert listing(RECORDS, COLUMNS, "csv", "zh") == (
        'key,name,sensitive,rules,number\na,甲,true,1.1;1.2,\nb,"乙,丙",false,,\n'
    )


def test_nothing_gives_an_empty_table_but_a_valid_json() -> None:
    assert listing([], COLUMNS, "table", "zh") == ""
    assert listing([], COLUMNS, "json", "zh") == "[]\n"
    assert listing([], COLUMNS, "csv", "zh") == "key,name,sensitive,rules,number\n"


def test_the_width_counts_only_on_a_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys.stdout, "isatty", lambda: False, raising=False)
    assert terminal_width() is None
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True, raising=False)
    monkeypatch.setenv("COLUMNS", "77")
    assert terminal_width() == 77
