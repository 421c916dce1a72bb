"""The policy sensor against the gold set of the tests.

    python bench/policy_gold.py [NAME ...]

Prints F1 of declared facts and of parts for each policy; with names, also what was missed and what
was found too much in these. Claim: facts F1 of .90 or more.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1]))

from tests.sensors.policy.gold.score import (
    Counts,
    declared_score,
    found,
    names,
    parts,
    parts_score,
    wanted,
)


def main() -> None:
    """Print the scores."""
    known = frozenset(item for name in names() for item in parts(name))
    total = Counts(0, 0, 0)
    whole = Counts(0, 0, 0)
    for name in names():
        facts, sections = declared_score(name), parts_score(name, known)
        total, whole = total + facts, whole + sections
        print(f"{name:10} facts {facts.f1:.3f} {facts}  parts {sections.f1:.3f}")
        if name in sys.argv[1:]:
            _differences(name, known)
    print(f"{'all':10} facts {total.f1:.3f} {total}  parts {whole.f1:.3f}")
    missed = Counter(row[0] for name in names() for row in wanted(name) - found(name)[0])
    extra = Counter(row[0] for name in names() for row in found(name)[0] - wanted(name))
    print("missed", dict(missed), "too much", dict(extra))


def _differences(name: str, known: frozenset[str]) -> None:
    for row in sorted(wanted(name) - found(name)[0], key=str):
        print("   missed  ", *row)
    for row in sorted(found(name)[0] - wanted(name), key=str):
        print("   too much", *row)
    print("   parts missed", sorted(parts(name) - found(name)[1]))
    print("   parts too much", sorted((found(name)[1] & known) - parts(name)))


if __name__ == "__main__":
    main()
