"""Free text: the PI in it is covered, each kind by its convention; the rest stays."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from hongxian.guards.mask.cells import Masked, TextBytes, as_text, pa, pc, texts
from hongxian.guards.mask.technique import Technique
from hongxian.guards.mask.techniques.partial import covered, shape_of
from hongxian.info.recognise import load_recognisers, scan_buffer
from hongxian.info.types import load_types

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.guards.mask.technique import Apply, Setting

    Cut = tuple[int, int, bytes]

_COVERED_TOO = "secret."
"""How kinds begin that are no PI and are covered nevertheless: keys of interfaces, tokens."""


def _apply(setting: Setting) -> Apply:
    del setting

    def apply(column: Any) -> Masked:
        coded = as_text(column).dictionary_encode()
        return Masked(covered_texts(coded.dictionary).take(coded.indices))

    return apply


def covered_texts(column: Any) -> Any:
    """Return texts with the PI in them covered; one pass over the buffer of the column."""
    if not len(column):
        return column
    offsets, data = TextBytes(column).layout()
    hits = scan_buffer(data.tobytes(), offsets)
    infos = [one.info for one in load_recognisers()]
    types = load_types()
    cuts: dict[int, list[Cut]] = {}
    for place in np.unique(hits["recogniser"]).tolist():
        info = infos[place]
        if info in types or info.startswith(_COVERED_TOO):
            _cut(data, hits[hits["recogniser"] == place], info, cuts)
    rows = sorted(cuts)
    new = [_spliced(data, offsets[row : row + 2].tolist(), sorted(cuts[row])) for row in rows]
    changed = np.zeros(len(column), bool)
    changed[rows] = True
    return pc.replace_with_mask(column, pa.array(changed), texts(new))


def _cut(data: Any, hits: Any, info: str, cuts: dict[int, list[Cut]]) -> None:
    """Cover all values of one kind together, whatever texts they stand in."""
    edges = list(zip(hits["start"].tolist(), hits["end"].tolist(), strict=True))
    values = [data[start:end].tobytes().decode("utf-8", "replace") for start, end in edges]
    shown = covered(texts(values), shape_of(info)).to_pylist()
    for row, (start, end), new in zip(hits["row"].tolist(), edges, shown, strict=True):
        cuts.setdefault(row, []).append((start, end, new.encode()))


def _spliced(data: Any, edges: list[int], cuts: Iterable[Cut]) -> str:
    at, last = edges
    parts = []
    for start, end, new in cuts:
        parts += [data[at:start].tobytes(), new]
        at = end
    return b"".join([*parts, data[at:last].tobytes()]).decode("utf-8", "replace")


TECHNIQUE = Technique(name="text", apply=_apply)
