"""Fails when a test was skipped: a test that did not run holds nothing."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET


def main(path: str) -> None:
    """Print every skipped test of a JUnit file and end with 1 if there is one."""
    cases = ET.parse(path).iter("testcase")  # noqa: S314 - our own file
    skipped = [case for case in cases if case.find("skipped") is not None]
    for case in skipped:
        reason = case.find("skipped")
        message = reason.get("message", "") if reason is not None else ""
        print(f"skipped: {case.get('classname')}.{case.get('name')}: {message}")
    sys.exit(bool(skipped))


if __name__ == "__main__":
    main(sys.argv[1])
