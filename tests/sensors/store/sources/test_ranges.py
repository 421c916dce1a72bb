"""Spans of a file of lines give its rows in the batches in which one reader of all gets them."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import file_of

from hongxian.sensors.store.sources import encoding, ranges
from hongxian.sensors.store.sources.lines import text_table
from hongxian.sensors.store.sources.ranges import count_lines
from hongxian.sensors.store.sources.table import Span, Table

BLOCK = 64
"""Bytes of a block in these tests."""
LINES = st.lists(
    st.sampled_from([b"", b"a", b"2026-11-01 x", "中文，13812345678".encode(), b"\xff\xe4", b" ",
                     b"x" * 70, b"\r"]), max_size=60,
)  # fmt: skip


@pytest.fixture(autouse=True)
def _small(monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (encoding, ranges):
        monkeypatch.setattr(module, "BLOCK", BLOCK)


def parts(table: Table, size: int) -> tuple[list[list[Any]], list[int | None]]:
    """Return the batches of all spans, and how many rows each span has."""
    assert table.cuts
    spans = table.cuts.spans(size) or [Span(None, None)]
    batches = [
        batch.column(0).to_numpy(zero_copy_only=False).tolist()
        for span in spans
        for batch in table.cuts.read(span)
    ]
    return batches, [table.cuts.count(span) for span in spans]


def whole(table: Table) -> list[list[Any]]:
    return [batch.column(0).to_numpy(zero_copy_only=False).tolist() for batch in table.read(None)]


@given(LINES, st.sampled_from([b"", b"\xef\xbb\xbf"]), st.booleans(), st.integers(20, 400))
def test_spans_are_the_whole_batch_by_batch(
    lines: list[bytes], mark: bytes, ended: bool, size: int
) -> None:
    data = mark + b"\n".join(lines) + (b"\n" if ended else b"")
    with tempfile.TemporaryDirectory() as folder:
        table = text_table(file_of(Path(folder), "a.txt", data))
        batches, counts = parts(table, size)
        assert batches == whole(table)
        assert sum(count or 0 for count in counts) == sum(map(len, batches))


@pytest.mark.parametrize("name", ["gb18030", "latin-1", "utf-8"])
def test_files_in_any_encoding_of_single_line_ends_are_cut(tmp_path: Path, name: str) -> None:
    text = "".join(f"第{place}行 é\n" for place in range(400))
    data = text.encode(name, "ignore")
    table = text_table(file_of(tmp_path, "a.txt", data))
    batches, counts = parts(table, 300)
    assert batches == whole(table)
    assert len(counts) > 3


def test_what_is_not_cut(tmp_path: Path) -> None:
    wide = text_table(file_of(tmp_path, "a.txt", ("行\n" * 400).encode("utf-16")))
    assert wide.cuts is None
    for data in (b"x" * 4_000, b"x\n" * 20):
        table = text_table(file_of(tmp_path, "b.txt", data))
        assert table.cuts
        assert table.cuts.spans(1_000) == []


def test_a_line_that_becomes_several_rows_cannot_be_counted(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ranges, "LONGEST", 10)
    assert count_lines(iter([b"a\nb", b"c" * 20, b"\n"])) is None
    assert count_lines(iter([b"a\nb", b"c\n\nd"])) == 4
    assert count_lines(iter([b"a\nb", b"c\n \nd"]), blank=False) == 3
    assert count_lines(iter([])) == 0
