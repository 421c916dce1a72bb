from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.store.made import file_of, rows_of

from hongxian.sensors.store.sources.lines import line_batches, looks_like_log, text_table


def texts(pieces: list[bytes], cell: int = 1 << 24) -> list[str]:
    return [line for batch in line_batches(pieces, cell) for line in batch.column(0).to_pylist()]


@given(
    st.lists(st.binary(max_size=12).filter(lambda one: not max(one, default=0) > 127), max_size=9)
)
def test_lines_are_the_same_however_the_text_is_cut(pieces: list[bytes]) -> None:
    whole = b"".join(pieces)
    found = texts(pieces)
    assert "".join(found).encode() == whole
    assert [one.rstrip("\n") for one in found] == whole.decode().removesuffix("\n").split("\n")[
        : len(found)
    ]


def test_a_line_that_never_ends_is_cut_at_a_blank() -> None:
    found = texts([b"aaaa bbbb", b"cccc dddd"], cell=8)
    assert "".join(found) == "aaaa bbbbcccc dddd"
    assert all(one.count("b") in (0, 4) for one in found)


def test_a_line_without_a_blank_is_cut_between_characters() -> None:
    found = texts(["手机号".encode()[:8], "手机号".encode()[8:]], cell=4)
    assert "".join(found) == "手机号"


def test_a_text_is_read_in_its_own_encoding(tmp_path: Path) -> None:
    file = file_of(tmp_path, "a.txt", "姓名：张三\n电话：13812345678\n".encode("gb18030"))
    table = text_table(file)
    assert [row["line"] for row in rows_of(table)] == ["姓名：张三\n", "电话：13812345678\n"]
    assert table.medium == "text"


def test_a_text_whose_lines_carry_times_is_a_log(tmp_path: Path) -> None:
    lines = "2026-11-01 10:00:00 INFO a\n[01/Nov/2026:10:00:00 +0800] GET\nNov  1 10:00:00 host x\n"
    assert looks_like_log(lines.encode())
    assert text_table(file_of(tmp_path, "out.txt", lines)).medium == "log"
    assert not looks_like_log(b"2026-11-01 10:00 meeting\nnotes\nmore\nmore\n")
