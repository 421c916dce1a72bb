"""Attribute values of binary XML: typed, with references followed into the resources.

Attribute ids are those of AOSP's ``public.xml`` and never change.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.package.axml import TYPE_REFERENCE, Attribute, Element

if TYPE_CHECKING:
    from hongxian.sensors.app.package.resources import Resources

IDS = {
    "text": 0x0101014F,
    "hint": 0x01010150,
    "inputType": 0x01010220,
    "checked": 0x01010106,
    "label": 0x01010001,
    "name": 0x01010003,
    "permission": 0x01010006,
    "readPermission": 0x01010007,
    "writePermission": 0x01010008,
    "protectionLevel": 0x01010009,
    "sharedUserId": 0x0101000B,
    "enabled": 0x0101000E,
    "debuggable": 0x0101000F,
    "exported": 0x01010010,
    "process": 0x01010011,
    "authorities": 0x01010018,
    "initOrder": 0x0101001A,
    "value": 0x01010024,
    "resource": 0x01010025,
    "mimeType": 0x01010026,
    "scheme": 0x01010027,
    "host": 0x01010028,
    "targetActivity": 0x01010202,
    "minSdkVersion": 0x0101020C,
    "versionCode": 0x0101021B,
    "versionName": 0x0101021C,
    "targetSdkVersion": 0x01010270,
    "maxSdkVersion": 0x01010271,
    "testOnly": 0x01010272,
    "allowBackup": 0x01010280,
    "fullBackupContent": 0x010104EB,
    "usesCleartextTraffic": 0x010104EC,
    "networkSecurityConfig": 0x01010527,
    "appComponentFactory": 0x0101057A,
    "dataExtractionRules": 0x0101063E,
}
"""Attribute name -> resource id."""


class Values:
    """Reads attributes of one document.

    Args:
        resources: where references lead.
        package: completes class names that start with a dot.
    """

    def __init__(self, resources: Resources, package: str = "") -> None:
        """Keep both."""
        self.resources = resources
        self.package = package

    def text(self, element: Element, name: str) -> str | None:
        """Return an attribute as text, references followed."""
        attribute = self._find(element, name)
        if attribute is None:
            return None
        if attribute.kind == TYPE_REFERENCE:
            text = self.resources.text(attribute.data)
            if text is None and (number := self.resources.number(attribute.data)) is not None:
                return str(number)
            return text
        if attribute.text is None and attribute.kind >= 0x10:
            return str(attribute.data)
        return attribute.text

    def number(self, element: Element, name: str) -> int | None:
        """Return an attribute as an integer, references followed."""
        attribute = self._find(element, name)
        if attribute is None:
            return None
        if attribute.kind == TYPE_REFERENCE:
            return self.resources.number(attribute.data)
        if attribute.kind >= 0x10:
            return attribute.data - (1 << 32) if attribute.data >> 31 else attribute.data
        text = attribute.text or ""
        return int(text) if text.isascii() and text.isdigit() and len(text) < 12 else None

    def flag(self, element: Element, name: str) -> bool | None:
        """Return an attribute as a boolean; ``None`` when it is not there."""
        attribute = self._find(element, name)
        if attribute is not None and attribute.text is not None:
            return {"true": True, "false": False}.get(attribute.text.lower())
        number = self.number(element, name)
        return None if number is None else number != 0

    def class_name(self, element: Element, name: str) -> str | None:
        """Return an attribute as a fully qualified class name."""
        text = self.text(element, name)
        if not text:
            return None
        if text.startswith("."):
            return self.package + text
        return text if "." in text else f"{self.package}.{text}"

    def file(self, element: Element, name: str) -> str | None:
        """Return an attribute that points to a file, or ``true``/``false``."""
        attribute = self._find(element, name)
        if attribute is None or attribute.text is not None:
            return attribute.text if attribute else None
        if attribute.kind == TYPE_REFERENCE:
            return self.resources.text(attribute.data)
        return "true" if attribute.data else "false"

    def _find(self, element: Element, name: str) -> Attribute | None:
        return element.find(name, IDS.get(name, 0))
