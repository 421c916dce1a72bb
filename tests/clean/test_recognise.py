"""Texts with numbers and codes that are nobody's: no recogniser finds anything in them."""

from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.info.recognise import recognise, recognise_field

LINES = Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines()
FIELDS = [
    ("scenario_code", "SCN-125"), ("order_no", "13812345678"), ("create_time", "1764413273123"),
    ("trace_id", "4b29d438e4353f1a4baf084dfa2b17c9"), ("file_size", "13812345678"),
    ("version", "1.2.3.4"), ("md5", "d41d8cd98f00b204e9800998ecf8427e"), ("price", "39.9088"),
    ("sku", "E12345678"), ("phone_type", "12345678"), ("imei_md5", "49015420323751"),
    ("smartphone", "12345678"), ("latency", "39.908823"), ("platform", "116.3974"),
    ("isbn", "9787111547426"), ("password", "******"), ("seq", "110101199003074514"),
]  # fmt: skip


@pytest.mark.parametrize("line", LINES)
def test_a_look_alike_is_nothing(line: str) -> None:
    assert [(hit.name, line[hit.start : hit.end]) for hit in recognise(line)] == []


@pytest.mark.parametrize(("name", "value"), FIELDS)
def test_a_field_of_look_alikes_is_nothing(name: str, value: str) -> None:
    assert recognise_field(name, value) is None
