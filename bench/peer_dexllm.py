"""Dexllm's side of the comparison: python peer_dexllm.py APK, in the peers' interpreter."""

from __future__ import annotations

import sys

import dexllm

if __name__ == "__main__":
    found = dexllm.dangerous_permission_api_callers(dexllm.DexKit(sys.argv[1]), app_only=False)
    sys.stdout.writelines(
        f"{permission}\t{row['api']}\t{caller}\n"
        for permission, apis in sorted(found.items())
        for row in apis
        for caller in row["callers"]
    )
