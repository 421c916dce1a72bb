from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest

from hongxian.audit.watch import Watched, watch
from hongxian.audit.watch_record import record, serious, time
from hongxian.guards.gate.findings import OWASP
from hongxian.sensors.traffic.sense import open_traffic
from hongxian.words import area_words

if TYPE_CHECKING:
    from pathlib import Path

FIRST = 13_000_010_000


def found(tmp_path: Path, requests: int = 60) -> Watched:
    rows: list[dict[str, Any]] = [
        {"time": 1_750_000_000 + n, "method": "POST", "uri": "/m", "user_id": "mallory",
         "status": 200,
         "request_body": {"phones": [str(FIRST + 5 * n + k) for k in range(5)]},
         "response_body": {"phone": str(FIRST + 5 * n)}} for n in range(requests)
    ]  # fmt: skip
    path = tmp_path / "a.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in rows) + "oops\n")
    return watch(open_traffic([path]))


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_everything_is_told_in_both_languages_and_no_value(tmp_path: Path, lang: str) -> None:
    told = record(found(tmp_path), lang)
    (one,) = told["findings"]
    assert one["kind"] == "enumeration"
    assert one["message"]
    assert any("57" in law for law in one["laws"])
    assert told["leak"]["values"] == 60
    assert told["leak"]["notice_due"]
    assert told["takers"][0]["values"] == 60
    assert told["endpoints"][0]["pi_in"] == {"basic.phone": 300}
    assert told["hours"][0]["values"] == 60
    assert told["logs"][0]["bad_lines"] == 1
    assert told["reasons"]
    text = json.dumps(told, ensure_ascii=False)
    assert str(FIRST)[:8] not in text
    assert "mallory" not in text


def test_nothing_taken_is_no_leak(tmp_path: Path) -> None:
    watched = found(tmp_path, 1)
    assert not serious(watched)
    assert record(watched, "en")["leak"]["grade"] == "none"
    assert serious(found(tmp_path))


def test_every_kind_of_finding_and_figure_has_its_words() -> None:
    words = area_words("watch")
    assert not {f"kind_{kind}" for kind in OWASP} - set(words)
    assert time(0.0) is None
    assert time(1.0) == "1970-01-01T00:00:01+00:00"
