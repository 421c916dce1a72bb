"""What a whole session costs: from a sealed bundle to facts, as a process of its own.

    python bench/session_facts.py [--calls N] [--size MB]

Claims: 100,000 hooked calls become facts in under 5 s, and a capture is streamed: a bundle with a
HAR file of any size stays under 600 MB. Both bundles are made up here. There is no peer that does
the same work; what the peers' readers alone cost is in ``session_captures.py``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

import session_captures
import session_hooks
from measure import measure

from hongxian.sensors.session.bundle import BundleWriter

OURS = """
import pathlib, sys
from hongxian.sensors.session.sense import sense_session
sensed = sense_session(pathlib.Path(sys.argv[1]))
print(len(sensed.facts))
for reason in sensed.damaged: print(reason.say("en"), file=sys.stderr)
"""
APP = {"package": "com.demo.app", "version": "1.0", "sha256": "ab" * 32}
VALUES = {"basic.phone": ("19912345670",), "device.imei": ("867530024681354",)}


def main() -> None:
    """Make both bundles, read each, and print what that took."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--calls", type=int, default=session_hooks.EVENTS)
    options.add_argument("--size", type=int, default=100, help="MB of the HAR file")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        calls, har = Path(folder) / "calls.jsonl", Path(folder) / "capture.har"
        session_hooks.write_log(calls, given.calls)
        _cost(Path(folder), "hooks", calls, f"{given.calls:,} calls")
        session_captures.write_har(har, given.size)
        _cost(Path(folder), "network", har, f"a HAR file of {given.size} MB")


def _cost(folder: Path, role: str, member: Path, what: str) -> None:
    path = folder / f"{role}.zip"
    with BundleWriter(path, APP, {"model": "made up"}, values=VALUES) as bundle:
        bundle.clock(0.0, 0.2, "Asia/Shanghai")
        bundle.event("mark", host=1_767_000_000.0, device=1_767_000_000.0, name="start")
        bundle.member(role, member.name, member.read_bytes(), clock="host")
    cost = measure([sys.executable, "-c", OURS, path])
    facts = cost.out.split()[0]
    print(f"{what}: {cost.cpu:.2f} CPU s, peak {cost.rss:.0f} MB, {facts} facts")


if __name__ == "__main__":
    main()
