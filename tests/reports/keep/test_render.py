from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from tests.guards.keep.drill.test_overview import told
from tests.guards.keep.drill.test_results import trial

from hongxian.guards.keep.drill.results import keep
from hongxian.reports.keep.render import render


@pytest.fixture
def record(tmp_path: Path) -> dict:
    check = {"what": "sum", "name": "<orders>", "outcome": "failed", "told": "5"}
    done = trial(outcome="failed", reason="it broke", checks=[check])
    keep(done, tmp_path / "drills" / "trials" / "shop")
    return told(tmp_path)


@pytest.mark.parametrize(
    ("lang", "words"),
    [("zh", ["数据保护与恢复演练", "失败", "校验和", "沉默"]),
     ("en", ["Protection of data and drills", "failed", "sum", "silent"])],
)  # fmt: skip
def test_a_page_tells_copies_drills_and_gaps(record: dict, lang: str, words: list[str]) -> None:
    page = render(record, "html", lang)
    text = re.sub(r"<[^>]+>", " ", page)
    for word in [*words, "000000010000000000000002", "12.5 s", "it broke"]:
        assert word in text, word
    assert "<orders>" not in page
    assert "2027-01-15 08:00:00 UTC" in text
    assert "+00:00" not in text  # moments are told to the second
    assert "http" not in page.replace("http-equiv", "")


def test_a_terminal_gets_the_same(record: dict) -> None:
    text = render(record, "table", "en")
    assert re.search(r"shop\s+failed\s+2027", text)
    assert re.search(r"shop\s+sum\s+<orders>\s+failed\s+5", text)
    assert json.loads(render(record, "json", "en")) == record


def test_a_source_without_a_drill_is_told(tmp_path: Path) -> None:
    assert re.search(r"shop\s+never tried", render(told(tmp_path), "table", "en"))
