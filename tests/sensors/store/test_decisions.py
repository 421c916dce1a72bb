from __future__ import annotations

from pathlib import Path

import pytest
from tests.sensors.store.made import people, table_of

from hongxian.errors import HongxianError
from hongxian.sensors.store.columns import judge_table
from hongxian.sensors.store.decisions import apply, load_decisions
from hongxian.sensors.store.read_table import count_table


def decisions(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "decisions.toml"
    path.write_text(text, "utf-8")
    return path


def test_a_person_outweighs_the_scanner_both_ways(tmp_path: Path) -> None:
    table = count_table(
        table_of({"phone": [one["phone"] for one in people(9)], "f7": ["a", *"bcdefghi"]})
    )
    read = load_decisions(
        decisions(
            tmp_path,
            """
[[decision]]
column = "made: t.*"
verdict = "cleared"
by = "王"
[[decision]]
column = "made: t.f7"
info = "health.record"
verdict = "confirmed"
by = "李"
""",
        )
    )
    found = apply(judge_table(table), [table], read)
    assert [(one.column.name, one.info, one.status, one.decided) for one in found] == [
        ("phone", "basic.phone", "cleared", "王"),
        ("f7", "health.record", "confirmed", "李"),
    ]
    assert found[1].rows == 9


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("[[decision]]\nverdict = 'cleared'\nby = 'a'", "must have column"),
        ("[[decision]]\ncolumn = 'a'\nwhat = 1", "must have column"),
        ("[[decision]]\ncolumn = 'a'\nverdict = 'maybe'\nby = 'a'", "confirmed or cleared"),
        ("[[decision]]\ncolumn = 'a'\nverdict = 'cleared'", "by"),
        (
            "[[decision]]\ncolumn = 'a'\nverdict = 'cleared'\nby = 'a'\ninfo = 'basic.fone'",
            "basic.phone",
        ),
        ("[[decision]]\ncolumn = 'a'\nverdict = 'confirmed'\nby = 'a'", "no personal information"),
        ("[[", "decisions.toml"),
    ],
)
def test_a_decision_that_is_wrong_is_told(tmp_path: Path, text: str, says: str) -> None:
    with pytest.raises(HongxianError, match=says):
        load_decisions(decisions(tmp_path, text))
    with pytest.raises(HongxianError, match="No such file"):
        load_decisions(tmp_path / "none")
