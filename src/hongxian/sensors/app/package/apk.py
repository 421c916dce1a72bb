"""Format ``apk``: one Android package."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from hongxian.sensors.app.package.app_package import AppPackage
from hongxian.sensors.app.package.arsc import Table
from hongxian.sensors.app.package.axml import Document, parse
from hongxian.sensors.app.package.faults import PackageError, Problem, problem_of
from hongxian.sensors.app.package.formats import Format, Source
from hongxian.sensors.app.package.manifest import Reader
from hongxian.sensors.app.package.model import Manifest
from hongxian.sensors.app.package.network_security import read_network_security
from hongxian.sensors.app.package.resources import Resources
from hongxian.sensors.app.package.signing import Signatures, read_signatures
from hongxian.sensors.app.package.values import Values

if TYPE_CHECKING:
    from hongxian.sensors.app.package.container import Archive

_MANIFEST, _TABLE = "AndroidManifest.xml", "resources.arsc"
_XML_LIMIT = 16 << 20


@dataclass
class Part:
    """One APK of an app: the only one, the base, or a split."""

    archive: Archive
    manifest: Manifest
    table: Table | None
    signatures: Signatures


def read_part(archive: Archive) -> Part:
    """Read manifest, resource table and signatures; what fails becomes a problem."""
    table = _table(archive)
    resources = Resources([(archive.prefix + _TABLE, table)] if table else [])
    manifest = read_manifest(archive, resources)
    signatures = read_signatures(archive)
    for member, word, detail in signatures.faults:
        archive.note(member, word, detail=detail)
    return Part(archive, manifest, table, signatures)


def read_manifest(archive: Archive, resources: Resources) -> Manifest:
    """Read ``AndroidManifest.xml`` and the network security configuration it names.

    Args:
        archive: of one APK.
        resources: of this APK, or of all splits.
    """
    document = _document(archive, _MANIFEST)
    if document is None:
        return Manifest()
    root = document.root
    manifest = Reader(root, resources).read()
    values = Values(resources, manifest.package)
    for application in root.all("application")[:1]:
        name = values.file(application, "networkSecurityConfig")
        if name and name in archive.members and (config := _document(archive, name)):
            rules = read_network_security(config.root, values)
            manifest = replace(manifest, network_security=rules)
    return manifest


def _document(archive: Archive, name: str) -> Document | None:
    content = archive.get(name, _XML_LIMIT)
    if content is None:
        return None
    try:
        document = parse(content, archive.prefix + name)
    except PackageError as error:
        archive.add(problem_of(error))
        return None
    if document.broken_at is not None:
        archive.note(name, "xml_chunk", offset=document.broken_at)
    if document.tricks:
        archive.note(name, "xml_tampered", harmless=True, tricks=", ".join(document.tricks))
    return document


def _table(archive: Archive) -> Table | None:
    if _TABLE not in archive.members or (content := archive.get(_TABLE)) is None:
        return None
    try:
        table = Table(content, archive.prefix + _TABLE)
    except PackageError as error:
        archive.add(problem_of(error))
        return None
    if table.broken_at is not None:
        archive.note(_TABLE, "table_chunk", offset=table.broken_at)
    if table.pool.damaged:
        archive.note(_TABLE, "pool", offset=table.pool.place)
    return table


def assemble(source: Source, key: str, parts: list[Part], manifest: Manifest) -> AppPackage:
    """Put one app together from its APKs, the base first."""
    tables = [(p.archive.prefix + _TABLE, p.table) for p in parts if p.table]
    base = parts[0].signatures
    package = AppPackage(
        path=source.path,
        sha256=source.sha256,
        size=len(source.data),
        format=key,
        manifest=manifest,
        archives=[part.archive for part in parts],
        resources=Resources(tables),
        signers=tuple(base.signers),
        schemes=tuple(base.schemes),
    )
    if not (base.schemes or base.faults or parts[0].archive.truncated):
        where = parts[0].archive.prefix.removesuffix("!/") or source.path.name
        package.own_problems.append(Problem("app.manifest", where, "unsigned", harmless=True))
    return package


def _detect(source: Source) -> bool:
    members = source.archive.members if source.archive else {}
    return _MANIFEST in members or "classes.dex" in members


def _open(source: Source) -> AppPackage:
    archive = source.archive
    if archive is None:
        raise PackageError(source.path.name, "not_a_zip")
    part = read_part(archive)
    return assemble(source, "apk", [part], part.manifest)


FORMAT = Format("apk", (".apk",), _detect, _open)
"""One Android package."""
