"""Trains a tagger on generated texts and writes the weights that ship.

    python train.py names names.jsonl
    python train.py addresses addresses.jsonl

JAX and optax are needed. One core takes three to five minutes; the seed is fixed.
"""

from __future__ import annotations

import json
import os
import sys
import time
from pathlib import Path
from typing import Any

import numpy as np
import sources

os.environ.setdefault(
    "XLA_FLAGS", "--xla_cpu_multi_thread_eigen=false intra_op_parallelism_threads=1"
)
import jax
import jax.numpy as jnp
import optax

ROOT = sources.HERE.parents[1]
sys.path.insert(0, str(ROOT / "src"))

from hongxian.info.tagging.grams import PAIR_BITS, WORD_LENGTHS, code_points, read_clues  # noqa: E402
from hongxian.info.tagging.network import load_characters, load_word_table  # noqa: E402

CHAR, PAIR, WORD, HIDDEN = 32, 12, 6, 60
"""Numbers that describe a character, a pair, the class of a word, a position in the layers."""
WIDTHS = {"names": (5, 3, 3), "addresses": (5, 5, 3)}
TAGS = {"names": 7, "addresses": 23}
PASSES = {"names": 3, "addresses": 4}
WINDOW, BATCH = 256, 64
UNTOLD = 255
"""A position that is not trained on."""
ROW_END = 1

Weights = dict[str, Any]


def main() -> None:
    """Train and write."""
    which, file = sys.argv[1], Path(sys.argv[2])
    inputs = _read(which, file)
    weights = _train(which, inputs)
    out = ROOT / f"src/hongxian/info/{which}/data/tagger.npz"
    out.parent.mkdir(exist_ok=True)
    np.savez_compressed(out, **_packed(weights))
    print(out, out.stat().st_size)


def _read(which: str, file: Path) -> list[np.ndarray]:
    """Return windows of the clues and tags of all texts in one row."""
    gap = "\n" * sum(width // 2 for width in WIDTHS[which])
    rows = [json.loads(line) for line in file.open(encoding="utf-8")]
    np.random.default_rng(7).shuffle(rows)
    tags = np.zeros(len(gap) + sum(len(text) + len(gap) for text, _ in rows), np.uint8)
    place = len(gap)
    for text, marks in rows:
        for start, end, kind in marks:
            _mark(tags[place + start : place + end], kind)
        place += len(text) + len(gap)
    codes = code_points(gap + "".join(text + gap for text, _ in rows))
    clues = read_clues(codes, load_characters(), load_word_table())
    count = len(codes) // WINDOW
    columns = [clues.char, clues.pair, *clues.words, tags]
    return [column[: count * WINDOW].reshape(count, WINDOW) for column in columns]


def _mark(tags: np.ndarray, kind: str | int) -> None:
    """Write the tags of one mark: names and others have a last one, levels of addresses none."""
    if kind == "?":
        tags[:] = UNTOLD
    elif isinstance(kind, int):
        tags[:] = 2 * kind + 2
        tags[0] = 2 * kind + 1
    else:
        base = 4 if kind == "X" else 1
        tags[:] = base + 1
        tags[0] = base
        if len(tags) > 1:
            tags[-1] = base + 2


def _begin(which: str, key: jax.Array) -> Weights:
    width = CHAR + PAIR + WORD * len(WORD_LENGTHS)
    characters = int(load_characters().max()) + 1
    keys = iter(jax.random.split(key, 8))
    weights = {
        "char": 0.3 * jax.random.normal(next(keys), (characters, CHAR)),
        # zeros, so that a pair never seen says nothing
        "pair": jnp.zeros((1 << PAIR_BITS, PAIR)),
    }
    for length in WORD_LENGTHS:
        weights[f"word{length}"] = 0.3 * jax.random.normal(next(keys), (10, WORD))
    sizes = (width, HIDDEN, HIDDEN, TAGS[which])
    for layer, reach in enumerate(WIDTHS[which], 1):
        shape = (reach, sizes[layer - 1], sizes[layer])
        scale = (2 / (reach * sizes[layer - 1])) ** 0.5
        weights[f"kernel{layer}"] = scale * jax.random.normal(next(keys), shape)
        weights[f"bias{layer}"] = jnp.zeros(sizes[layer])
    return weights


def _convolve(layer: jax.Array, weights: Weights, number: int) -> jax.Array:
    return weights[f"bias{number}"] + jax.lax.conv_general_dilated(
        layer, weights[f"kernel{number}"], (1,), "SAME", dimension_numbers=("NWC", "WIO", "NWC")
    )


def _scores(weights: Weights, clues: list[jax.Array], key: jax.Array) -> jax.Array:
    """Return the scores of the tags, some clues being withheld."""
    char, pair, *words = clues
    keys = jax.random.split(key, 4)
    char = jnp.where((jax.random.uniform(keys[0], char.shape) < 0.04) & (char > 5), 0, char)
    seen = jax.random.uniform(keys[1], (*char.shape, 1)) > 0.15
    known = jax.random.uniform(keys[2], (*char.shape, 1)) > 0.05
    looked = [weights[f"word{n}"][w] * known for n, w in zip(WORD_LENGTHS, words, strict=True)]
    layer = jnp.concatenate([weights["char"][char], weights["pair"][pair] * seen, *looked], -1)
    layer = jax.nn.relu(_convolve(layer, weights, 1))
    layer = layer * (jax.random.uniform(keys[3], layer.shape) > 0.1) / 0.9
    layer = jax.nn.relu(_convolve(layer, weights, 2))
    return _convolve(layer, weights, 3)


def _loss(weights: Weights, key: jax.Array, batch: list[jax.Array]) -> jax.Array:
    *clues, tags = batch
    told = (tags != UNTOLD) & (clues[0] != ROW_END)
    scores = _scores(weights, clues, key)
    wrong = optax.softmax_cross_entropy_with_integer_labels(scores, jnp.where(told, tags, 0))
    size = sum(jnp.sum(weights[f"kernel{layer}"] ** 2) for layer in (1, 2))
    return (wrong * told).sum() / told.sum() + 3e-5 * size


def _train(which: str, inputs: list[np.ndarray]) -> Weights:
    count = len(inputs[0])
    steps = PASSES[which] * count // BATCH
    rates = optax.warmup_cosine_decay_schedule(1e-4, 3e-3, min(200, steps // 4), steps, 3e-5)
    optimiser = optax.adam(rates)
    key = jax.random.PRNGKey(0)
    weights = _begin(which, key)
    state = optimiser.init(weights)

    @jax.jit
    def step(weights: Weights, state: Any, key: jax.Array, batch: list[jax.Array]) -> Any:
        loss, slopes = jax.value_and_grad(_loss)(weights, key, batch)
        change, state = optimiser.update(slopes, state)
        return optax.apply_updates(weights, change), state, loss

    draw, begin, total = np.random.default_rng(7), time.monotonic(), 0.0
    order: list[int] = []
    for number in range(1, steps + 1):
        if len(order) < BATCH:
            order = draw.permutation(count).tolist()
        chosen, order = order[:BATCH], order[BATCH:]
        key, used = jax.random.split(key)
        batch = [jnp.asarray(column[chosen].astype(np.int32)) for column in inputs]
        weights, state, loss = step(weights, state, used, batch)
        total += float(loss)
        if number % 200 == 0:
            spent = time.monotonic() - begin
            print(f"step {number} of {steps}, loss {total / 200:.4f}, {spent:.0f} s", flush=True)
            total = 0.0
    return weights


def _packed(weights: Weights) -> dict[str, np.ndarray]:
    """Return the weights as they ship: rows in 8 bits with a scale a column, kernels in 16."""
    packed = {}
    for name, value in weights.items():
        array = np.asarray(value, np.float32)
        if name in ("char", "pair"):
            scale = np.maximum(np.abs(array).max(axis=0), 1e-6) / 127
            packed[name] = np.clip(np.round(array / scale), -127, 127).astype(np.int8)
            packed[f"{name}_scale"] = scale.astype(np.float32)
        else:
            packed[name] = array.astype(np.float32 if name.startswith("bias") else np.float16)
    return packed


if __name__ == "__main__":
    main()
