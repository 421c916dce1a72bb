"""``AndroidManifest.xml`` as the system understands it: defaults applied, names completed."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, TypeVar

from hongxian.sensors.app.package.axml import Element
from hongxian.sensors.app.package.implied import implied_permissions
from hongxian.sensors.app.package.model import (
    Component,
    DefinedPermission,
    IntentFilter,
    Manifest,
    UsedPermission,
)
from hongxian.sensors.app.package.values import Values

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.sensors.app.package.resources import Resources

_KINDS = {
    "activity": "activity",
    "activity-alias": "alias",
    "service": "service",
    "receiver": "receiver",
    "provider": "provider",
}
_PERMISSION_TAGS = ("uses-permission", "uses-permission-sdk-23", "uses-permission-sdk-m")
_IMPLIED_SDK = 23
_PROVIDERS_CLOSED_FROM = 17
# the system's code names of unreleased versions count as the newest
_UNRELEASED = 10_000

_T = TypeVar("_T")


class Reader(Values):
    """Reads one manifest.

    Args:
        root: the ``manifest`` element.
        resources: where references lead.
    """

    def __init__(self, root: Element, resources: Resources) -> None:
        """Keep both."""
        super().__init__(resources)
        self.root = root
        self.package = self.text(root, "package") or ""
        self.target_sdk = 1

    def read(self) -> Manifest:
        """Return what the manifest says (without the network security configuration)."""
        root = self.root
        uses_sdk = _merged(root.all("uses-sdk"), "uses-sdk")
        min_sdk = self._sdk(uses_sdk, "minSdkVersion", 1)
        self.target_sdk = self._sdk(uses_sdk, "targetSdkVersion", min_sdk)
        applications = root.all("application")
        permissions = tuple(self._permissions())
        found = Manifest(
            package=self.package,
            split=self.text(root, "split"),
            version_name=self.text(root, "versionName"),
            version_code=self.number(root, "versionCode"),
            min_sdk=min_sdk,
            target_sdk=self.target_sdk,
            shared_user=self.text(root, "sharedUserId"),
            permissions=permissions,
            implied_permissions=implied_permissions(permissions, self.target_sdk),
            defined_permissions=tuple(self._defined()),
            queries=tuple(self._queries()),
        )
        return self._application(found, applications[0]) if applications else found

    def _sdk(self, element: Element, name: str, default: int) -> int:
        number = self.number(element, name)
        if number is None:
            return _UNRELEASED if self.text(element, name) else default
        return number

    def _permissions(self) -> Iterable[UsedPermission]:
        for element in self.root.all(*_PERMISSION_TAGS):
            if name := self.text(element, "name"):
                later = None if element.tag == "uses-permission" else _IMPLIED_SDK
                yield UsedPermission(name, self.number(element, "maxSdkVersion"), later)

    def _defined(self) -> Iterable[DefinedPermission]:
        for element in self.root.all("permission"):
            if name := self.text(element, "name"):
                yield DefinedPermission(name, self.number(element, "protectionLevel") or 0)

    def _queries(self) -> Iterable[str]:
        for queries in self.root.all("queries"):
            for child in queries.children:
                if child.tag == "package":
                    yield f"package:{self.text(child, 'name')}"
                elif child.tag == "provider":
                    yield f"authority:{self.text(child, 'authorities')}"
                elif child.tag == "intent":
                    yield from (f"action:{self.text(a, 'name')}" for a in child.all("action"))

    def _application(self, found: Manifest, app: Element) -> Manifest:
        enabled = self.flag(app, "enabled")
        allow_backup = self.flag(app, "allowBackup")
        components = [
            self._component(child, enabled=enabled is not False)
            for child in app.children
            if child.tag in _KINDS
        ]
        return replace(
            found,
            label=self.text(app, "label"),
            components=tuple(c for c in components if c.name),
            application=self.class_name(app, "name"),
            component_factory=self.class_name(app, "appComponentFactory"),
            process=self.text(app, "process"),
            meta_data=self._meta(app),
            uses_cleartext=self.flag(app, "usesCleartextTraffic"),
            allow_backup=allow_backup is not False,
            backup_rules=self.file(app, "fullBackupContent"),
            extraction_rules=self.file(app, "dataExtractionRules"),
            debuggable=bool(self.flag(app, "debuggable")),
            test_only=bool(self.flag(app, "testOnly")),
        )

    def _component(self, element: Element, *, enabled: bool) -> Component:
        kind = _KINDS[element.tag]
        filters = tuple(self._filter(f) for f in element.all("intent-filter"))
        exported = self.flag(element, "exported")
        closed = kind != "provider" or self.target_sdk >= _PROVIDERS_CLOSED_FROM
        default = bool(filters) if closed else True
        return Component(
            kind=kind,
            name=self.class_name(element, "name") or "",
            exported=default if exported is None else exported,
            exported_declared=exported is not None,
            enabled=enabled and self.flag(element, "enabled") is not False,
            process=self._process(element),
            permission=self.text(element, "permission") or self.text(element, "readPermission"),
            filters=filters,
            meta_data=self._meta(element),
            authorities=tuple((self.text(element, "authorities") or "").split(";"))
            if kind == "provider"
            else (),
            init_order=self.number(element, "initOrder"),
            target=self.class_name(element, "targetActivity"),
            label=self.text(element, "label"),
        )

    def _process(self, element: Element) -> str | None:
        text = self.text(element, "process")
        return self.package + text if text and text.startswith(":") else text

    def _filter(self, element: Element) -> IntentFilter:
        data = []
        for child in element.all("data"):
            for name, prefix in (("scheme", "scheme"), ("host", "host"), ("mimeType", "type")):
                if value := self.text(child, name):
                    data.append(f"{prefix}:{value}")
        return IntentFilter(
            tuple(self.text(a, "name") or "" for a in element.all("action")),
            tuple(self.text(c, "name") or "" for c in element.all("category")),
            tuple(data),
        )

    def _meta(self, element: Element) -> tuple[tuple[str, str], ...]:
        pairs = []
        for child in element.all("meta-data"):
            value = self.text(child, "value") or self.file(child, "resource") or ""
            pairs.append((self.text(child, "name") or "", value))
        return tuple(pairs)


def _merged(elements: list[Element], tag: str) -> Element:
    """Join repeated elements; the system lets the later one fill what the earlier left out."""
    joined = Element(tag)
    for element in elements:
        joined.attributes += element.attributes
    return joined


def merge(base: Manifest, splits: Iterable[Manifest]) -> Manifest:
    """Add to the base what splits bring: permissions, components, queries, meta-data."""
    for split in splits:
        base = replace(
            base,
            permissions=_union(base.permissions, split.permissions),
            defined_permissions=_union(base.defined_permissions, split.defined_permissions),
            components=_union(base.components, split.components),
            queries=_union(base.queries, split.queries),
            meta_data=_union(base.meta_data, split.meta_data),
        )
    return base


def _union(first: tuple[_T, ...], second: tuple[_T, ...]) -> tuple[_T, ...]:
    return tuple(dict.fromkeys((*first, *second)))
