"""Packs what other tools recorded into a sealed bundle, as a description in TOML says.

The description names the app, the files and the marks::

    app = "my.apk"                      # or [app] with package, version, sha256
    own_domains = ["example.com"]

    [clock]
    offset = 0.0
    uncertainty = 0.5
    zone = "Asia/Shanghai"

    [test_values]
    "basic.phone" = ["19912345670"]

    [[mark]]
    name = "accept"
    at = 2026-11-18T19:07:42+08:00

    [[file]]
    path = "capture.har"                # role and clock are told from its name, or said
"""

from __future__ import annotations

import tomllib
from datetime import datetime
from typing import TYPE_CHECKING, Any

from hongxian.info import load_types
from hongxian.sensors.app.package import open_package
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.bundle.manifest import ROLES
from hongxian.sensors.session.bundle.write import BundleWriter
from hongxian.sensors.session.clock import zone_of
from hongxian.sensors.session.model import MARKS

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import tzinfo
    from pathlib import Path

_ROLES = {
    "har": "network", "mitm": "network", "flow": "network", "flows": "network",
    "pcap": "network", "pcapng": "network", "jsonl": "hooks", "xls": "hooks", "xlsx": "hooks",
    "json": "hooks", "xml": "screen", "png": "screenshot", "jpg": "screenshot",
}  # fmt: skip
_ON_HOST = ("network", "keylog")
"""Roles whose files tell the host's time, unless the description says otherwise."""
_KEYS = ("app", "device", "clock", "test_values", "own_domains", "own_packages", "mark", "file")


def pack(description: Path, output: Path) -> Path:
    """Write the bundle that a description asks for, and return its path.

    Args:
        description: TOML; paths in it are relative to it.
        output: the bundle, replaced when it is there.

    Raises:
        ArtefactError: the description, the app or a file cannot be used.
    """
    told = _read(description)
    name, folder = description.name, description.parent
    for key in told:
        if key not in _KEYS:
            raise SessionError(name, "pack_key", key=key, known=", ".join(_KEYS))
    clock = _table(told, "clock", name)
    zone = zone_of(str(clock.get("zone", "UTC")))
    offset, uncertainty = (_number(clock, key, name) for key in ("offset", "uncertainty"))
    app = _app(told.get("app"), folder, name)
    marks = [_mark(row, zone, name) for row in _rows(told, "mark", name)]
    files = [_file(row, folder, name) for row in _rows(told, "file", name)]
    about: dict[str, Any] = {"values": _values(_table(told, "test_values", name), name)}
    for key in ("own_domains", "own_packages"):
        about[key] = tuple(map(str, _list(told, key, name)))
    device = {str(k): str(v) for k, v in _table(told, "device", name).items()}
    with BundleWriter(output, app, device, (), **about) as bundle:
        bundle.clock(offset or 0.0, uncertainty, str(clock.get("zone", "UTC")))
        for at, mark in sorted(marks, key=lambda one: one[0]):
            bundle.event("mark", host=at, **mark)
        _add(bundle, files)
    return output


def _add(bundle: BundleWriter, files: Iterable[tuple[Path, dict[str, Any]]]) -> None:
    for number, (path, about) in enumerate(files, 1):
        role = about.pop("role")
        with path.open("rb") as source:
            bundle.stream(role, f"{number}-{path.name}", source, **about)


def _read(description: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(description.read_text(encoding="utf-8"))
    except OSError as error:
        raise SessionError(description.name, "no_file", reason=error.strerror or "") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        raise SessionError(description.name, "pack_toml") from None


def _app(told: Any, folder: Path, name: str) -> dict[str, Any]:
    if isinstance(told, dict) and isinstance(told.get("package"), str):
        known = ("package", "version", "version_code", "sha256", "label")
        return {key: told[key] for key in known if key in told}
    if not isinstance(told, str):
        raise SessionError(name, "pack_app")
    with open_package(folder / told) as package:
        manifest = package.manifest
        return {
            "package": manifest.package, "version": manifest.version_name or "",
            "version_code": manifest.version_code, "sha256": package.sha256,
        }  # fmt: skip


def _values(told: dict[str, Any], name: str) -> dict[str, tuple[str, ...]]:
    for key in told:
        if key not in load_types():
            raise SessionError(name, "pack_info", key=key)
    return {
        key: tuple(map(str, found)) if isinstance(found, list) else (str(found),)
        for key, found in told.items()
    }


def _mark(row: dict[str, Any], zone: tzinfo, name: str) -> tuple[float, dict[str, Any]]:
    rest = dict(row)
    mark, at = rest.get("name"), rest.pop("at", None)
    if mark not in MARKS:
        raise SessionError(name, "pack_mark", mark=str(mark)[:40], known=", ".join(MARKS))
    if isinstance(at, datetime):
        at = (at if at.tzinfo else at.replace(tzinfo=zone)).timestamp()
    if isinstance(at, bool) or not isinstance(at, int | float):
        raise SessionError(name, "pack_at", mark=str(mark))
    return float(at), rest


def _file(row: dict[str, Any], folder: Path, name: str) -> tuple[Path, dict[str, Any]]:
    path = folder / str(row.get("path", ""))
    if not path.is_file():
        raise SessionError(name, "pack_file", file=str(row.get("path", ""))[:200])
    role = row.get("role") or _ROLES.get(path.suffix.lower().lstrip("."))
    if role not in ROLES or role == "timeline":
        raise SessionError(path.name, "pack_role", known=", ".join(ROLES))
    clock = row.get("clock") or ("host" if role in _ON_HOST else "device")
    about: dict[str, Any] = {"role": role, "clock": "host" if clock == "host" else "device"}
    at = row.get("at")
    if isinstance(at, datetime):
        about["at"] = at.timestamp()
    return path, about


def _table(told: dict[str, Any], key: str, name: str) -> dict[str, Any]:
    found = told.get(key, {})
    if not isinstance(found, dict):
        raise SessionError(name, "pack_form", key=key)
    return found


def _rows(told: dict[str, Any], key: str, name: str) -> list[dict[str, Any]]:
    found = _list(told, key, name)
    if not all(isinstance(row, dict) for row in found):
        raise SessionError(name, "pack_form", key=key)
    return found


def _list(told: dict[str, Any], key: str, name: str) -> list[Any]:
    found = told.get(key, [])
    if not isinstance(found, list):
        raise SessionError(name, "pack_form", key=key)
    return found


def _number(told: dict[str, Any], key: str, name: str) -> float | None:
    found = told.get(key)
    if found is None:
        return None
    if isinstance(found, bool) or not isinstance(found, int | float):
        raise SessionError(name, "pack_form", key=key)
    return float(found)
