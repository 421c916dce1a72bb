import json
from importlib.resources import files

import pytest

from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.bundle.manifest import (
    ROLES,
    Clock,
    Manifest,
    Member,
    manifest_data,
    read_manifest,
    seal_of,
)

WHOLE = Manifest(
    package="cn.example.app", version="1.2", version_code=12, sha256="ab" * 32, label="例",
    device={"model": "P"}, tools=({"name": "frida", "role": "hooks"},),
    clock=Clock(offset=-1.5, uncertainty=0.25, zone="Asia/Shanghai"),
    values={"basic.phone": ("13800000000",)}, own_domains=("example.cn",),
    own_packages=("cn.example",),
    members=(Member(path="screen/1.xml", role="screen", sha256="c" * 64, size=3, at=5.0,
                    clock="host", phase="start"),),
)  # fmt: skip


def raw(**changed: object) -> bytes:
    data = manifest_data(WHOLE) | changed
    return json.dumps(data | {"seal": seal_of(data)}).encode()


def test_what_was_written_is_read_and_its_seal_is_right() -> None:
    found, sealed = read_manifest(raw(), "b.zip")
    assert sealed
    assert manifest_data(found) == manifest_data(WHOLE)
    assert [member.path for member in found.of_role("screen")] == ["screen/1.xml"]
    assert found.of_role("hooks") == []


def test_what_is_written_keeps_to_the_published_schema() -> None:
    import jsonschema

    place = files("hongxian.sensors.session.bundle") / "session-bundle.schema.json"
    schema = json.loads(place.read_text(encoding="utf-8"))
    jsonschema.validate(json.loads(raw()), schema)
    assert set(schema["properties"]["members"]["items"]["properties"]["role"]["enum"]) == set(ROLES)


def test_a_changed_manifest_breaks_the_seal() -> None:
    data = json.loads(raw())
    data["clock"]["offset"] = 0
    _, sealed = read_manifest(json.dumps(data).encode(), "b.zip")
    assert not sealed


def test_one_test_value_may_stand_alone_and_much_may_be_left_out() -> None:
    found, _ = read_manifest(
        json.dumps({"format": "hongxian-session", "version": 1, "app": {"package": "p"},
                    "test_values": {"device.imei": "1"}}).encode(), "b.zip")  # fmt: skip
    assert found.values == {"device.imei": ("1",)}
    assert found.clock == Clock()
    assert found.members == ()


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\xff{", "not valid JSON"),
        (b"[" * 100_000, "not valid JSON"),
        (b"[]", "not the manifest"),
        (b'{"format": "other"}', "not the manifest"),
        (b'{"format": "hongxian-session", "version": 9}', "not of version 1"),
        (raw(app={}), "wrong form: package"),
        (raw(app={"package": 5}), "wrong form"),
        (raw(members=[{"path": "x", "role": "nothing"}]), "wrong form: nothing"),
        (raw(test_values={"no.such": ["1"]}), "wrong form: no.such"),
        (raw(clock=[]), "wrong form"),
    ],
)
def test_what_is_wrong_is_said_with_its_place(data: bytes, words: str) -> None:
    with pytest.raises(SessionError, match=words) as caught:
        read_manifest(data, "b.zip")
    assert caught.value.where == "b.zip!/manifest.json"
    assert caught.value.reason.say("zh") != caught.value.reason.say("en")
