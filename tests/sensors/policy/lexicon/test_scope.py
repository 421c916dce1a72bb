"""Where PI is meant and where it is only named."""

import pytest

from hongxian.sensors.policy.lexicon.match import Hit
from hongxian.sensors.policy.lexicon.scope import SURE, weigh


def certainty(text, word, verb=None, purpose=None) -> float:
    def hits(part, key) -> list[Hit]:
        return [Hit(text.index(part), text.index(part) + len(part), key, 1.0)] if part else []

    (hit,) = weigh(text, hits(word, "x"), hits(verb, "collect"), hits(purpose, "other"))
    return hit.certainty


@pytest.mark.parametrize(
    ("text", "verb"),
    [
        ("我们收集您的姓名", "收集"),
        ("您的姓名会被收集", "收集"),
        ("需要您的姓名", None),
        ("（1）姓名", None),
    ],
)
def test_objects_and_entries_are_meant(text, verb) -> None:
    assert certainty(text, "姓名", verb) >= SURE


@pytest.mark.parametrize(
    ("text", "verb", "purpose"),
    [
        ("我们收集年龄，用于核对姓名", "收集", "用于核对姓名"),
        ("我们收集年龄，以便核对姓名", "收集", None),
        ("为了核对姓名，我们努力工作", None, "为了核对姓名"),
        ("通过姓名我们收集年龄", "收集", None),
    ],
)
def test_purposes_and_means_are_not(text, verb, purpose) -> None:
    assert certainty(text, "姓名", verb, purpose) < SURE


def test_a_list_is_meant_as_a_whole() -> None:
    text = "姓名、年龄、性别、生日。我们努力。"
    places = [0, 3, 6, 9]
    found = weigh(text, [Hit(at, at + 2, "x", 1.0) for at in places], [], [])
    assert all(hit.certainty == 1 for hit in found)
