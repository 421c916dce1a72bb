"""Many apps in one run: MB of DEX per CPU second, everything included.

python bench/audit_batch.py [--copies 3] [--jobs 2]

The batch is the real APKs, each as often as asked for (copies differ by a zip comment, so that
they are apps of their own). Counted are the CPU seconds of the whole process and its workers:
start, imports, sensors, judgement of all rules, report. Claim: at least 40 MB per CPU second.
"""

from __future__ import annotations

import argparse
import shutil
import tempfile
import zipfile
from pathlib import Path

from dexfiles import MEGABYTE, dex_megabytes
from fetch_apks import fetch
from measure import AUDITED, best, hongxian


def main() -> None:
    """Make the batch and measure it once per number of processes."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--copies", type=int, default=3)
    parser.add_argument("--jobs", type=int, nargs="*", default=[1, 2])
    given = parser.parse_args()
    apks = [apk for apk in fetch().values() if dex_megabytes(apk) * MEGABYTE > 100_000]
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for copy in range(given.copies):
            for apk in apks:
                target = folder / f"{copy}-{apk.name}"
                shutil.copy(apk, target)
                with zipfile.ZipFile(target, "a") as package:
                    package.comment = f"copy {copy}".encode()
        total = given.copies * sum(map(dex_megabytes, apks))
        print(f"{given.copies * len(apks)} packages, {total:.0f} MB of DEX")
        for jobs in given.jobs:
            cost = best(
                [hongxian(), "audit", folder, "--jobs", str(jobs), "--format", "json",
                 "--output", folder / "report.json"],
                done=AUDITED,
            )  # fmt: skip
            print(f"{jobs} process(es): {cost.cpu:.2f} CPU s, {total / cost.cpu:.1f} MB per CPU s")


if __name__ == "__main__":
    main()
