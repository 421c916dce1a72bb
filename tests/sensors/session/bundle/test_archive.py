import json
import zipfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongxian.errors import ArtefactError
from hongxian.sensors.session.bundle import Bundle, BundleWriter, open_bundle
from hongxian.sensors.session.bundle.archive import SMALL
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.bundle.manifest import seal_of

APP = {"package": "cn.example.app", "version": "1"}


@pytest.fixture
def path(tmp_path) -> Path:
    with BundleWriter(tmp_path / "s.zip", APP, {}) as writer:
        writer.event("mark", host=1.0, name="start")
        writer.member("logcat", "log.txt", bytes(range(256)) * 40)
        writer.member("screen", "1.xml", b"<hierarchy/>" * 50)
    return tmp_path / "s.zip"


def rewritten(path, change) -> Bundle:
    """Write the members again after a change to name -> content."""
    with zipfile.ZipFile(path) as old:
        members = {name: old.read(name) for name in old.namelist()}
    change(members)
    with zipfile.ZipFile(path, "w") as new:
        for name, data in members.items():
            new.writestr(name, data)
    return open_bundle(path)


def test_a_whole_bundle_has_no_problems(path) -> None:
    bundle = open_bundle(path)
    assert bundle.problems == []
    with bundle.open("logcat/log.txt") as stream:
        assert stream.read(3) == b"\0\1\2"
    assert [member.path for member in bundle.members("screen")] == ["screen/1.xml"]


def test_a_changed_member_is_not_relied_on(path) -> None:
    bundle = rewritten(path, lambda members: members.update({"screen/1.xml": b"<other/>"}))
    assert [one.say("en") for one in bundle.problems] == [
        (
            "s.zip!/screen/1.xml: its content does not match the sha256 in the manifest, "
            "so it is not relied on"
        )
    ]
    assert list(bundle.members("screen")) == []
    assert list(bundle.members("logcat"))


def test_a_missing_member_is_said(path) -> None:
    bundle = rewritten(path, lambda members: members.pop("screen/1.xml"))
    assert [one.word for one in bundle.problems] == ["session.member_missing"]


def test_members_that_nobody_listed_are_said_and_left(path) -> None:
    bundle = rewritten(path, lambda members: members.update({"more.txt": b"x"}))
    assert [one.say("zh") for one in bundle.problems] == ["s.zip：有 1 个文件不在清单里，没有读取"]


def test_a_broken_seal_is_said(path) -> None:
    def change(members) -> None:
        data = json.loads(members["manifest.json"])
        data["app"]["version"] = "2"
        members["manifest.json"] = json.dumps(data).encode()

    assert [one.word for one in rewritten(path, change).problems] == ["session.seal"]


def test_of_a_cut_bundle_the_part_before_the_cut_is_read(path) -> None:
    data = path.read_bytes()
    with zipfile.ZipFile(path) as whole:
        cut = whole.getinfo("screen/1.xml").header_offset + 45
    path.write_bytes(data[:cut])
    bundle = open_bundle(path)
    words = [one.word for one in bundle.problems]
    assert words[0] == "session.cut"
    assert "screen/1.xml" in bundle.bad
    assert bundle.read("timeline.jsonl").startswith(b'{"event"')
    with bundle.open("timeline.jsonl") as stream:
        assert stream.read(2) == b'{"'


def test_damaged_members_are_said(path) -> None:
    data = bytearray(path.read_bytes())
    with zipfile.ZipFile(path) as old:
        start = old.getinfo("logcat/log.txt").header_offset
    data[start + 60 : start + 90] = b"\xff" * 30
    path.write_bytes(bytes(data))
    assert list(open_bundle(path).bad) == ["logcat/log.txt"]


def test_what_is_no_bundle_is_said(tmp_path) -> None:
    (tmp_path / "a.zip").write_bytes(b"hello")
    (tmp_path / "b.zip").write_bytes(b"PK\3\4 nothing more")
    with zipfile.ZipFile(tmp_path / "c.zip", "w") as other:
        other.writestr("x", "y")
    for name, word in (("a", "no_zip"), ("b", "cut_manifest"), ("c", "cut_manifest"),
                       ("none", "no_file")):  # fmt: skip
        with pytest.raises(SessionError) as caught:
            open_bundle(tmp_path / f"{name}.zip")
        assert caught.value.reason.word == f"session.{word}"


def test_a_member_that_is_too_large_to_hold_is_a_stream_only(tmp_path) -> None:
    with BundleWriter(tmp_path / "s.zip", APP, {}) as writer:
        writer.member("network", "big.har", b" " * (SMALL + 1))
    bundle = open_bundle(tmp_path / "s.zip")
    assert not bundle.bad
    with pytest.raises(ArtefactError):
        bundle.read("network/big.har")


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(place=st.floats(0, 1), junk=st.binary(min_size=1, max_size=9), cut=st.booleans())
def test_no_damage_ends_in_anything_but_a_clear_line(path, place, junk, cut) -> None:
    data = path.read_bytes()
    at = int(place * len(data))
    hurt = path.with_name("hurt.zip")
    hurt.write_bytes(data[:at] if cut else data[:at] + junk + data[at + len(junk) :])
    try:
        bundle = open_bundle(hurt)
    except ArtefactError as error:
        said = [str(error)]
    else:
        said = [one.say(lang) for one in bundle.problems for lang in ("zh", "en")]
    assert all(said)


def test_seals_do_not_depend_on_the_order_of_keys() -> None:
    assert seal_of({"a": 1, "b": 2}) == seal_of({"b": 2, "a": 1, "seal": "x"})
