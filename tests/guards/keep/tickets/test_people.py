from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.keys import make_key
from hongxian.guards.keep.tickets.people import Rule, load_people


@pytest.fixture
def key(tmp_path: Path) -> str:
    return make_key(tmp_path / "key").public


def read(tmp_path: Path, text: str) -> object:
    (tmp_path / "people.toml").write_text(text)
    return load_people(tmp_path / "people.toml")


def test_people_and_rules(tmp_path: Path, key: str) -> None:
    (tmp_path / "people.toml").write_text(
        f'[people.li]\nname = "李"\nkey = "{key}"\nroles = ["dba"]\nmay = ["propose"]\n'
        '[[rules]]\ntables = ["pay.*"]\napprovals = 2\n[[rules]]\nleast_rows = 10\nroles = ["x"]\n'
        '[tickets]\nlifetime = "10m"\nlongest = "1h"\nmore_rows = 2.0\n'
        '[break_glass]\napprovals = 3\nlongest = "5m"\nalarm = ["https://a.example/"]\n'
    )
    people = load_people(tmp_path / "people.toml")
    assert (people.people["li"].name, people.lifetime, people.longest) == ("李", 600.0, 3_600.0)
    assert (people.more_rows, people.broken.approvals, people.broken_longest) == (2.0, 3, 300.0)
    assert people.alarms == ("https://a.example/",)
    assert [one.approvals for one in people.needed(("pay.a",), 1, "statement")] == [1, 2]
    assert len(people.needed(("a.a",), 10, "statement")) == 2
    assert people.needed(("pay.a",), 1, "break_glass") == [people.broken]


@pytest.mark.parametrize(
    ("objects", "rows", "applies"),
    [(("pay.a",), 10, True), (("x.a", "pay.a"), 99, True), (("x.a",), 99, False),
     (("pay.a",), 9, False), (("pay.a",), -1, True), ((), 99, False)],
)  # fmt: skip
def test_what_a_rule_is_for(objects: tuple[str, ...], rows: int, applies: bool) -> None:
    assert Rule(("pay.*",), 10).applies(objects, rows) is applies
    assert Rule().applies(objects, rows)


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        pytest.param("", "people", id="nobody"),
        pytest.param("people = 1", "people", id="people no table"),
        pytest.param("people.li = 1", "not a table", id="person no table"),
        pytest.param("[people.li]", "key", id="no key"),
        pytest.param('[people.li]\nkey = "AAAA"', "no public key", id="bad key"),
        pytest.param('[people.li]\nkey = "KEY"\nmay = ["rule"]', "rule", id="right"),
        pytest.param('[people.li]\nkey = "KEY"\n[people.wu]\nkey = "KEY"', "public key of li",
                     id="key of two"),
        pytest.param('[people.li]\nkey = "KEY"\nage = 3', "age", id="unknown key"),
        pytest.param('[people.li]\nkey = "KEY"\n[x]', "unknown key 'x'", id="unknown table"),
        pytest.param('rules = [1]\n[people.li]\nkey = "KEY"', "not a table", id="rule no table"),
        pytest.param('[people.li]\nkey = "KEY"\n[[rules]]\napprovals = 0', "approvals", id="none"),
        pytest.param('[people.li]\nkey = "KEY"\n[break_glass]\napprovals = 1', "two", id="one"),
        pytest.param('[people.li]\nkey = "KEY"\n[break_glass]\nalarm = ["http://a.b/"]', "https",
                     id="alarm in clear"),
        pytest.param('[people.li]\nkey = "KEY"\n[tickets]\nlongest = "1y"', "1y", id="span"),
    ],
)  # fmt: skip
def test_faults_are_told(tmp_path: Path, key: str, text: str, fault: str) -> None:
    with pytest.raises(HongxianError) as raised:
        read(tmp_path, text.replace("KEY", key))
    said = getattr(raised.value, "say", lambda _: "")("en")
    assert fault in said
