"""Literals in a GraphQL document: the variables beside it are JSON."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.session.network.charsets import Named

_DOCUMENT = re.compile(
    r"\s*(?:(?:query|mutation|subscription)\b[^{]{0,2000}\{|\{\s*[A-Za-z_]\w{0,60}\s*[({])"
)
_ARGUMENT = re.compile(
    r'\b([A-Za-z_]\w{0,60})\s{0,9}:\s{0,9}(?:"((?:[^"\\\n]|\\.){0,5000}+)"|(-?\d[\d.eE+-]{0,30}+))'
)


def graphql_in(text: str) -> Iterator[Named] | None:
    """Return names and values of the arguments that are written out, else ``None``."""
    if _DOCUMENT.match(text) is None or _ARGUMENT.search(text) is None:
        return None
    return (
        (found[1], found[2] if found[2] is not None else found[3])
        for found in _ARGUMENT.finditer(text)
    )
