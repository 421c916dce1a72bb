import os
from typing import Any

import pytest
from tests.sensors.app.package.makers import M, zipped

from hongxian.sensors.app.package.container import Archive, Limits
from hongxian.sensors.app.package.faults import PackageError

TEXT = b"the lamp is on " * 20


def archive(*members: M, **limits: Any) -> Archive:
    return Archive(zipped(*members), "x.apk", limits=Limits(**limits))


def words(found: Archive) -> list[tuple[str, str]]:
    return [(problem.where, problem.word) for problem in found.problems]


@pytest.mark.parametrize("method", [0, 8])
def test_reads_stored_and_deflated_members(method: int) -> None:
    found = archive(M("a.txt", TEXT, method=method))
    assert found.read("a.txt") == TEXT
    assert found.problems == []


@pytest.mark.parametrize(
    ("member", "word"),
    [
        (M("a", TEXT, flags=1), "false_encryption"),
        (M("a", TEXT, method=0x5A5A), "false_method"),
        (M("a", TEXT, method=0x5A5A, body=zipped(M("a", TEXT))[31:-69]), "false_method"),
    ],
    ids=["encryption flag", "method, stored", "method, deflated"],
)
def test_what_android_forgives_is_read_and_noted(member: M, word: str) -> None:
    found = archive(member)
    assert found.read("a") == TEXT
    assert words(found) == [("a", word)]
    assert found.problems[0].harmless


@pytest.mark.parametrize(
    ("member", "line"),
    [
        (M("a", flags=1, size=60, body=os.urandom(60)), "a: the member is encrypted; not read"),
        (M("a", TEXT, method=0, flags=1, crc=1), "a: the member is encrypted; not read"),
        (M("a", size=9, body=b"\xff" * 9), "a: damaged compressed data; not read"),
        (M("a", b"\0" * (9 << 20)), "a: compression ratio 1027:1 looks like a bomb; not read"),
        (
            M("a", b"1", size=1 << 30, packed=1 << 29),
            "a: the member has 1073741824 bytes, more than the limit of 268435456; not read",
        ),
    ],
    ids=["encrypted", "encrypted, stored", "damaged", "bomb", "too large"],
)
def test_what_cannot_be_read_is_one_clear_line(member: M, line: str) -> None:
    found = archive(member, M("b", b"fine"))
    with pytest.raises(PackageError) as caught:
        found.read("a")
    assert str(caught.value) == line
    assert found.get("a") is None
    assert found.read("b") == b"fine"
    assert [problem.where for problem in found.problems] == ["a"]


def test_a_member_that_is_not_there() -> None:
    with pytest.raises(PackageError, match=r"^b: the package has no such member$"):
        archive(M("a")).read("b")


def test_a_damaged_local_header() -> None:
    data = zipped(M("a", b"1"), M("b", b"2"))
    found = Archive(data.replace(b"PK\3\4", b"XXXX", 1), "x.apk")
    with pytest.raises(PackageError, match=r"^a: damaged member header; not read$"):
        found.read("a")
    assert found.read("b") == b"2"


@pytest.mark.parametrize(
    ("member", "content", "word"),
    [
        (M("a", TEXT, size=500), TEXT, "member_short"),
        (M("a", TEXT, size=10, crc=0), TEXT[:10], "member_long"),
        (M("a", TEXT, crc=7), TEXT, "checksum"),
    ],
)
def test_what_is_read_in_part_is_told(member: M, content: bytes, word: str) -> None:
    found = archive(member)
    assert found.read("a") == content
    assert word in [problem.word for problem in found.problems]


def test_all_reading_together_has_a_limit() -> None:
    found = archive(M("a", TEXT), M("b", TEXT), total=400)
    found.read("a")
    with pytest.raises(PackageError, match=r"^b: more than 400 bytes read from the package"):
        found.read("b")


def test_a_reader_may_ask_for_a_smaller_limit() -> None:
    with pytest.raises(PackageError, match="more than the limit of 10"):
        archive(M("a", TEXT)).read("a", 10)


def test_of_duplicates_the_first_is_read_and_it_is_told() -> None:
    found = archive(M("classes.dex", b"first"), M("classes.dex", b"second"))
    assert found.read("classes.dex") == b"first"
    assert words(found) == [("classes.dex", "duplicate")]
    assert found.problems[0].scope == "app.code"


@pytest.mark.parametrize("name", ["../../etc/passwd", "/etc/passwd", "assets\\..\\..\\x", "a\0b"])
def test_names_that_lead_out_are_left_out(name: str) -> None:
    found = archive(M(name, b"1"), M("ok", b"2"))
    assert list(found.members) == ["ok"]
    assert words(found) == [(name, "unsafe_name")]


def test_folders_are_no_members() -> None:
    assert list(archive(M("res/", method=0), M("res/a", b"1")).members) == ["res/a"]


def test_a_truncated_file_keeps_its_members_and_tells_every_scope() -> None:
    whole = zipped(M("a", TEXT), M("b", os.urandom(500)))
    found = Archive(whole[:300], "x.apk")
    assert found.read("a") == TEXT
    assert {problem.scope for problem in found.problems} == {
        "app.manifest",
        "app.code",
        "app.resources",
        "app.native",
    }
    assert (
        found.problems[0].what
        == "truncated: no ZIP directory; 2 members found by their own headers"
    )


def test_locators_carry_the_prefix() -> None:
    found = Archive(zipped(M("a", TEXT, crc=7)), "base.apk", "base.apk!/")
    found.read("a")
    assert words(found) == [("base.apk!/a", "checksum")]
