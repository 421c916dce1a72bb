from __future__ import annotations

import tomllib
from contextlib import suppress
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.guards.mask.policy import Rule
from hongxian.guards.mask.policy_file import PolicyError, load_policy, read_policy

if TYPE_CHECKING:
    from pathlib import Path

WHOLE = """
[keys]
active = "k1"
[keys.k1]
env = "OUR_MASK_KEY"
[keys.k0]
file = "old.key"
[keys.kms]
command = ["printf", "000102030405060708090a0b0c0d0e0f"]

[vault]
path = "tokens.vault"

[columns]
mobile = "basic.phone"
"身份证" = "identity.doc_number"

[types."basic.phone"]
analyst = "token"
test = { technique = "fpe", keep = ["segment"], key = "k0" }

[types.device]
lender = "suppress"

[audiences.lender]
like = "partner"
unknown = "suppress"
"""


def test_a_policy_says_keys_vault_columns_rules_and_audiences(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(WHOLE, "utf-8")
    (tmp_path / "old.key").write_text("ff" * 32)
    (tmp_path / "old.key").chmod(0o600)
    monkeypatch.setenv("OUR_MASK_KEY", "ee" * 32)
    policy = load_policy(path)
    assert policy.vault == tmp_path / "tokens.vault"
    assert policy.columns == {"mobile": "basic.phone", "身份证": "identity.doc_number"}
    assert [policy.ring.key(name).name for name in (None, "k0", "kms")] == ["k1", "k0", "kms"]
    expected = Rule(technique="fpe", options={"keep": ["segment"]}, key="k0")
    assert policy.rule("basic.phone", "test") == expected
    assert policy.rule("device.imei", "lender").technique == "suppress"
    assert policy.audience("lender").unknown == "suppress"


def test_an_empty_policy_is_the_defaults(tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text("")
    assert load_policy(path).rule("basic.age", "partner").technique == "band"


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[type]", "p.toml: unknown key 'type'; nearest: 'types'"),
        ("keys = 1", "p.toml: keys: not a table"),
        ('[keys]\n[keys.k1]\nenv="A"', "p.toml: keys: write active = the name of the key in use"),
        ('[keys]\nactive="k2"\n[keys.k1]\nenv="A"',
         "p.toml: keys.active: no key 'k2'; known: k1"),
        ('[keys]\nactive="k1"\nk1="secret"', "p.toml: keys.k1: not a table"),
        ('[keys]\nactive="k1"\n[keys.k1]\nen="A"',
         "p.toml: keys.k1: unknown key 'en'; nearest: 'env'\n"),
        ('[keys]\nactive="k1"\n[keys.k1]\nenv="A"\nfile="b"', "a key has one source, no more"),
        ('[keys]\nactive="k1"\n[keys.k1]\ncommand="a b"',
         "'command' has a value of the wrong kind"),
        ('[keys]\nactive="k1"\n[keys.k1]\ncommand=[]', "'command' has a value of the wrong kind"),
        ("[vault]\nfile='x'", "p.toml: vault: unknown key 'file'; known: path"),
        ("[vault]\npath=7", "p.toml: vault: 'path' has a value of the wrong kind"),
        ('[columns]\na="basic.phon"',
         "p.toml: columns.a: no PI type 'basic.phon'; nearest: 'basic.phone'"),
        ('[columns]\na="zzzz"', "p.toml: columns.a: no PI type 'zzzz'; `hongxian info` lists them"),
        ("[columns]\na=7", "p.toml: columns.a: no PI type '7'"),
        ('[types.basc]\ntest="keep"', "p.toml: types.basc: no PI type 'basc'; nearest: 'basic'"),
        ('[types]\nbasic="keep"', "p.toml: types.basic: not a table"),
        ('[types.basic]\ntset="keep"', "p.toml: types.basic: no audience 'tset'; nearest: 'test'"),
        ('[types.basic]\ntest="kep"',
         "p.toml: types.basic.test: no technique 'kep'; nearest: 'keep'"),
        ("[audiences]\na=1", "p.toml: audiences.a: not a table"),
        ('[audiences.a]\nlik="test"', "p.toml: audiences.a: unknown key 'lik'; nearest: 'like'"),
        ('[audiences.a]\nlike="tset"', "p.toml: audiences.a: no audience 'tset'; nearest: 'test'"),
        ('[audiences.a]\nunknown="x"', "unknown = 'x' is none of keep, text, suppress"),
        ("[", "p.toml: no valid TOML"),
        ("\udcff", "p.toml: not UTF-8 text"),
        ("a=" + "[" * 9999, "p.toml: no valid TOML: nested too deeply"),
        ("#" * (1 << 20) + "#", "p.toml: the file is too large (1048576 bytes at most)"),
    ],
)  # fmt: skip
def test_each_fault_is_one_line_with_its_place(text: str, line: str, tmp_path: Path) -> None:
    path = tmp_path / "p.toml"
    path.write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(HongxianError) as told:
        load_policy(path)
    assert line in str(told.value)


def test_all_faults_are_told_at_once_in_either_language(tmp_path: Path) -> None:
    content = tomllib.loads('[columns]\na="zzzz"\n[types.basic]\ntest="kep"\npublic="hash"')
    with pytest.raises(PolicyError) as told:
        read_policy(content, tmp_path / "p.toml")
    assert len(told.value.say("zh").splitlines()) == len(told.value.faults) == 3
    assert "没有名为“kep”的去标识化技术；最接近的是“keep”" in told.value.say("zh")


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        load_policy(tmp_path / "none.toml")


_LEAVES = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=6)
_WORDS = st.sampled_from(["keys", "active", "k1", "env", "command", "vault", "path", "columns",
                          "types", "basic.phone", "basic", "*", "test", "analyst", "technique",
                          "keep", "fpe", "audiences", "like", "unknown", "domain"])  # fmt: skip
_TREES = st.recursive(
    _LEAVES | _WORDS,
    lambda inner: st.lists(inner, max_size=3)
    | st.dictionaries(_WORDS | st.text(max_size=4), inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(_WORDS, _TREES, max_size=5))
def test_no_content_whatever_makes_the_reader_fall_over(
    tmp_path_factory: pytest.TempPathFactory, content: dict[str, object]
) -> None:
    with suppress(PolicyError):
        read_policy(content, tmp_path_factory.getbasetemp() / "p.toml")


@given(st.integers(0, len(WHOLE) - 1), st.sampled_from(list('"[]{}=.#\n\x00é7 ')))
def test_a_policy_with_a_wrong_character_is_read_or_refused(
    tmp_path_factory: pytest.TempPathFactory, place: int, char: str
) -> None:
    path = tmp_path_factory.getbasetemp() / "mutated.toml"
    path.write_text(WHOLE[:place] + char + WHOLE[place + 1 :], "utf-8")
    with suppress(HongxianError):
        load_policy(path)
