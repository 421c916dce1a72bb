"""Captures of network traffic beside mitmproxy and haralyzer.

    python bench/session_captures.py [FOLDER] [--size MB]

Number and addresses of the flows of each HAR file and each file of mitmproxy in a folder must be
those that mitmproxy reads. Then a HAR file of so many MB is made up and read as a whole process by
each. ``bench/peers.sh`` installs the peers.
"""

from __future__ import annotations

import argparse
import base64
import json
import os
import random
import sys
import tempfile
from pathlib import Path

from measure import HERE, Cost, best, peer_python

SIZE = 1_000
FOLDER = HERE.parents[1] / "shared" / "corpus" / "session"
OURS = """
import json, pathlib, sys
from hongxian.sensors.session.network import read_flows
path, told, count = pathlib.Path(sys.argv[1]), [], 0
with path.open("rb") as source:
    for flow in read_flows(source, path.name, told):
        count += 1
        if len(sys.argv) > 2: print(json.dumps(flow.url))
if len(sys.argv) == 2: print(count)
for reason in told: print(reason.say("en"), file=sys.stderr)
"""
MITMPROXY = """
import json, sys
from mitmproxy.io import FlowReader
count = 0
with open(sys.argv[1], "rb") as source:
    for flow in FlowReader(source).stream():
        count += 1
        if len(sys.argv) > 2: print(json.dumps(flow.request.pretty_url))
if len(sys.argv) == 2: print(count)
"""
HARALYZER = """
import json, sys
from haralyzer import HarParser
with open(sys.argv[1], "rb") as source:
    parser = HarParser(json.load(source))
print(len([(entry.request.url, entry.response.status) for entry in parser.pages[0].entries]
          if parser.pages else parser.har_data["entries"]))
"""


def main() -> None:
    """Compare the folder, then the speed; exit 1 when flows differ."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?", type=Path, default=FOLDER)
    options.add_argument("--size", type=int, default=SIZE, help="MB of the HAR file")
    given = options.parse_args()
    differ = _compare(given.folder)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "made.har"
        write_har(path, given.size)
        _speed(path)
    sys.exit(1 if differ else 0)


def _compare(folder: Path) -> int:
    if not folder.is_dir():
        print(f"no folder of captures at {folder}: nothing compared")
        return 0
    paths = sorted(path for path in folder.rglob("*") if path.suffix in (".har", ".mitm"))
    differ = 0
    for path in paths:
        ours = best([sys.executable, "-c", OURS, path, "urls"], 1).out.splitlines()
        theirs = best([peer_python(), "-c", MITMPROXY, path, "urls"], 1).out.splitlines()
        same = ours == theirs
        differ += not same
        print(f"{path.name}: {len(ours)} flows, mitmproxy {len(theirs)}, {_word(same)}")
    return differ


def _word(same: bool) -> str:
    return "same addresses" if same else "ADDRESSES DIFFER"


def _speed(path: Path) -> None:
    size = path.stat().st_size / 1e6
    mine = best([sys.executable, "-c", OURS, path], 1)
    print(f"HAR of {size:.0f} MB")
    _row("hongxian", mine, mine, size)
    for name, code in (("mitmproxy", MITMPROXY), ("haralyzer", HARALYZER)):
        _row(name, best([peer_python(), "-c", code, path], 1), mine, size)


def _row(name: str, cost: Cost, mine: Cost, size: float) -> None:
    print(
        f"{name:<10} {int(cost.out):>8} flows {cost.cpu:>7.1f} CPU s {size / cost.cpu:>6.0f} MB/s "
        f"{cost.rss:>6.0f} MB peak, {cost.cpu / mine.cpu:.1f} times ours"
    )


def write_har(path: Path, size: int) -> None:
    """Write a made-up HAR file of at least size MB, the same each time."""
    dice = random.Random(5)  # noqa: S311 - the same file each time
    number = 0
    with path.open("w", encoding="utf-8") as out:
        out.write('{"log": {"version": "1.2", "creator": {"name": "made", "version": "1"}, ')
        out.write('"pages": [{"id": "page_1", "title": "p", "pageTimings": {}, ')
        out.write('"startedDateTime": "2026-01-02T03:04:05.678Z"}], "entries": [')
        while out.tell() < size * 1_000_000:
            out.write((", " if number else "") + json.dumps(_entry(dice, number)))
            number += 1
        out.write("]}}")


def _entry(dice: random.Random, number: int) -> dict[str, object]:
    headers = [
        {"name": f"x-header-{place}", "value": "v" * dice.randint(5, 120)} for place in range(16)
    ]
    rows = [
        {"id": place, "name": f"张三{place}", "q": 'a"b'} for place in range(dice.randint(2, 300))
    ]
    text = json.dumps({"items": rows}, ensure_ascii=dice.random() < 0.5)
    content = {"size": len(text.encode()), "mimeType": "application/json", "text": text}
    if dice.random() < 0.25:
        data = base64.b64encode(dice.randbytes(dice.randint(1_000, 60_000))).decode()
        content = {"size": len(data) * 3 // 4, "mimeType": "image/png", "text": data,
                   "encoding": "base64"}  # fmt: skip
    shared = {"httpVersion": "h2", "headers": headers, "cookies": [], "headersSize": -1,
              "bodySize": -1}  # fmt: skip
    posted = {"mimeType": "application/json", "text": '{"imei": "860000000000000"}'}
    url = f"https://h{number % 40}.example.com/p/{number}?a=1"
    return {
        "pageref": "page_1", "startedDateTime": "2026-01-02T03:04:05.678Z", "time": 12.5,
        "request": {"method": "POST", "url": url, "queryString": [], "postData": posted, **shared},
        "response": {"status": 200, "statusText": "", "content": content, "redirectURL": "",
                     **shared},
        "cache": {}, "timings": {"send": 1, "wait": 2, "receive": 3},
    }  # fmt: skip


if __name__ == "__main__":
    os.environ.setdefault("PYTHONPATH", str(HERE.parent / "src"))
    main()
