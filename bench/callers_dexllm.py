"""Claim: "who calls the APIs of dangerous permissions" costs less than with DexKit (dexllm).

    python bench/callers_dexllm.py [APK ...]

Both sides answer the same question with the same table, the permission map that dexllm brings:
a fresh process reads the package, finds the calls of every API of a dangerous permission and
prints permission, API and caller. The answers are compared before the costs are; ends with 1
where they differ or where we are slower over all packages.
"""

from __future__ import annotations

import sys
from pathlib import Path

from dexfiles import dex_megabytes
from fetch_apks import fetch
from measure import HERE, best, peer_python

LARGE = (
    "Yosemite.apk", "app-debug-androidTest.apk", "pocoservice-debug.apk",
    "appium-uiautomator2-server-v10.6.6.apk", "appium-uiautomator2-v5.12.4-light.apk",
    "ApiDemos-debug.apk", "settings_apk-debug.apk", "STFService.apk",
)  # fmt: skip


def compare(name: str, apk: Path, folder: Path) -> tuple[float, float, bool]:
    """Measure both sides on one package, print what came out, and return it."""
    own = best([sys.executable, HERE / "callers_ours.py", apk, folder])
    peer = best([peer_python(), HERE / "peer_dexllm.py", apk])
    mine, other = set(own.out.splitlines()), set(peer.out.splitlines())
    same = "identical" if mine == other else f"DIFFERENT from {len(other)}"
    print(
        f"{name:<42} {dex_megabytes(apk):5.1f} MB  ours {own.cpu:5.2f} s {own.rss:4.0f} MB  "
        f"dexllm {peer.cpu:5.2f} s {peer.rss:4.0f} MB  ratio {peer.cpu / own.cpu:4.2f}  "
        f"calls {len(mine)} {same}"
    )
    for mark, rows in (("ours alone", mine - other), ("dexllm alone", other - mine)):
        for row in sorted(rows)[:5]:
            print(f"  {mark}: {row}")
    return own.cpu, peer.cpu, mine == other


def main() -> None:
    """Compare the named packages, else the large ones of those that can be fetched."""
    apks = {Path(word).name: Path(word) for word in sys.argv[1:]}
    fetched = {} if apks else fetch()
    apks = apks or {name: fetched[name] for name in LARGE}
    folder = next(HERE.parent.glob(".cache/peers/lib/python3*/site-packages/dexllm/data"))
    results = [compare(name, apk, folder) for name, apk in apks.items()]
    own, peer = (sum(result[side] for result in results) for side in (0, 1))
    print(f"all: ours {own:.2f} s, dexllm {peer:.2f} s of CPU, ratio {peer / own:.2f}")
    sys.exit(own > peer or not all(same for *_, same in results))


if __name__ == "__main__":
    main()
