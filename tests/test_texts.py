"""Every text is there in both languages, with the same places, and somebody uses it."""

from __future__ import annotations

import ast
import re
import string
from functools import cache
from pathlib import Path

import pytest

from hongxian.words import LANGUAGES, area_words

SOURCE = Path(__file__).parents[1] / "src" / "hongxian"
AREAS = sorted(path.stem for path in (SOURCE / "words").glob("*.toml"))
ENTRIES = [(area, name) for area in AREAS for name in area_words(area)]
_QUOTED = re.compile(r"'([^'\n]*)'(\s*~)?")
_ANY = r"[\w.-]+"


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name is not None}


@cache
def literals() -> frozenset[str]:
    """All constant texts of the code, of its rules and of its templates."""
    found = {
        node.value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    for suffix in ("sql", "j2"):
        for path in SOURCE.rglob(f"*.{suffix}"):
            found.update(text for text, _ in _QUOTED.findall(path.read_text("utf-8")))
    for path in SOURCE.rglob("data/*.toml"):  # a table names the reasons that it gives
        found.update(re.findall(r'"([a-z_]+)"', path.read_text("utf-8")))
    return frozenset(found)


@cache
def patterns() -> tuple[re.Pattern[str], ...]:
    """Texts that are put together from a beginning, an end and something between."""
    found = set()
    for path in SOURCE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.JoinedStr):
                found.add("".join(
                    re.escape(part.value)
                    if isinstance(part, ast.Constant) and isinstance(part.value, str)
                    else _ANY
                    for part in node.values
                ))  # fmt: skip
    for path in SOURCE.rglob("*.j2"):
        joined = (text for text, more in _QUOTED.findall(path.read_text("utf-8")) if more)
        found.update(re.escape(text) + _ANY for text in joined)
    generic = {re.escape(f"{area}.") + _ANY for area in AREAS} | {_ANY, rf"{_ANY}\.{_ANY}"}
    return tuple(
        re.compile(pattern) for pattern in found - generic if re.search(r"\w_|\w\\\.", pattern)
    )


@pytest.mark.parametrize("area", AREAS)
def test_texts_are_whole(area: str) -> None:
    for name, texts in area_words(area).items():
        assert set(texts) == set(LANGUAGES), name
        assert all(text.strip() for text in texts.values()), name
        assert len({frozenset(places(text)) for text in texts.values()}) == 1, name


def test_every_key_in_use_is_there() -> None:
    keys = {f"{area}.{name}" for area, name in ENTRIES}
    asked = {
        node.args[0].value
        for path in SOURCE.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text("utf-8")))
        if isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name)
        and node.func.id == "say"
        and node.args
        and isinstance(node.args[0], ast.Constant)
    }
    assert asked - keys == set()


def test_every_text_is_used() -> None:
    def used(area: str, name: str) -> bool:
        if area in ("vocabulary", "click"):
            return True  # the words of facts, and of a library: others choose among them
        key = f"{area}.{name}"
        return bool({key, name} & literals()) or any(
            one.fullmatch(key) or one.fullmatch(name) for one in patterns()
        )

    assert [f"{area}.{name}" for area, name in ENTRIES if not used(area, name)] == []
