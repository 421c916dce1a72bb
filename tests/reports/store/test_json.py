from __future__ import annotations

import json

from tests.reports.store.conftest import Made

from hongxian.reports.store.json_ import render


def test_programs_get_everything(made: Made) -> None:
    data = json.loads(render(*made, "zh"))
    assert set(data) == {"subject", "day", "inventory", "tables", "findings", "problems",
                         "unchanged_tables"}  # fmt: skip
    row = next(one for one in data["inventory"] if one["info"] == "identity.doc_number")
    assert row["class"] == "个人身份信息"
    assert row["excerpt"].endswith("****")
    assert data["tables"][-1]["bound"] == "54"
    assert {one["rule"] for one in data["findings"]} >= {"store.1", "store.2", "store.7"}
    assert len(data["problems"]) == 1
