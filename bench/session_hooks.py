"""What reading a log of hooked calls costs: 100,000 calls, read and attributed.

    python bench/session_hooks.py [EVENTS]

Claim: 100,000 events of 20 frames, 200 different stacks, take well under 3 s from the file to
whose code each call is. The events are made up here, with the names that stacks of apps have.
With ``HONGXIAN_SESSIONS`` (a folder of real logs), those are read as well.
"""

from __future__ import annotations

import io
import json
import os
import random
import resource
import sys
import tempfile
import time
from datetime import UTC
from pathlib import Path

from hongxian.errors import ArtefactError
from hongxian.sensors.app.catalogue.apis import load_apis
from hongxian.sensors.session.hooks import WhoseCode, read_calls

EVENTS = 100_000
STACKS = 200
FRAMES = 20
START = 1_767_000_000_000
_HEADS = (
    "com.umeng.commonsdk.statistics.common", "com.tencent.bugly.crashreport.common.info",
    "com.bytedance.sdk.openadsdk.core", "cn.jiguang.analytics.android.data", "com.demo.app.home",
    "com.demo.app.net", "a.b.c", "okhttp3.internal.http", "kotlinx.coroutines.scheduling",
    "androidx.fragment.app", "io.reactivex.internal.operators.observable",
)  # fmt: skip
_TAIL = (
    "android.app.Activity.performCreate", "android.app.ActivityThread.handleLaunchActivity",
    "android.os.Handler.dispatchMessage", "android.os.Looper.loop",
    "android.app.ActivityThread.main", "java.lang.reflect.Method.invoke",
    "com.android.internal.os.RuntimeInit$MethodAndArgsCaller.run",
    "com.android.internal.os.ZygoteInit.main",
)  # fmt: skip


def main() -> None:
    """Make a log, read it, and print what that took."""
    events = int(sys.argv[1]) if len(sys.argv) > 1 else EVENTS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "calls.jsonl"
        write_log(path, events)
        size = path.stat().st_size / 1e6
        begin = time.perf_counter()
        actors = _read(path, WhoseCode(["com.demo.app"]))
        spent = time.perf_counter() - begin
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{events:,} events, {size:.0f} MB, {STACKS} stacks of {FRAMES} frames")
    print(f"read and attributed: {spent:.2f} s, {size / spent:.0f} MB/s; peak {peak:.0f} MB")
    print(", ".join(f"{actor} {count:,}" for actor, count in sorted(actors.items())))
    _real()


def write_log(path: Path, events: int) -> None:
    """Write a hook log of made-up calls, the same each time."""
    dice = random.Random(4)  # noqa: S311 - the same events each time
    stacks = [_stack(dice) for _ in range(STACKS)]
    with path.open("w", encoding="utf-8") as out:
        for number in range(events):
            stack = dice.choice(stacks)
            event = {
                "at": START + number * 7, "api": stack[0], "args": [], "stack": stack,
                "thread": f"pool-{number % 9}", "process": "com.demo.app", "permission": None,
                "outcome": dice.choice(("granted", "denied", None)),
            }  # fmt: skip
            out.write(f"{json.dumps(event)}\n")


def _stack(dice: random.Random) -> list[str]:
    apis = [api for api in load_apis().values() if api.kind == "api" and not api.argument]
    api = dice.choice(apis)
    inner = [
        f"{dice.choice(_HEADS)}.{dice.choice('ABCDEFGH')}{dice.randrange(90)}.{dice.choice('abcd')}"
        for _ in range(FRAMES - 1 - len(_TAIL))
    ]
    return [f"{api.owner}.{dice.choice(api.methods)}", *inner, *_TAIL]


def _read(path: Path, whose: WhoseCode) -> dict[str, int]:
    actors: dict[str, int] = {}
    with path.open("rb") as source:
        for call in read_calls(source, path.name, [], zone=UTC, around=START / 1000):
            actor = whose.of(call.stack).actor
            actors[actor] = actors.get(actor, 0) + 1
    return actors


def _real() -> None:
    beside = Path(__file__).parents[2] / "shared" / "corpus" / "session"
    folder = Path(os.environ.get("HONGXIAN_SESSIONS", beside))
    if not folder.is_dir():
        print("no folder of real logs: set HONGXIAN_SESSIONS to read some")
        return
    for path in sorted(folder.rglob("*.xls*")):
        try:
            found = read_calls(io.BytesIO(path.read_bytes()), path.name, [], zone=UTC, around=0)
            print(f"{path.name}: {len(list(found))} calls")
        except ArtefactError as error:
            print(error)


if __name__ == "__main__":
    main()
