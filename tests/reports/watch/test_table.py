from __future__ import annotations

from tests.reports.watch.test_render import whole

from hongxian.reports.watch.table import MOST_ROWS, table_text


def test_the_terminal_shows_leak_findings_takers_and_endpoints() -> None:
    text = table_text(whole(), "en", None)
    for part in ("60 values were taken", "act at once", "Findings", "Who was given most PI",
                 "Endpoints with PI", "GET /never", "bad lines"):  # fmt: skip
        assert part in text


def test_long_tables_say_what_they_leave_out() -> None:
    assert "5 rows more" in table_text(whole(MOST_ROWS + 5), "en", None)


def test_where_nothing_was_found_nothing_is_listed() -> None:
    record = whole(0) | {"takers": [], "endpoints": [], "uncalled": []}
    record["leak"]["values"] = 0
    text = table_text(record, "zh", 80)
    assert "被取走" not in text
    assert len(text.splitlines()) == 3
