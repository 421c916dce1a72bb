from __future__ import annotations

import io
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.guards.mask.tables import plan

from hongxian.guards.mask.copies.lines import mask_lines
from hongxian.guards.mask.plan import Named
from hongxian.sensors.store.sources.file import local_file

if TYPE_CHECKING:
    from pathlib import Path

LOG = "2024-01-02 10:00:00 电话 13812345678 ok\r\n\n  last"


def masked(tmp_path: Path, data: bytes, **own: Any) -> bytes:
    source, out = tmp_path / "app.log", io.BytesIO()
    source.write_bytes(data)
    mask_lines(local_file(source, "app.log"), out, plan(**own))
    return out.getvalue()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16", "big5"])
def test_what_is_covered_is_all_that_changes(tmp_path: Path, encoding: str) -> None:
    log = LOG.replace("电话", "手機號碼") if encoding == "big5" else LOG
    text = f"{log}\n{log}"
    expected = text.replace("13812345678", "138****5678")
    assert masked(tmp_path, text.encode(encoding)) == expected.encode(encoding)


def test_a_text_is_covered_whatever_unknown_columns_get(tmp_path: Path) -> None:
    for audience in ("public", "analyst"):
        assert b"138****5678" in masked(tmp_path, LOG.encode(), audience=audience)


def test_another_technique_is_taken_when_it_is_named(tmp_path: Path) -> None:
    named = {"line": Named(None, "suppress")}
    assert masked(tmp_path, LOG.encode(), named=named) == b"\n\n\n"


def test_bytes_that_are_no_characters_do_not_stop_the_rest(tmp_path: Path) -> None:
    data = b"x" * 400 + b"\n\xff 13812345678\n"
    assert masked(tmp_path, data) == b"x" * 400 + b"\n\xef\xbf\xbd 138****5678\n"


def test_lines_are_shown_to_who_measures(tmp_path: Path) -> None:
    source = tmp_path / "a.txt"
    source.write_text("13812345678\nb")
    seen: list[Any] = []

    def watch(side: str, column: Any) -> None:
        seen.append((side, *column("line").to_pylist(), column("other")))

    assert mask_lines(local_file(source, "a.txt"), io.BytesIO(), plan(), watch) == 2
    assert seen[:2] == [("before", "13812345678\n", None), ("after", "138****5678\n", None)]
    assert seen[2:] == [("before", "b", None), ("after", "b", None)]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=50)
@given(st.text("ab \n\r\t的了，。", max_size=60))  # letters that begin no name
def test_a_text_without_pi_comes_out_to_the_byte(tmp_path: Path, text: str) -> None:
    assert masked(tmp_path, text.encode()) == text.encode()
