"""One app, cold: `hongxian audit APK` as a whole process, against androguard's xrefs alone.

python bench/audit_cold.py [APK ...]      APKs with 16 to 24 MB of DEX unless named

Claim: at most 1.5 CPU s, at most 400 MB, at least 15 times faster than androguard's Analysis with
create_xref, which is a part of the work only (no manifest, no rules, no report).
"""

from __future__ import annotations

import sys
import tempfile
from pathlib import Path

from dexfiles import dex_megabytes
from fetch_apks import fetch
from measure import AUDITED, HERE, best, hongxian, measure, peer_python


def main(named: list[str]) -> None:
    """Measure each package with both, one behind the other."""
    apks = [Path(name) for name in named] or [
        apk for apk in fetch().values() if 16 <= dex_megabytes(apk) <= 24
    ]
    print(f"{'package':<44}{'DEX MB':>7}{'ours s':>8}{'MB':>6}{'peer s':>8}{'MB':>6}{'ratio':>7}")
    with tempfile.TemporaryDirectory() as folder:
        report = Path(folder) / "report.json"
        for apk in sorted(apks):
            command = [hongxian(), "audit", apk, "--format", "json", "--output", report]
            ours = best(command, done=AUDITED)
            peer = measure([peer_python(), HERE / "peer_androguard.py", "xrefs", apk])
            print(
                f"{apk.name[:43]:<44}{dex_megabytes(apk):>7.1f}{ours.cpu:>8.2f}{ours.rss:>6.0f}"
                f"{peer.cpu:>8.1f}{peer.rss:>6.0f}{peer.cpu / ours.cpu:>7.1f}"
            )


if __name__ == "__main__":
    main(sys.argv[1:])
