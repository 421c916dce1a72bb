"""The data-flow picture: PI, whose code, who gets it, as three columns of an inline SVG."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.reports.names import actor_name, info_name, recipient_name
from hongxian.words.table import cells

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.reports.model import Flow

WIDTH = 1000
LEFTS = (0, 405, 715)
SIZES = (225, 190, 285)
HUES = 8
"""So many colours tell lines of different actors apart; names, not colours, carry the meaning."""
ROW, BOX, TOP = 40, 30, 40
_CELL = 7.1
"""Width of half a Chinese character, which is a Latin one, at the picture's type size."""
_SWEEPS = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """A box of the picture."""

    column: int
    key: str
    name: str
    label: str
    """The name, cut to the box."""
    x: int
    y: float
    width: int
    hue: int | None
    """Of an actor's box; others have none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Edge:
    """A line from one box to one in the next column."""

    path: str
    seen: bool
    title: str
    hue: int
    """Which colour: that of the actor."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Boxes and lines, with the height that they take."""

    height: int
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    width: int = WIDTH
    box: int = BOX
    lefts: tuple[int, ...] = LEFTS


def draw(flows: Iterable[Flow], lang: str) -> Picture:
    """Return the picture of flows; boxes are ordered so that few lines cross."""
    links = _links(flows)
    columns = _ordered(links)
    tallest = max(map(len, columns), default=0)
    names = (info_name, actor_name, recipient_name)
    nodes = {
        (column, key): _node(column, key, names[column](key, lang), place, tallest - len(keys))
        for column, keys in enumerate(columns)
        for place, key in enumerate(keys)
    }
    edges = [
        _edge(nodes[column, start], nodes[column + 1, end], seen=seen)
        for (column, start, end), seen in links.items()
    ]
    edges.sort(key=lambda edge: edge.seen)
    return Picture(height=TOP + tallest * ROW, nodes=tuple(nodes.values()), edges=tuple(edges))


def _links(flows: Iterable[Flow]) -> dict[tuple[int, str, str], bool]:
    links: dict[tuple[int, str, str], bool] = {}
    for flow in flows:
        pairs = [(0, flow.info, flow.actor)]
        if flow.recipient:
            pairs.append((1, flow.actor, flow.recipient))
        for pair in pairs:
            links[pair] = links.get(pair, False) or flow.seen
    return links


def _ordered(links: Iterable[tuple[int, str, str]]) -> list[list[str]]:
    """Order each column by where its neighbours stand, to and fro."""
    columns: list[list[str]] = [[], [], []]
    neighbours: dict[tuple[int, str], list[tuple[int, str]]] = {}
    for column, start, end in links:
        here, there = (column, start), (column + 1, end)
        neighbours.setdefault(here, []).append(there)
        neighbours.setdefault(there, []).append(here)
    for column, key in neighbours:
        columns[column].append(key)
    for sweep in range(_SWEEPS):
        order = (1, 2, 0) if sweep % 2 == 0 else (1, 0, 2)
        for column in order:
            place = {(n, key): i / len(col) for n, col in enumerate(columns)
                     for i, key in enumerate(col)}  # fmt: skip
            columns[column].sort(key=lambda key, n=column, at=place: _mean(  # type: ignore[misc]
                [at[other] for other in neighbours[n, key]]))  # fmt: skip
    return columns


def _mean(places: list[float]) -> float:
    return sum(places) / len(places)


def _node(column: int, key: str, name: str, place: int, room: int) -> Node:
    width = SIZES[column]
    return Node(
        column=column, key=key, name=name, label=cut(name, int((width - 20) / _CELL)),
        x=LEFTS[column], y=TOP + (place + room / 2) * ROW, width=width,
        hue=place % HUES if column == 1 else None,
    )  # fmt: skip


def cut(name: str, room: int) -> str:
    """Return a name, cut to so many half-width characters."""
    if cells(name) <= room:
        return name
    while name and cells(name) >= room:
        name = name[:-1]
    return name + "…"


def _edge(start: Node, end: Node, *, seen: bool) -> Edge:
    left, right = start.x + start.width, end.x
    first, last = start.y + BOX / 2, end.y + BOX / 2
    bend = (right - left) / 2
    path = f"M{left} {first:g}C{left + bend:g} {first:g} {right - bend:g} {last:g} {right} {last:g}"
    hue = end.hue if start.hue is None else start.hue
    return Edge(path=path, seen=seen, title=f"{start.name} → {end.name}", hue=hue or 0)
