"""Addresses: how much of what a person would mark is found, and how much besides.

    python bench/addresses_quality.py [FOLDER]

FOLDER (default ``../shared/corpus/pi``) holds ``addresses-first-1500.bio`` (addresses, finely
labelled) and ``cluener-train-first-3000.jsonl`` (web text). Claim: overlap F1 at least .75.

How overlap is measured: each address is put into a running text of our own (or stands alone), and
characters are counted. Right are those that lie in a hit and in the address as labelled, without
what the file calls redundant, person and assist; precision is right / characters in hits, recall
right / characters labelled. A hit in the words around counts against precision. A second figure
counts addresses: found is one of whose characters a hit shares more than half (intersection over
union). The last lines say what is found in web text that holds few postal addresses at all, with
the labels of that set, which calls every country and city an address. The file is split in halves
by turns; errors were looked at in the first half alone. Peer: jionlp, which has no finder of
addresses in text, is not compared; nor is cpca, which reads one whole address and finds no end.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

from hongxian.info.addresses import address_scores, find_addresses_in

ROOT = Path(__file__).parents[1]
ADDRESSES = "addresses-first-1500.bio"
WEB = "cluener-train-first-3000.jsonl"
NOT_ADDRESS = ("redundant", "person", "assist")
AROUND = (
    "我昨天收到的包裹是从{}寄来的，外面的盒子都压坏了。",
    "麻烦您把发票寄到{}，收到以后给我打电话，谢谢！",
    "客服您好，我的收货地址写错了，应该是{}，能帮我改一下吗？",
    "据目击者说，事情发生在{}，当时路上的人不多。",
    "新店开张：{}，欢迎光临。",
    "备注 {} 请在周末送货",
)

Marked = tuple[str, set[int]]


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus" / "pi")
    if not (folder / ADDRESSES).is_file():
        sys.exit(f"{folder / ADDRESSES} is absent: nothing was measured")
    blocks = (folder / ADDRESSES).read_text(encoding="utf-8").strip().split("\n\n")
    records = [[line.split() for line in block.split("\n")] for block in blocks]
    for half in (0, 1):
        rows = records[half::2]
        running = [_marked(row, AROUND[n % len(AROUND)]) for n, row in enumerate(rows)]
        print(f"half {half + 1}, in running text: {_overlap(running)}")
        print(f"half {half + 1}, alone: {_overlap([_marked(row, '{}') for row in rows])}")
    _as_column(records)
    if (folder / WEB).is_file():
        _in_web_text(folder / WEB)


def _marked(record: list[list[str]], around: str) -> Marked:
    """Return a text with an address in it, and the places of its characters."""
    text, after = around.split("{}")
    places: set[int] = set()
    for token, tag in record:
        if not tag.endswith(NOT_ADDRESS):
            places |= set(range(len(text), len(text) + len(token)))
        text += token
    return text + after, places


def _overlap(rows: list[Marked]) -> str:
    right = found = wanted = whole = 0
    for (_, places), hits in zip(rows, find_addresses_in([t for t, _ in rows]), strict=True):
        marks = [set(range(hit.start, hit.end)) for hit in hits]
        taken = set().union(*marks)
        right += len(taken & places)
        found += len(taken)
        wanted += len(places)
        whole += any(len(mark & places) > len(mark | places) / 2 for mark in marks)
    precision, recall = right / max(1, found), right / max(1, wanted)
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return (
        f"characters: precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.4f}; "
        f"addresses found by more than half: {whole / len(rows):.3f}"
    )


def _as_column(records: list[list[list[str]]]) -> None:
    values = ["".join(token for token, _ in record) for record in records]
    scores = list(address_scores(values))
    print(f"as a column: {sum(score >= 0.5 for score in scores) / len(scores):.3f} are addresses")


def _in_web_text(path: Path) -> None:
    rows = [json.loads(line) for line in path.open(encoding="utf-8")]
    hits = list(find_addresses_in([row["text"] for row in rows]))
    shared = 0
    for row, found in zip(rows, hits, strict=True):
        named = [span for spans in row["label"].get("address", {}).values() for span in spans]
        shared += sum(any(s < hit.end and hit.start <= e for s, e in named) for hit in found)
    count = sum(map(len, hits))
    print(f"web text: {count} hits in {len(rows)} texts, {shared} of them overlap an address label")
    for label in sorted({label for row in rows for label in row["label"]}):
        values = sorted({value for row in rows for value in row["label"].get(label, {})})
        share = sum(score >= 0.5 for score in address_scores(values)) / len(values)
        print(f"as a column, {label}: {share:.3f} of {len(values)} values are taken for addresses")


if __name__ == "__main__":
    main()
