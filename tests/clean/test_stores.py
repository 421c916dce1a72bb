"""Files and columns that are nobody's: the scan finds no personal information in them."""

from __future__ import annotations

import json
import random
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.sensors.store.made import file_of, people, table_of

from hongxian.sensors.store.columns import CLEARED, judge_table
from hongxian.sensors.store.read_table import count_table
from hongxian.sensors.store.sources.records import json_table

if TYPE_CHECKING:
    from hongxian.sensors.store.sources.table import Table

DRAW = random.Random(8)
COUNT = 200
WORDS = Path(__file__).with_name("words.txt").read_text("utf-8").splitlines()
BRANDS = Path(__file__).with_name("brands.txt").read_text("utf-8").splitlines()
NUMBERS = {
    "eleven digits": [str(DRAW.randint(10**10, 10**11 - 1)) for _ in range(COUNT)],
    "amounts that look like telephones": [
        DRAW.randint(13 * 10**9, 19 * 10**9) for _ in range(COUNT)
    ],
    "snowflake ids": [DRAW.randint(10**17, 9 * 10**17) for _ in range(COUNT)],
    "versions": [".".join(str(DRAW.randint(1, 99)) for _ in range(4)) for _ in range(COUNT)],
}


def found(table: Table) -> list[tuple[str, str]]:
    counts = count_table(table)
    return [(one.column.name, one.info) for one in judge_table(counts) if one.status != CLEARED]


def json_of(folder: Path, value: Any) -> Table:
    return json_table(file_of(folder, "a.json", json.dumps(value, ensure_ascii=False)))


def test_a_glossary_whose_keys_are_chinese_words_names_nobody(tmp_path: Path) -> None:
    table = json_of(tmp_path, {word: {"en": "word", "count": at} for at, word in enumerate(WORDS)})
    assert found(table) == []


def test_brands_as_keys_some_of_which_are_called_after_persons_name_nobody(tmp_path: Path) -> None:
    table = json_of(tmp_path, {brand: {"stock": at} for at, brand in enumerate(BRANDS)})
    assert found(table) == []


def test_texts_of_a_program_by_their_chinese_keys_name_nobody(tmp_path: Path) -> None:
    table = json_of(tmp_path, [dict.fromkeys(WORDS[at : at + 30], "text") for at in range(20)])
    assert found(table) == []


def test_persons_as_keys_are_still_seen(tmp_path: Path) -> None:
    names = {one["name"]: {"score": 3} for one in people(300)}
    assert ("<key>", "basic.name") in found(json_of(tmp_path, names))


@pytest.mark.parametrize("beside", [False, True])
@pytest.mark.parametrize("kind", list(NUMBERS))
def test_columns_of_numbers_under_a_name_that_says_nothing_are_nobodys(
    kind: str, beside: bool
) -> None:
    columns: dict[str, list[Any]] = {"c1": NUMBERS[kind]}
    if beside:
        persons = people(COUNT)
        columns |= {key: [one[key] for one in persons] for key in ("name", "phone")}
    assert [one for one in found(table_of(columns, "table")) if one[0] == "c1"] == []
