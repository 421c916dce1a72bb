from __future__ import annotations

import pytest

from hongxian.guards.gate.findings import LAWS, OWASP, Finding, strictest
from hongxian.laws.documents import load_clauses, load_documents


def test_the_strictest_action_wins() -> None:
    assert strictest(["mask", "block", "throttle"]) == "block"
    assert strictest([]) == "allow"


def test_every_finding_has_tags_and_clauses() -> None:
    assert OWASP.keys() == LAWS.keys()
    found = Finding(kind="object_walk", action="block", endpoint="GET /orders/{id}")
    assert found.owasp == ("API1:2023",)
    assert ("PIPL", "57") in found.laws


@pytest.mark.parametrize("kind", LAWS)
def test_the_clauses_stand_in_the_lists_of_law(kind: str) -> None:
    known = {(one.document.key, one.article) for one in load_clauses()}
    for document, article in LAWS[kind]:
        assert document in load_documents()
        assert (document, article) in known or document == "CRIM"
