"""Which clauses a policy has, against a folder of labelled Chinese privacy policies.

``python bench/policy_clauses.py FOLDER`` (or ``HONGXIAN_POLICIES``) prints F1 of the presence of
seven clauses for the even and the odd half of the files, and their macro average; ``--errors``
names what is missed and what is too much in the even half. Product and tests never read the
folder. A file is ``NNNN.html`` and ``NNNN.json``; an entry whose classId is in :data:`LABELS`
marks a paragraph that belongs to the clause.
"""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from pathlib import Path

from hongxian.sensors.policy.checks import check_document
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.reading import read_policy
from hongxian.sensors.policy.relations import declare

LABELS = {
    "e_14": "contact", "e_9": "withdraw", "e_11": "minors", "e_5": "retention",
    "e_2": "third party", "e_4": "rights", "e_15": "cookie",
}  # fmt: skip
SECTIONS = {
    "contact": {"operator_contact"},
    "withdraw": {"withdraw"},
    "minors": {"minors"},
    "retention": {"retention", "stored_here"},
    "third party": {"sharing"},
    "rights": {"access", "correct", "delete", "copy", "cancel_account"},
    "cookie": {"cookies"},
}
"""Clause -> the parts that make it up; the labels count storage in the country as retention."""
TARGET = 0.93


def labelled(path: Path) -> set[str]:
    """Return the clauses that the labels see in a policy."""
    entries = json.loads(path.read_text(encoding="utf-8"))
    return {LABELS[one["classId"]] for one in entries if one["classId"] in LABELS}


def found(path: Path) -> set[str]:
    """Return the clauses that the checks see in a policy."""
    document = read_policy(path)
    mentions = find_mentions(document)
    items = {
        "stored_here" if one.detail.get("none") else one.item
        for one in check_document(document, mentions, declare(document, mentions))
    }
    return {clause for clause, parts in SECTIONS.items() if parts & items}


def main() -> int:
    """Print the table."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    folder = Path(arguments[0] if arguments else os.environ.get("HONGXIAN_POLICIES", "policies"))
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        print(f"no labelled policies in '{folder}': give the folder or set HONGXIAN_POLICIES")
        return 2
    halves: list[Counter[tuple[str, str]]] = [Counter(), Counter()]
    for number, path in enumerate(paths):
        ours, gold = found(path.with_suffix(".html")), labelled(path)
        if "--errors" in sys.argv and number % 2 == 0 and ours != gold:
            signs = [f"+{one}" for one in sorted(ours - gold)]
            print(path.stem, *signs, *[f"-{one}" for one in sorted(gold - ours)])
        for clause in SECTIONS:
            halves[number % 2][clause, _outcome(clause in ours, clause in gold)] += 1
    _table(halves)
    return 0


def _outcome(ours: bool, gold: bool) -> str:
    return {(True, True): "both", (True, False): "ours", (False, True): "gold"}.get(
        (ours, gold), "neither"
    )


def _table(halves: list[Counter[tuple[str, str]]]) -> None:
    print(f"{'':12}{'even  P     R     F1':>26}{'odd   P     R     F1':>26}  target")
    sums = [0.0, 0.0]
    for clause in SECTIONS:
        cells = ""
        for number, half in enumerate(halves):
            both, ours, gold = (half[clause, one] for one in ("both", "ours", "gold"))
            precision, recall = both / max(1, both + ours), both / max(1, both + gold)
            score = 2 * both / max(1, 2 * both + ours + gold)
            sums[number] += score
            cells += f"      {precision:.3f} {recall:.3f} {score:.3f}"
        print(f"{clause:12}{cells}")
    means = "".join(f"{one / len(SECTIONS):26.3f}" for one in sums)
    print(f"{'macro':12}{means}  {TARGET}")


if __name__ == "__main__":
    raise SystemExit(main())
