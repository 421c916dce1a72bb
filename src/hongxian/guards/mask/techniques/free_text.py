"""Free text: the PI in it is covered, each kind by its convention; the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, TextBytes, as_text, pa, pc, texts
from hongxian.guards.mask.technique import Technique
from hongxian.guards.mask.techniques.partial import covered, shape_of
from hongxian.info.addresses import find_addresses_in
from hongxian.info.names import find_names_in
from hongxian.info.recognise import load_recognisers, scan_buffer
from hongxian.info.types import load_types

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from hongxian.guards.mask.technique import Apply, Setting

    Span = tuple[int, int, int, str]
    """A row, where a value begins and ends in the bytes of the column, its PI type."""
    Cut = tuple[int, int, bytes]

_COVERED_TOO = "secret."
"""How kinds begin that are no PI and are covered nevertheless: keys of interfaces, tokens."""

_WORDS = r"\pL[\pL·. ]"
"""Without two letters side by side a text holds no name and no address."""


def _apply(setting: Setting) -> Apply:
    del setting

    def apply(column: Any) -> Masked:
        coded = as_text(column).dictionary_encode()
        return Masked(covered_texts(coded.dictionary).take(coded.indices))

    return apply


def covered_texts(column: Any) -> Any:
    """Return texts with the PI in them covered: numbers and keys first, then addresses, names."""
    if not len(column):
        return column
    offsets, data = TextBytes(column).layout()
    found = _apart([*_numbers(offsets, data), *_words(column, offsets)])
    cuts: dict[int, list[Cut]] = {}
    for info in {info for *_, info in found}:
        _cut(data, [span for span in found if span[3] == info], cuts)
    rows = sorted(cuts)
    new = [_spliced(data, offsets[row : row + 2].tolist(), sorted(cuts[row])) for row in rows]
    changed = np.zeros(len(column), bool)
    changed[rows] = True
    return pc.replace_with_mask(column, pa.array(changed), texts(new))


def _numbers(offsets: Any, data: Any) -> Iterator[Span]:
    hits = scan_buffer(data.tobytes(), offsets)
    infos, types = [one.info for one in load_recognisers()], load_types()
    names = ("row", "start", "end", "recogniser")
    for row, start, end, place in zip(*(hits[name].tolist() for name in names), strict=True):
        if infos[place] in types or infos[place].startswith(_COVERED_TOO):
            yield row, start, end, infos[place]


def _words(column: Any, offsets: Any) -> Iterator[Span]:
    """Yield addresses and names; only of texts with letters, because to tag is dear."""
    worth = pc.match_substring_regex(column, _WORDS)
    rows = np.flatnonzero(worth.to_numpy(zero_copy_only=False)).tolist()
    values = column.take(pa.array(rows, pa.int64())).to_pylist()
    finders: list[tuple[str, Callable[..., Iterable[Any]]]] = [
        ("basic.address", find_addresses_in), ("basic.name", find_names_in),
    ]  # fmt: skip
    for info, find in finders:
        for row, text, hits in zip(rows, values, find(values), strict=True):
            for hit in hits:
                start = int(offsets[row]) + len(text[: hit.start].encode())
                yield row, start, start + len(text[hit.start : hit.end].encode()), info


def _apart(spans: list[Span]) -> list[Span]:
    """Leave out what overlaps a value that came before it."""
    taken: dict[int, list[tuple[int, int]]] = {}
    found = []
    for row, start, end, info in spans:
        own = taken.setdefault(row, [])
        if start < end and all(end <= first or start >= last for first, last in own):
            own.append((start, end))
            found.append((row, start, end, info))
    return found


def _cut(data: Any, spans: list[Span], cuts: dict[int, list[Cut]]) -> None:
    """Cover all values of one kind together, whatever texts they stand in."""
    values = [data[start:end].tobytes().decode("utf-8", "replace") for _, start, end, _ in spans]
    shown = covered(texts(values), shape_of(spans[0][3])).to_pylist()
    for (row, start, end, _), new in zip(spans, shown, strict=True):
        cuts.setdefault(row, []).append((start, end, new.encode()))


def _spliced(data: Any, edges: list[int], cuts: Iterable[Cut]) -> str:
    at, last = edges
    parts = []
    for start, end, new in cuts:
        parts += [data[at:start].tobytes(), new]
        at = end
    return b"".join([*parts, data[at:last].tobytes()]).decode("utf-8", "replace")


TECHNIQUE = Technique(name="text", apply=_apply)
