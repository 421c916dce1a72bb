from __future__ import annotations

import json
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.inventory import Endpoint, Flowing
from hongxian.sensors.traffic.openapi import against, load_openapi, openapi

DOCUMENT = """
openapi: 3.0.0
servers: [{url: "https://a.cn/v1"}]
paths:
  /users/{uid}: {get: {}, delete: {deprecated: true}, parameters: []}
  /by-name/{name}: {get: {}}
  /never: {post: {}}
"""


def load(tmp_path: Path, text: str | bytes) -> list:
    path = tmp_path / "api.yaml"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return load_openapi(path)


def endpoint(method: str, template: str, **what: Any) -> Endpoint:
    return Endpoint(method=method, template=template, statuses={200: 1}, **what)


def test_operations_of_a_document_are_read(tmp_path: Path) -> None:
    found = load(tmp_path, DOCUMENT)
    assert [one.name for one in found] == [
        "GET /v1/users/{uid}", "DELETE /v1/users/{uid}", "GET /v1/by-name/{name}", "POST /v1/never"
    ]  # fmt: skip
    assert [one.deprecated for one in found] == [False, True, False, False]
    old = {"swagger": "2.0", "basePath": "/v2", "paths": {"/a": {"get": {}}}}
    assert load(tmp_path, json.dumps(old))[0].name == "GET /v2/a"


@pytest.mark.parametrize("text", ["", "[]", "a: [", "paths: 1", "a: &a [*a]", "[" * 3_000])
def test_other_files_are_no_document(tmp_path: Path, text: str) -> None:
    with pytest.raises(HongxianError, match="no OpenAPI document"):
        load(tmp_path, text)


def test_files_that_cannot_be_read_are_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        load_openapi(tmp_path / "none")
    with pytest.raises(HongxianError, match="not UTF-8"):
        load(tmp_path, b"\xff\xfe\xff")


def test_shadow_zombie_and_uncalled_are_told_apart(tmp_path: Path) -> None:
    seen = [
        endpoint("GET", "/v1/users/{id}"), endpoint("DELETE", "/v1/users/{id}"),
        endpoint("GET", "/v1/by-name/li"), endpoint("GET", "/v1/debug"),
        Endpoint(method="GET", template="/wp-login.php", statuses={404: 5}),
    ]  # fmt: skip
    shadow, zombie, uncalled = against(seen, load(tmp_path, DOCUMENT))
    assert [one.name for one in shadow] == ["GET /v1/debug"]
    assert [one.name for one in zombie] == ["DELETE /v1/users/{id}"]
    assert [one.name for one in uncalled] == ["POST /v1/never"]


def test_what_was_seen_is_written_and_is_read_again(tmp_path: Path) -> None:
    rows = [
        endpoint("GET", "/a/{id}/b/{id}", query={"q"}, taken={"basic.phone": Flowing()},
                 request={"type": "object"}, response={"type": "array"}),
        endpoint("CONNECT", "/x"), Endpoint(method="GET", template="/no"),
    ]  # fmt: skip
    rows[2].statuses = {404: 1}
    written = openapi(rows, "title")
    assert written["openapi"] == "3.1.0"
    assert list(written["paths"]) == ["/a/{id}/b/{id2}"]
    told = written["paths"]["/a/{id}/b/{id2}"]["get"]
    assert [one["name"] for one in told["parameters"]] == ["id", "id2", "q"]
    assert told["x-pi"] == {"request": ["basic.phone"], "response": []}
    assert told["responses"]["200"]["content"]["application/json"]["schema"] == {"type": "array"}
    again = load(tmp_path, json.dumps(written))
    assert against(rows[:1], again) == ([], [], [])
    assert openapi([Endpoint(method="GET", template="/")], "t")["paths"]["/"]["get"]["responses"]


@given(
    st.dictionaries(
        st.text(max_size=5),
        st.dictionaries(
            st.sampled_from(["get", "post", "x"]),
            st.none() | st.dictionaries(st.text(max_size=3), st.booleans()),
        ),
    )
)
def test_any_paths_are_read_or_told(tmp_path_factory: pytest.TempPathFactory, paths: dict) -> None:
    with suppress(HongxianError):
        load(tmp_path_factory.mktemp("api"), json.dumps({"paths": paths, "servers": [paths]}))
