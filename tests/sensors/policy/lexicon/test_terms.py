"""The lexicon's files hold what they may hold."""

from importlib.resources import files

import pytest

from hongxian.facts.vocabulary import DECLARED, PURPOSES
from hongxian.info import load_groups, load_types
from hongxian.laws.app_types import load_app_types
from hongxian.laws.permissions import load_android, load_permission_groups
from hongxian.laws.sdks import load_sdks
from hongxian.sensors.policy.lexicon.terms import (
    FILES,
    load_cues,
    load_ignored,
    load_terms,
    read_rows,
)

PARTIES = {"first_party", "person", "third_party", "affiliate", "authority", "other_users"}
PERMISSION_GROUPS = {one.group for one in load_android().values()} | set(load_permission_groups())
ALLOWED = {
    "info": {*load_types(), *load_groups(), "personal"},
    "acts": set(DECLARED),
    "parties": {*PARTIES, *load_sdks()},
    "permissions": {*load_android(), *PERMISSION_GROUPS},
    "conditions": {"consent", "separate_consent", "legal_exception", "law", "choice"},
    "negations": {"not", "without", "never"},
    "modality": {"may", "will", "must"},
    "references": {"above", "following", "such"},
    "retention": {"fixed", "shortest", "until_deletion", "legal_minimum"},
    "methods": {"sdk", "cookie", "manual", "permission", "api", "server", "device"},
    "purposes": set(PURPOSES),
}


@pytest.mark.parametrize("name", sorted(ALLOWED))
def test_keys_are_known(name) -> None:
    assert {row[2] for row in read_rows(name)} <= ALLOWED[name]


def test_functions_are_basic_ones_of_an_app_type_or_extended() -> None:
    keys = {row[2].split(":", 1) for row in ()} or [
        row[2].split(":", 1) for row in read_rows("functions")
    ]
    types = load_app_types()
    assert all(kind == "extended" or word in types for kind, word in keys)


@pytest.mark.parametrize("name", [*FILES, "purposes"])
def test_rows_are_whole_and_single(name) -> None:
    rows = list(read_rows(name))
    assert all(len(row) == 5 for row in rows)
    assert all(row[1] in {"zh", "en"} and 0 < float(row[3]) <= 1 for row in rows)
    words = [(row[0].lower(), row[1]) for row in rows]
    assert len(words) == len(set(words))


def test_every_pi_type_has_a_chinese_word() -> None:
    named = {row[2] for row in read_rows("info") if row[1] == "zh"}
    assert set(load_types()) <= named


def test_ignored_words_name_a_kind() -> None:
    assert {kind for _, kind in load_ignored()} <= {*FILES.values(), "purpose"}


def test_names_of_sdks_come_from_the_list() -> None:
    names = {term.text: term.key for term in load_terms() if term.kind == "party"}
    assert names["极光推送"] == "jpush"
    assert names["高德地图"] == "amap"


def test_cues_name_a_purpose() -> None:
    assert load_cues()["推送"] == ("push", 1.0)


def test_the_source_of_the_characters_is_named() -> None:
    table = files("hongxian.sensors.policy.lexicon") / "data" / "traditional.tsv"
    rows = table.read_text("utf-8").splitlines()
    assert all(len(row.split("\t")[0]) == 1 for row in rows[1:])
    assert "體\t体" in rows
