from __future__ import annotations

import json
from typing import TYPE_CHECKING

from hongxian.reports.policy import render

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


def test_every_fact_has_its_place_and_words(clean: PolicyView) -> None:
    report = json.loads(render([clean], "json", "zh"))
    (policy,) = report["policies"]
    assert report["version"] == 1
    assert policy["document"]["language"] == "zh-Hans"
    assert len(policy["declared"]) == len(clean.declared)
    for fact in policy["declared"]:
        words = clean.document.text[fact["start"] : fact["end"]]
        assert words.strip()
        assert fact["detail"]["excerpt"]


def test_the_state_of_each_part_is_told(poor: PolicyView) -> None:
    (policy,) = json.loads(render([poor], "json", "en"))["policies"]
    states = {part["item"]: part["state"] for part in policy["parts"]}
    assert states["withdraw"] == "missing"


def test_no_telephone_number_is_shown(clean: PolicyView) -> None:
    assert "privacy@hongxian-lantern.cn" not in render([clean], "json", "zh")
