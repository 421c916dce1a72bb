"""A small convolutional network over characters, run by numpy alone.

A few layers look at a few characters on either side. The weights were trained by
``tools/tagging``; ``data/README.md`` says from what.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.info.tagging.grams import WORD_LENGTHS, Clues, WordTable, read_clues

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from hongxian.info.tagging.grams import Codes

    Floats = NDArray[np.float32]

_BLOCK = 1 << 11
"""Positions that are worked on at once, so that the layers stay in the cache."""


@dataclass(frozen=True, slots=True)
class Network:
    """Weights, and the lists that they refer to."""

    characters: NDArray[np.int32]
    table: WordTable
    char_rows: Floats
    pair_rows: Floats
    word_rows: tuple[Floats, ...]
    kernels: tuple[Floats, ...]
    biases: tuple[Floats, ...]

    @property
    def reach(self) -> int:
        """A tag depends on no character farther away than this."""
        return sum(len(kernel) // 2 for kernel in self.kernels)

    @property
    def tags(self) -> int:
        """How many tags there are."""
        return len(self.biases[-1])

    def log_chances(self, codes: Codes, near: NDArray[np.bool_]) -> Floats:
        """Return the logarithm of each tag's chance at the positions that count.

        Args:
            codes: the code points of a text.
            near: which positions count. The result is exact at those that are ``reach`` or more
                from every one left out; the caller asks for the neighbourhood of what it needs.
        """
        clues = _chosen(read_clues(codes, self.characters, self.table), near)
        length = len(clues.char)
        out = np.empty((length, self.tags), np.float32)
        for begin, end in _blocks(length):
            low, high = max(0, begin - self.reach), min(length, end + self.reach)
            scores = self._scores(clues, low, high)
            out[begin:end] = scores[begin - low : end - low]
        out -= out.max(axis=1, keepdims=True)
        out -= np.log(np.exp(out).sum(axis=1, keepdims=True))
        return out

    def _scores(self, clues: Clues, low: int, high: int) -> Floats:
        """Return the scores of the tags between two positions."""
        rows = [self.char_rows[clues.char[low:high]], self.pair_rows[clues.pair[low:high]]]
        for known, classes in zip(self.word_rows, clues.words, strict=True):
            rows.append(known[classes[low:high]])
        layer = np.concatenate(rows, axis=1)
        for kernel, bias in zip(self.kernels[:-1], self.biases[:-1], strict=True):
            layer = _convolve(layer, kernel, bias)
            np.maximum(layer, 0, out=layer)
        return _convolve(layer, self.kernels[-1], self.biases[-1])


@cache
def load_network(package: str, name: str) -> Network:
    """Return a network that ships, read once.

    Args:
        package: where its folder ``data`` is.
        name: of the file, without its ending.
    """
    with _open(package, name) as data:
        layers = range(1, 1 + sum(key.startswith("kernel") for key in data))
        return Network(
            characters=load_characters(),
            table=load_word_table(),
            char_rows=_rows(data["char"], data["char_scale"]),
            pair_rows=_rows(data["pair"], data["pair_scale"]),
            word_rows=tuple(data[f"word{n}"].astype(np.float32) for n in WORD_LENGTHS),
            kernels=tuple(data[f"kernel{n}"].astype(np.float32) for n in layers),
            biases=tuple(data[f"bias{n}"] for n in layers),
        )


@cache
def load_characters() -> NDArray[np.int32]:
    """Return the number of each code point; those that no network knows have 0."""
    with _open("hongxian.info.tagging", "words") as data:
        characters = np.zeros(1 << 16, np.int32)
        characters[data["codes"]] = data["numbers"]
        return characters


@cache
def load_word_table() -> WordTable:
    """Return the classes of words, which all networks share."""
    with _open("hongxian.info.tagging", "words") as data:
        hashes = np.cumsum(data["hash_steps"], dtype=np.uint32)
        # the highest classes last: of two words in one slot the last counts
        order = np.argsort(data["classes"], kind="stable")
        return WordTable(hashes[order], data["classes"][order])


@contextmanager
def _open(package: str, name: str) -> Iterator[Mapping[str, NDArray[Any]]]:
    source = files(package) / "data" / f"{name}.npz"
    with source.open("rb") as stream, np.load(stream, allow_pickle=False) as data:
        yield data


def _chosen(clues: Clues, near: NDArray[np.bool_]) -> Clues:
    if near.all():
        return clues
    return Clues(clues.char[near], clues.pair[near], tuple(word[near] for word in clues.words))


def _rows(rows: NDArray[np.int8], scale: Floats) -> Floats:
    return rows.astype(np.float32) * scale


def _blocks(length: int) -> Iterator[tuple[int, int]]:
    for begin in range(0, length, _BLOCK):
        yield begin, min(length, begin + _BLOCK)


def _convolve(layer: Floats, kernel: Floats, bias: Floats) -> Floats:
    """Return the next layer; beyond the edges stand zeros."""
    width, inward, outward = kernel.shape
    # one multiplication for all places of the window, then sums of shifted slices
    parts = layer @ kernel.transpose(1, 0, 2).reshape(inward, width * outward)
    middle = width // 2
    out: Floats = parts[:, middle * outward : (middle + 1) * outward] + bias
    for place in range(width):
        shift = place - middle
        part = parts[:, place * outward : (place + 1) * outward]
        if shift < 0:
            out[-shift:] += part[:shift]
        elif shift > 0:
            out[:-shift] += part[shift:]
    return out
