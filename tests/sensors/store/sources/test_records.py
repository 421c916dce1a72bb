from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import file_of, people, rows_of

from hongxian.sensors.store.draw import rows_from
from hongxian.sensors.store.flatten import flat_columns
from hongxian.sensors.store.sources.file import Limits
from hongxian.sensors.store.sources.records import (
    batch_of_records,
    json_lines_table,
    json_table,
    leaves,
    segment,
)

VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=9),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4)
    ),
    max_leaves=12,
)


def values(batch: Any) -> dict[str, list[Any]]:
    return {
        path: array.to_pylist()
        for path, array, _ in flat_columns(batch, rows_from(0, batch.num_rows, 0))
    }


def test_fields_lists_and_their_paths() -> None:
    batch = batch_of_records([{"u": {"phones": ["1", "2"], "ok": True}}, {"u": {"phones": []}}])
    assert values(batch) == {"u.phones": ["1", "2"], "u.ok": ["true"]}
    assert batch.num_rows == 2


def test_a_key_that_is_a_value_is_not_told_as_a_name() -> None:
    found = dict(leaves({"13812345678": {"name": "张三"}}))
    assert found == {"<key>": "13812345678", "*.name": "张三"}
    assert dict(leaves({"张小龙": {"age": 3}})) == {"<key>": "张小龙", "*.age": "3"}
    assert [segment(one) for one in ("name", "姓名", "手机号")] == ["name", "姓名", "手机号"]


def test_json_lines_keep_what_is_no_json(tmp_path: Path) -> None:
    lines = [json.dumps(one, ensure_ascii=False) for one in people(10)]
    file = file_of(tmp_path, "a.jsonl", "\n".join([*lines, "", "broken 13700001111"]))
    table = json_lines_table(file)
    rows = rows_of(table)
    assert [row["phone"] for row in rows[:10]] == [one["phone"] for one in people(10)]
    assert rows[-1] == {"line": "broken 13700001111\n"}
    assert [one.values for one in table.problems] == [{"count": 1}]


def test_json_lines_of_a_logger_are_a_log(tmp_path: Path) -> None:
    line = '{"level": "info", "msg": "ok", "phone": "13812345678"}\n'
    assert json_lines_table(file_of(tmp_path, "a.jsonl", line * 2)).medium == "log"
    assert json_lines_table(file_of(tmp_path, "b.jsonl", '["a"]\n[1]\n')).medium == "table"
    assert json_lines_table(file_of(tmp_path, "c.jsonl", "no json\n[1]\n")).medium == "table"


def test_a_json_text_gives_the_members_of_its_array(tmp_path: Path) -> None:
    text = json.dumps(people(5), ensure_ascii=False)
    rows = rows_of(json_table(file_of(tmp_path, "a.json", text.encode("utf-16"))))
    assert [row["name"] for row in rows] == [one["name"] for one in people(5)]
    assert rows_of(json_table(file_of(tmp_path, "b.json", "7"))) == [{"value": "7"}]
    assert rows_of(json_table(file_of(tmp_path, "c.json", "[null]"))) == [{"value": None}]


def test_json_that_is_none_or_too_large_is_read_as_text(tmp_path: Path) -> None:
    table = json_table(file_of(tmp_path, "a.json", '{"a": 1,\n oops 13812345678'))
    assert "13812345678" in rows_of(table)[-1]["line"]
    assert [one.word for one in table.problems] == ["store.bad_json"]
    table = json_table(
        file_of(tmp_path, "b.json", json.dumps(["13812345678"] * 9)), Limits(document=50)
    )
    assert "13812345678" in rows_of(table)[0]["line"]
    assert [one.word for one in table.problems] == ["store.json_as_text"]


def test_records_with_ever_new_fields_share_a_column_at_last() -> None:
    batch = batch_of_records(
        [{chr(97 + n % 26) * (n // 26 + 1): "x"} for n in range(2_500)][:1_000]
    )
    assert batch.num_rows == 1_000
    wide = batch_of_records(
        [
            {
                f"k{chr(97 + a)}{chr(97 + b)}{chr(97 + c)}": "x"
                for a in range(13)
                for b in range(13)
                for c in range(13)
            }
        ]
    )
    assert len(wide.schema.names) == 2_001


def test_nesting_without_end_is_one_text() -> None:
    value: Any = "x"
    for _ in range(500):
        value = [value]
    assert len(list(leaves(value))) == 1


@given(VALUES)
def test_any_record_becomes_a_batch(value: Any) -> None:
    batch = batch_of_records([value, value])
    assert batch.num_rows == 2
    assert sum(map(len, values(batch).values())) % 2 == 0


def test_parts_of_json_lines_are_its_records(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for module in ("encoding", "ranges"):
        monkeypatch.setattr(f"hongxian.sensors.store.sources.{module}.BLOCK", 512)
    lines = [json.dumps(one, ensure_ascii=False) for one in people(40)]
    lines[7:7] = ["", "broken 13700001111", " "]
    table = json_lines_table(file_of(tmp_path, "a.jsonl", "\n".join(lines)))
    assert table.cuts
    cut = table.cuts.spans(1_000)
    parts = [[row for batch in table.cuts.read(span) for row in batch.to_pylist()] for span in cut]
    assert [row for part in parts for row in part] == rows_of(table)
    assert [table.cuts.count(span) for span in cut] == list(map(len, parts))
    assert sum(map(len, parts)) == 41
    assert len(cut) > 3
