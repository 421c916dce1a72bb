"""Which PI the fields of a form ask for, by the labels and hints that stand at them."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.session.screens.words import load_words, one_of

if TYPE_CHECKING:
    import re
    from collections.abc import Iterator

    from hongxian.sensors.session.model import Screen

_FIELD = ("EditText", "AutoCompleteTextView", "TextInput")
LABEL = 20
"""A longer text before a field is no label of it."""


def form_fields(screen: Screen) -> Iterator[str]:
    """Yield the PI type of each field that says what belongs into it.

    Only hint and label are read, never what somebody has put into the field.
    """
    before = ""
    for node in screen.nodes:
        if node.kind.endswith(_FIELD):
            for info, words in _patterns():
                if words.search(node.hint or before):
                    yield info
                    break
            before = ""
        elif node.words:
            before = node.words if len(node.words) <= LABEL else ""


def _patterns() -> Iterator[tuple[str, re.Pattern[str]]]:
    for row in load_words()["field"]:
        yield row["info"], one_of(row["text"])
