from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.copies import json_
from hongxian.guards.mask.copies.json_ import mask_json, mask_jsonl
from hongxian.sensors.store.sources.file import Limits, local_file

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.plan import Plan


def lines(source: Path, target: Path, own: Plan, watch: Any = None) -> int:
    with target.open("wb") as out:
        return mask_jsonl(local_file(source, str(source)), out, own, watch)


def document(tmp_path: Path, data: bytes) -> bytes:
    source, target = tmp_path / "in.json", tmp_path / "out.json"
    source.write_bytes(data)
    with target.open("wb") as out:
        mask_json(local_file(source, str(source)), out, plan())
    return target.read_bytes()


def masked(tmp_path: Path, rows: list[Any], **own: Any) -> list[Any]:
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    assert lines(source, target, plan(**own)) == len(rows)
    return [json.loads(line) for line in target.read_text("utf-8").split("\n")[:-1]]


def test_parts_change_wherever_they_lie_and_the_rest_stays(tmp_path: Path) -> None:
    rows = [
        {"user": {"phone": "13812345678", "vip": True}, "tags": ["13912345678", None], "n": 1.0},
        {"user": {"phone": 13812345678}, "big": 10**30, "note": "Tel 13812345678!", "city": "深圳"},
        {"user": None, "tags": [], "n": 2},
        ["13812345678"],
        "text",
    ]
    assert masked(tmp_path, rows) == [
        {"user": {"phone": "138****5678", "vip": True}, "tags": ["139****5678", None], "n": 1.0},
        {
            "user": {"phone": "138****5678"},
            "big": 10**30,
            "note": "Tel 138****5678!",
            "city": "深圳",
        },
        {"user": None, "tags": [], "n": 2},
        ["138****5678"],
        "text",
    ]


def test_rows_are_read_in_batches_and_blank_lines_left_out(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_, "ROWS", 2)
    source, target = tmp_path / "in.jsonl", tmp_path / "out.jsonl"
    source.write_text('\ufeff{"phone": "1"}\n\n{"phone": "13812345678"}\r\n{"phone": "2"}', "utf-8")
    assert lines(source, target, plan()) == 3
    assert target.read_text().splitlines()[1] == '{"phone": "138****5678"}'


def test_what_is_measured_is_shown_before_and_after(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_text('{"age": 31}\n{"city": "A"}\n{"age": 32}\n')
    seen: dict[str, Any] = {}

    def watch(side: str, column: Any) -> None:
        seen[side] = (column("age"), column("none"))

    lines(source, tmp_path / "out.jsonl", plan(), watch)
    assert seen["before"][0].to_pylist() == [31, None, 32]
    assert seen["after"][0].to_pylist() == ["30-39", None, "30-39"]
    assert seen["after"][1].null_count == 3


@pytest.mark.parametrize("line", [b"{", b"\xff", b"[" * 100_000, b'{"a": 13812345678x}'])
def test_a_line_that_is_no_json_is_told_by_its_number(tmp_path: Path, line: bytes) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"a": 1}\n' + line + b"\n")
    with pytest.raises(HongxianError) as told:
        lines(source, tmp_path / "out.jsonl", plan())
    assert str(told.value) == f"{source}: line 2 is no JSON"
    assert told.value.code is Exit.SENSOR


def test_a_line_without_end_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(json_, "LONGEST", 99)
    source = tmp_path / "in.jsonl"
    source.write_text(f'["{"x" * 99}"]\n')
    with pytest.raises(HongxianError, match="line 1 has more than 99 bytes"):
        lines(source, tmp_path / "out.jsonl", plan())


TREES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=4),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=8,
)  # fmt: skip


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(TREES, max_size=4))
def test_documents_of_any_form_come_out_as_they_were_where_nothing_is_masked(
    tmp_path: Path, rows: list[Any]
) -> None:
    assert masked(tmp_path, rows, named={}) == rows


def test_half_a_character_does_not_stop_the_rest(tmp_path: Path) -> None:
    (found,) = masked(tmp_path, [{"a": "\ud83d", "phone": "13812345678"}])
    assert found == {"a": "\ud83d", "phone": "138****5678"}


@pytest.mark.parametrize("encoding", ["utf-16", "gb18030", "utf-8-sig"])
def test_other_encodings_are_read_and_utf_8_is_written(tmp_path: Path, encoding: str) -> None:
    text = '{"city": "深圳", "phone": "13812345678"}\n' * 9
    (tmp_path / "in.jsonl").write_bytes(text.encode(encoding))
    assert lines(tmp_path / "in.jsonl", tmp_path / "out.jsonl", plan()) == 9
    assert (tmp_path / "out.jsonl").read_text("utf-8") == text.replace("13812345678", "138****5678")


def test_a_document_keeps_its_form(tmp_path: Path) -> None:
    rows = b'[{"phone": "13812345678", "n": 1.5}, "x", []]'
    assert json.loads(document(tmp_path, rows)) == [{"phone": "138****5678", "n": 1.5}, "x", []]
    own = b'{"user": {"phone": "13812345678"}}'
    assert json.loads(document(tmp_path, own)) == {"user": {"phone": "138****5678"}}
    assert json.loads(document(tmp_path, b"[]")) == []


@pytest.mark.parametrize(
    "data", [b'{"phone": 13812345678', b"[" * 9_999, b'["13812345678", 1e999]']
)
def test_what_is_no_document_is_one_line_without_a_value(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(HongxianError, match="is no JSON") as told:
        document(tmp_path, data)
    assert "13812345678" not in str(told.value)
    assert told.value.code is Exit.SENSOR


def test_a_document_that_is_too_large_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(json_, "LIMITS", Limits(document=9))
    with pytest.raises(HongxianError, match="more than 9 characters"):
        document(tmp_path, b'["0123456789"]')


def test_bytes_of_two_encodings_are_one_line(tmp_path: Path) -> None:
    source = tmp_path / "in.jsonl"
    source.write_bytes(b'{"a": "x"}\n' * 100_000 + '{"a": "深"}\n'.encode("gb18030"))
    with pytest.raises(HongxianError, match="line 100001 is no JSON"):
        lines(source, tmp_path / "out.jsonl", plan())
    source.write_bytes("[1]\n".encode("utf-16") + b"\x00\xd8x\x00")
    with pytest.raises(HongxianError, match="bytes that are no utf-16-le"):
        lines(source, tmp_path / "out.jsonl", plan())
