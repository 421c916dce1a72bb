from __future__ import annotations

import json
from pathlib import Path

import pytest

from hongxian.guards.gate.exchange.fields import Fields, load_fields

DOCUMENT = {
    "openapi": "3.1.0",
    "servers": [{"url": "https://a.cn/api"}],
    "paths": {
        "/users/{user}": {
            "get": {"responses": {"200": {"content": {"application/json": {
                "schema": {"$ref": "#/components/schemas/User"},
            }}}}},
            "x-note": "no operation",
        },
        "/free": {"get": {"responses": {"200": {"description": "nothing"}}}},
    },
    "components": {"schemas": {
        "User": {"type": "object", "properties": {
            "remark": {"type": "string", "x-pi": "basic.phone"},
            "nickname": {"type": "string", "x-pi": False},
            "odd": {"x-pi": "no.such"},
            "boss": {"$ref": "#/components/schemas/User"},
            "gone": {"$ref": "#/components/schemas/Nobody"},
            "items": {"allOf": [{"properties": {"deep": {"x-pi": "basic.email"}}}]},
        }},
    }},
}  # fmt: skip
PLACE = "GET /api/users/{id}"


@pytest.fixture
def fields(tmp_path: Path) -> Fields:
    path = tmp_path / "api.json"
    path.write_text(json.dumps(DOCUMENT))
    return load_fields(path)


def found(fields: Fields, value: object, endpoint: str = PLACE, hits: list | None = None) -> dict:
    data = json.dumps(value, ensure_ascii=False).encode()
    return {data[a:b].decode(): info for a, b, info in fields.added(endpoint, data, hits or [])}


def test_fields_of_a_document_are_personal_information_whatever_they_hold(fields: Fields) -> None:
    assert found(fields, {"remark": "x", "odd": "y", "boss": {"remark": 12}}) == {
        "x": "basic.phone", "12": "basic.phone",
    }  # fmt: skip
    assert found(fields, {"items": [{"deep": "z"}]}) == {"z": "basic.email"}
    assert found(fields, {"remark": "x"}, "GET /other") == {}


def test_names_that_tell_their_type_count_unless_the_document_says_otherwise(
    fields: Fields,
) -> None:
    told = {"nickname": "n", "realName": "李雷", "住址": "a", "birth-day": "b", "realname": ""}
    assert found(fields, told) == {
        "李雷": "basic.name", "a": "basic.address", "b": "basic.birth_date",
    }  # fmt: skip
    assert found(fields, told, "GET /other")["n"] == "basic.nickname"


def test_names_can_be_left_out() -> None:
    assert found(load_fields(None, names=False), {"nickname": "n"}) == {}


def test_a_field_goes_before_what_stands_in_it() -> None:
    data = b'{"address":"a 13800138000","b":"13911112222","nick":"13711112222"}'
    hits = [(14, 25, "basic.phone"), (32, 43, "basic.phone"), (53, 64, "basic.phone")]
    assert Fields({}).added("", data, hits) == [
        (12, 25, "basic.address"), (32, 43, "basic.phone"), (53, 64, "basic.phone"),
    ]  # fmt: skip


def test_a_hit_that_reaches_into_a_field_stays() -> None:
    assert Fields({}).added("", b'{"nick":"ab"}', [(0, 10, "x")]) == [(0, 10, "x")]


def test_many_names_are_not_all_remembered(monkeypatch) -> None:
    monkeypatch.setattr("hongxian.guards.gate.exchange.fields.MOST", 2)
    fields = Fields({})
    for name in "abcd":
        assert found(fields, {name: "x", "nickname": "n"}) == {"n": "basic.nickname"}
