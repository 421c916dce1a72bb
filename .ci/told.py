"""Tells in few lines what failed and what was skipped: a test that did not run holds nothing."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from collections import Counter

WORDS = {"failure": "failed", "error": "broke", "skipped": "skipped"}


def main(path: str) -> None:
    """Print every test of a JUnit file that did not pass; end with 1 if there is one."""
    told: Counter[str] = Counter()
    for case in ET.parse(path).iter("testcase"):  # noqa: S314 - our own file
        for tag, word in WORDS.items():
            if (found := case.find(tag)) is None:
                continue
            told[word] += 1
            why = found.get("message", "").partition("\n")[0][:160]
            print(f"{word}: {case.get('classname')}.{case.get('name')}: {why}")
        told["tests"] += 1
    print(", ".join(f"{count} {word}" for word, count in told.items()))
    sys.exit(any(told[word] for word in WORDS.values()))


if __name__ == "__main__":
    main(sys.argv[1])
