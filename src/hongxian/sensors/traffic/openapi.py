"""OpenAPI: the document of what a log shows, and what it shows against a given one."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hongxian.sensors.traffic.inventory import Endpoint

LARGEST = 32 << 20
METHODS = ("get", "put", "post", "delete", "options", "head", "patch", "trace")
"""Methods of OpenAPI."""

_PLACE = re.compile(r"\{[^}/]*\}")


@dataclass(frozen=True, slots=True)
class Documented:
    """One operation of a given document."""

    method: str
    path: str
    deprecated: bool

    @property
    def name(self) -> str:
        """Method and path."""
        return f"{self.method} {self.path}"


def load_openapi(path: Path) -> list[Documented]:
    """Read the operations of a document, OpenAPI 2 or 3, JSON or YAML.

    Raises:
        HongxianError: the file is not there, or is something else.
    """
    content, base = read_openapi(path)
    return [
        Documented(method.upper(), base + str(where), bool(row.get("deprecated")))
        for where, rows in content["paths"].items() if isinstance(rows, dict)
        for method, row in rows.items() if method in METHODS and isinstance(row, dict)
    ]  # fmt: skip


def read_openapi(path: Path) -> tuple[dict[str, Any], str]:
    """Read a document; return it with the path that stands before all others.

    Raises:
        HongxianError: the file is not there, or is something else.
    """
    import yaml  # noqa: PLC0415 - heavy

    try:
        with path.open("rb") as source:
            data = source.read(LARGEST + 1)
        text = data.decode("utf-8")
        content = yaml.load(text, getattr(yaml, "CSafeLoader", yaml.SafeLoader))  # noqa: S506 - safe
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    except (yaml.YAMLError, ValueError, RecursionError):
        raise WordedError("watch_no_openapi", path) from None
    if not isinstance(content, dict) or not isinstance(content.get("paths"), dict):
        raise WordedError("watch_no_openapi", path)
    return content, _base(content)


def against(
    endpoints: Iterable[Endpoint], documented: list[Documented]
) -> tuple[list[Endpoint], list[Endpoint], list[Documented]]:
    """Return endpoints in no document (shadow), or deprecated (zombie), and uncalled operations."""
    known = {(one.method, _plain(one.path)): one for one in documented}
    patterns = [(one, _pattern(one)) for one in documented if "{" in one.path]
    shadow, zombie, called = [], [], set()
    for endpoint in endpoints:
        if not endpoint.answered:
            continue
        found = known.get((endpoint.method, _plain(endpoint.template))) or next(
            (one for one, pattern in patterns if pattern.fullmatch(endpoint.name)), None
        )
        if found is None:
            shadow.append(endpoint)
            continue
        called.add(found.name)
        if found.deprecated:
            zombie.append(endpoint)
    return shadow, zombie, [one for one in documented if one.name not in called]


def openapi(endpoints: Iterable[Endpoint], title: str) -> dict[str, Any]:
    """Return OpenAPI 3.1 of what was seen; PI stands beside each operation as ``x-pi``."""
    paths: dict[str, Any] = {}
    for one in sorted(endpoints, key=lambda one: one.name):
        if one.answered and one.method.lower() in METHODS and one.template.startswith("/"):
            where, names = _named(one.template)
            paths.setdefault(where, {})[one.method.lower()] = _operation(one, names)
    return {
        "openapi": "3.1.0", "info": {"title": title, "version": "observed"}, "paths": paths
    }  # fmt: skip


def _operation(one: Endpoint, names: list[str]) -> dict[str, Any]:
    parameters: list[dict[str, Any]] = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string"}}
        for name in names
    ]
    parameters += [
        {"name": name, "in": "query", "schema": {"type": "string"}} for name in sorted(one.query)
    ]
    answers: dict[str, Any] = {}
    for status in sorted(one.statuses):
        answers[str(status)] = {"description": str(status)}
    good = next((key for key in answers if key.startswith("2")), None)
    if good and one.response:
        answers[good]["content"] = {"application/json": {"schema": one.response}}
    made: dict[str, Any] = {"responses": answers or {"default": {"description": "unknown"}}}
    if parameters:
        made["parameters"] = parameters
    if one.request:
        made["requestBody"] = {"content": {"application/json": {"schema": one.request}}}
    if one.taken or one.given:
        made["x-pi"] = {"request": sorted(one.taken), "response": sorted(one.given)}
    return made


def _named(template: str) -> tuple[str, list[str]]:
    """Return a template whose places have names of their own, and these."""
    names: list[str] = []

    def name(_: re.Match[str]) -> str:
        names.append(f"id{len(names) + 1}" if names else "id")
        return "{" + names[-1] + "}"

    return _PLACE.sub(name, template), names


def _base(content: dict[str, Any]) -> str:
    """Return the path that stands before all others."""
    servers = content.get("servers")
    url = content.get("basePath") or ""
    if isinstance(servers, list) and servers and isinstance(servers[0], dict):
        url = re.sub(r"^https?://[^/]*", "", str(servers[0].get("url", "")))
    return str(url).rstrip("/") if str(url).startswith("/") else ""


def _plain(path: str) -> str:
    return _PLACE.sub("{}", path).rstrip("/") or "/"


def _pattern(one: Documented) -> re.Pattern[str]:
    parts = [re.escape(part) for part in _PLACE.split(one.path)]
    return re.compile(re.escape(one.method) + " " + "[^/]+".join(parts) + "/?")
