"""Formats ``apks`` and ``xapk`` (also ``.apkm``): a base APK and its splits in one ZIP."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

from hongxian.facts import Reason
from hongxian.sensors.app.package.apk import Part, assemble, read_manifest, read_part
from hongxian.sensors.app.package.container import Archive
from hongxian.sensors.app.package.faults import PackageError, Problem
from hongxian.sensors.app.package.formats import Format, Source
from hongxian.sensors.app.package.manifest import merge
from hongxian.sensors.app.package.resources import Resources

if TYPE_CHECKING:
    from hongxian.sensors.app.package.app_package import AppPackage

_INDEX = "manifest.json"
_INDEX_LIMIT = 4 << 20
_MOST = 200


def _apk_names(outer: Archive) -> list[str]:
    """Return the APKs that make up one installation.

    A set made by bundletool also holds ``standalones/``, whole copies for old devices, and
    ``instant/``; they repeat the splits, so one of them counts only when there are no splits.
    """
    names = sorted(name for name in outer.members if name.endswith(".apk"))
    apart = [name for name in names if name.startswith(("standalones/", "instant/"))]
    return [name for name in names if name not in apart][:_MOST] or apart[:1]


def _index(outer: Archive) -> dict[str, Any]:
    if _INDEX not in outer.members or (content := outer.get(_INDEX, _INDEX_LIMIT)) is None:
        return {}
    try:
        index = json.loads(content)
    except (ValueError, RecursionError) as error:
        outer.note(_INDEX, "bundle_manifest", reason=type(error).__name__)
        return {}
    return index if isinstance(index, dict) else {}


def _open_bundle(source: Source, key: str) -> AppPackage:
    outer = source.archive
    if outer is None:
        raise PackageError(source.path.name, "not_a_zip")
    index = _index(outer)
    parts = [part for name in _apk_names(outer) if (part := _part(outer, name))]
    parts.sort(key=_base_first)
    if not parts:
        raise PackageError(source.path.name, "no_base")
    resources = Resources([(p.archive.prefix, p.table) for p in parts if p.table])
    manifests = [read_manifest(p.archive, resources) for p in parts]
    package = assemble(source, key, parts, merge(manifests[0], manifests[1:]))
    package.own_problems += outer.problems
    if manifests[0].split:
        package.own_problems += _without_base(source, index)
    return package


def _part(outer: Archive, name: str) -> Part | None:
    content = outer.get(name)
    if content is None:
        return None
    try:
        return read_part(Archive(content, name, f"{name}!/", outer.limits))
    except PackageError as error:
        inner = Reason(f"package.{error.word}", error.values).data()
        outer.add(Problem("app.code", name, "member_apk", {"reason": inner}))
        return None


def _base_first(part: Part) -> tuple[bool, bool, str]:
    manifest = part.manifest
    return bool(manifest.split), not manifest.components, part.archive.prefix


def _without_base(source: Source, index: dict[str, Any]) -> list[Problem]:
    named = str(index.get("package_name") or source.path.name)
    return [Problem(scope, named, "no_base") for scope in ("app.manifest", "app.code")]


def _holds_apks(source: Source) -> bool:
    archive = source.archive
    return archive is not None and any(name.endswith(".apk") for name in archive.members)


def _is_xapk(source: Source) -> bool:
    archive = source.archive
    return _holds_apks(source) and archive is not None and _INDEX in archive.members


def _open_apks(source: Source) -> AppPackage:
    return _open_bundle(source, "apks")


def _open_xapk(source: Source) -> AppPackage:
    return _open_bundle(source, "xapk")


APKS = Format("apks", (".apks", ".apkm"), _holds_apks, _open_apks)
"""A set of splits, as bundletool and APKMirror write it."""
XAPK = Format("xapk", (".xapk",), _is_xapk, _open_xapk)
"""A set of splits with ``manifest.json``, as APKPure writes it."""
