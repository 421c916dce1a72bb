"""Small pages, read as a user's file is, for the tests of tables and lists."""

from __future__ import annotations

from typing import TYPE_CHECKING

from tests.sensors.policy.texts import line

from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.relations import declare

if TYPE_CHECKING:
    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document


def page(body: str) -> Document:
    """A page with this body."""
    return read_bytes("p.html", f"<title>隐私政策</title>{body}".encode())


def table(*rows: str) -> str:
    """A table of rows whose cells are parted by bars; the first row is its header."""
    cells = [[cell.strip() for cell in row.split("|")] for row in rows]
    lines = ["".join(f"<td>{cell}</td>" for cell in row) for row in cells]
    return "<table>" + "".join(f"<tr>{one}</tr>" for one in lines) + "</table>"


def declared(body: str) -> list[Declaration]:
    """What a page declares."""
    read = page(body)
    return declare(read, find_mentions(read))


def said(body: str) -> set[str]:
    """The facts of a page: act, PI, actor > recipient, purpose."""
    return {line(one) for one in declared(body)}
