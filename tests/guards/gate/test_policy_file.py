from __future__ import annotations

import json
import string
from contextlib import suppress
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.guards.gate.policy_file import (
    dump_cohorts,
    load_cohorts,
    load_gate_policy,
    read_gate_policy,
    seconds_of,
)
from hongxian.signals.cohort import Cohort

WHOLE = """
[gate]
mode = "enforce"
principals = ["token", "ip"]
groups = ["asn"]
windows = ["1d", "30d"]
remember = 500
canaries = "canaries.txt"
cohorts = "learned.json"
[actions]
limit = "block"
[endpoints."POST /contacts/*"]
needs = ["netid.user_id"]
mask = ["*", "basic.phone"]
fail = "open"
hashed = "basic.phone"
[endpoints."POST /contacts/*".limits."basic.phone"]
distinct = 500
window = "1h"
action = "block"
[[allow]]
principal = "account:partner"
owner = "Li Lei"
until = 2026-12-31
"""


def load(tmp_path: Path, text: str):  # noqa: ANN201 - a policy
    path = tmp_path / "gate.toml"
    path.write_text(text, "utf-8")
    return load_gate_policy(path)


def test_a_whole_policy_is_read(tmp_path: Path) -> None:
    (tmp_path / "canaries.txt").write_text("13000010001 # never issued\n\nbasic.email a@b.cn\n")
    (tmp_path / "learned.json").write_text(dump_cohorts({"GET /": Cohort(score=12)}))
    policy = load(tmp_path, WHOLE)
    assert (policy.mode, policy.principals, policy.most_principals) == (
        "enforce",
        ("token", "ip"),
        500,
    )
    assert [one.seconds for one in policy.windows] == [3_600, 86_400, 2_592_000]
    assert policy.canaries == (("basic.phone", "13000010001"), ("basic.email", "a@b.cn"))
    assert policy.rule("POST /contacts/match").limits["basic.phone"].distinct == 500
    rule = policy.rule("POST /contacts/match")
    assert (rule.mask, rule.fail) == (("*", "basic.phone"), "open")
    assert policy.cohort("GET /").score == 12
    assert policy.allowed[0].until == date(2026, 12, 31)
    assert policy.action("limit") == "block"


def test_an_empty_policy_learns_and_stops_nothing(tmp_path: Path) -> None:
    assert load(tmp_path, "").mode == "learn"


@pytest.mark.parametrize(("text", "line"), [
    ("[gates]", "unknown key 'gates'"),
    ("gate = 1", "gate"),
    ("[allow]\na = 1", "write it as a list"),
    ("[gate]\nmode = 'soft'", "mode = 'soft' is none of learn, enforce"),
    ("[gate]\nmodes = 'learn'", "unknown key 'modes'"),
    ("[gate]\nremember = true", "'remember' has a value of the wrong kind"),
    ("[gate]\nremember = 0", "'remember' has a value of the wrong kind"),
    ("[gate]\nprincipals = ['who']", "principals = 'who' is none of"),
    ("[gate]\nwindows = ['soon', 3]", "'soon' is no span of time"),
    ("[actions]\nleak = 'block'", "'leak' is none of"),
    ("[actions]\nlimit = 'stop'", "limit = 'stop' is none of"),
    ("[endpoints]\na = 1", "endpoints.a"),
    ("[endpoints.a]\nneeds = ['phon']", "no PI type 'phon'"),
    ("[endpoints.a]\nneeds = [1]", "no PI type '1'"),
    ("[endpoints.a.limits.'basic.phone']\nwindow = '1h'", "distinct is missing"),
    ("[endpoints.a.limits.'basic.phone']\ndistinct = 1\nwindow = 'x'", "'x' is no span"),
    ("[endpoints.a.limits.'basic.phone']\ndistinct = 1\naction = 'x'", "action = 'x'"),
    ("[endpoints.a]\nmask = ['phon']", "no PI type 'phon'"),
    ("[endpoints.a]\nneeds = ['*']", "no PI type '*'"),
    ("[endpoints.a]\nhashed = 'phon'", "no PI type 'phon'"),
    ("[endpoints.a]\nfail = 'soft'", "fail = 'soft' is none of open, closed"),
    ("[listen]\nport = 1", "unknown key 'port'"),
    ("listen = 1", "not a table"),
    ("[endpoints.a.limits]\nobject = 1", "limits.object"),
    ("[[allow]]\nprincipal = 'account:x'", "owner is missing"),
    ("[[allow]]\nprincipal = 'x'\nowner = 'y'\nuntil = 2026-01-01", "must be KIND:NAME"),
    ("[[allow]]\nuntil = 2026-01-01T00:00:00", "'until' has a value of the wrong kind"),
    ("[gate", "no valid TOML"),
    ("[gate]\ncanaries = 'none.txt'", "No such file"),
    ("[gate]\ncohorts = 'gate.toml'", "not a file that hongxian watch --learn wrote"),
    ("a = " + "[" * 5_000, "TOML"),
])  # fmt: skip
def test_faults_are_told_one_line_each(tmp_path: Path, text: str, line: str) -> None:
    with pytest.raises(HongxianError) as told:
        load(tmp_path, text)
    assert line in str(told.value)


def test_all_faults_are_told_at_once_in_both_languages(tmp_path: Path) -> None:
    with pytest.raises(HongxianError) as told:
        load(tmp_path, "[gate]\nmode = 'x'\nremember = -1\n")
    assert len(told.value.say("zh").splitlines()) == 2  # type: ignore[attr-defined]
    assert "值类型不对" in told.value.say("zh")  # type: ignore[attr-defined]


def test_files_that_are_no_text_or_too_large_are_told(tmp_path: Path) -> None:
    path = tmp_path / "gate.toml"
    path.write_bytes(b"\xff\xfe")
    with pytest.raises(HongxianError, match="not UTF-8"):
        load_gate_policy(path)
    path.write_bytes(b"#" * (1 << 21))
    with pytest.raises(HongxianError, match="too large"):
        load_gate_policy(path)
    (tmp_path / "c").write_bytes(b"\xff")
    path.write_text("[gate]\ncanaries = 'c'")
    with pytest.raises(HongxianError, match="not UTF-8"):
        load_gate_policy(path)


def test_what_was_learned_comes_back(tmp_path: Path) -> None:
    path = tmp_path / "learned.json"
    path.write_text(dump_cohorts({"GET /手机": Cohort(fitted=3)}), "utf-8")
    assert load_cohorts(path) == {"GET /手机": Cohort(fitted=3)}


@pytest.mark.parametrize("text", ["[]", "{", '{"a": 1}', '{"a": {"b": 1}}', "[" * 100_000])
def test_other_files_are_nothing_learned(tmp_path: Path, text: str) -> None:
    path = tmp_path / "learned.json"
    path.write_text(text)
    with pytest.raises(HongxianError, match="not a file that"):
        load_cohorts(path)


def test_spans() -> None:
    assert [seconds_of(one) for one in ("5s", "15m", "1h", "30d", "0h", "x", "")] == [
        5, 900, 3_600, 2_592_000, 0, 0, 0
    ]  # fmt: skip


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(string.printable, max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(
        st.sampled_from(["gate", "allow", "endpoints", "actions", "limits", "needs", "mode",
                         "windows", "principals", "principal", "until", "distinct", "object"]),
        inner, max_size=4),
    max_leaves=12,
)  # fmt: skip


@given(st.dictionaries(st.sampled_from(["gate", "actions", "endpoints", "allow", "x"]), JSON))
@settings(deadline=None)
def test_any_content_is_a_policy_or_told_faults(content: dict) -> None:
    json.dumps(content)
    with suppress(HongxianError):
        assert read_gate_policy(content, Path("gate.toml")).mode in ("learn", "enforce")
