from __future__ import annotations

import json
from pathlib import Path

import pytest

from hongxian.audit.egress import egress_record, keep_egress, read_egress
from hongxian.facts import Store
from hongxian.sensors.traffic.egress import Egress
from hongxian.sensors.traffic.sense import open_traffic

ROWS = [
    {"time": 1_750_000_000, "method": "POST", "url": "https://api.weibo.com/v2",
     "request_body": {"phone": "13800138000"}},
    {"time": 1_750_000_001, "method": "GET", "url": "https://own.cn/cb?mobile=13900139000"},
    {"time": 1_750_000_002, "method": "GET", "url": "https://b.oss-cn-beijing.aliyuncs.com/x?phone=13900139001"},
    {"time": 1_750_000_003, "method": "GET", "url": "https://nobody.example/x?phone=13900139002"},
]  # fmt: skip


@pytest.fixture(name="egress")
def _egress(tmp_path: Path) -> Egress:
    path = tmp_path / "out.jsonl"
    path.write_text("".join(json.dumps(one) + "\n" for one in ROWS))
    return read_egress(open_traffic([path], "app:shop@1"), {"own.cn": "first_party"})


@pytest.mark.parametrize(("lang", "names"), [
    ("zh", {"新浪微博", "运营者自己", "未知"}), ("en", {"Weibo", "the operator itself", "unknown"}),
])  # fmt: skip
def test_recipients_are_called_by_their_names(egress: Egress, lang: str, names: set[str]) -> None:
    told = egress_record(egress, lang)
    shown = {one["recipient_name"] for one in told["sent"]}
    assert names <= shown
    assert any("阿里" in one or "Alibaba" in one for one in shown)
    assert told["requests"] == 4
    assert "13800138000" not in json.dumps(told)
    assert told["sent"][-1]["recipient"] == "first_party"


def test_facts_and_coverage_are_kept_as_one_run(egress: Egress, tmp_path: Path) -> None:
    run = keep_egress(tmp_path / "facts.duckdb", egress)
    store = Store(tmp_path / "facts.duckdb")
    try:
        (count,) = store.con.execute("select count(*) from facts where kind = 'provide'").fetchone()
        (scope, status) = store.con.execute("select scope, status from coverage").fetchone()
    finally:
        store.close()
    assert run.subject == "app:shop@1"
    assert count == 4
    assert (scope, status) == ("traffic.egress", "ran")
