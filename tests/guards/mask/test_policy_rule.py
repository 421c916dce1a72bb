from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.mask.policy_rule import rule_faults
from hongxian.guards.mask.technique import MODULES


def lines(words: object, info: str = "basic.phone", keys: tuple[str, ...] = ("k1",)) -> list[str]:
    return [fault.say("en") for fault in rule_faults(info, words, list(keys), vault=False)]


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("fpe", []),
        ({"technique": "fpe", "keep": ["segment"], "domain": "d", "key": "k1", "why": "w"}, []),
        (7, ["must be a technique's name, or a table with technique"]),
        ({}, ["technique is missing"]),
        ({"technique": 7}, ["technique is missing"]),
        ("fep", ["no technique 'fep'; nearest: 'fpe'"]),
        ({"technique": "fpe", "kep": []}, ["unknown key 'kep'; nearest: 'keep'"]),
        ({"technique": "fpe", "key": "k9"}, ["no key 'k9'; there are: k1"]),
        ({"technique": "fpe", "cipher": "des"}, ["cipher = 'des' is none of aes, sm4"]),
        ({"technique": "fpe", "keep": "bin"}, ["'keep' has a value of the wrong kind"]),
        ({"technique": "round"}, ["round needs step"]),
        ({"technique": "round", "step": True}, ["'step' has a value of the wrong kind"]),
        ({"technique": "round", "step": float("nan")}, ["'step' has a value of the wrong kind"]),
        ({"technique": "round", "step": 0}, ["step = 0 is less than 1e-09"]),
        ({"technique": "partial", "left": 99}, ["left = 99 is more than 64"]),
        ("token", ["token needs a vault: write [vault] path"]),
        ({"technique": "fpe", "keep": ["x"]}, ["the format phone cannot keep 'x'; known: segment"]),
    ],
)
def test_each_fault_is_one_line(words: object, expected: list[str]) -> None:
    assert lines(words) == expected


def test_a_keyed_technique_without_keys_is_told() -> None:
    assert lines("fpe", keys=()) == ["fpe needs a key: write [keys] active and [keys.NAME]"]
    assert lines("partial", keys=()) == []


def test_a_bare_hash_is_refused_by_type_and_by_group() -> None:
    assert "a bare hash of basic.phone is refused" in lines("hash")[0]
    assert "a bare hash of basic.phone is refused" in lines("hash", "手机号")[0] or lines(
        "hash", "手机号"
    )
    assert "can be guessed" in lines("hash", "basic")[0]


VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=4,
)  # fmt: skip


@given(
    st.sampled_from(list(MODULES)),
    st.dictionaries(
        st.sampled_from(["keep", "alphabet", "format", "edges", "size", "step", "epsilon", "bound",
                         "lower", "upper", "length", "left", "key", "provider", "level"]),
        VALUES, max_size=4,
    ),
)  # fmt: skip
def test_no_words_whatever_make_it_fall_over(name: str, options: dict[str, object]) -> None:
    assert all("\n" not in line for line in lines({"technique": name, **options}))
