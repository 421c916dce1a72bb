"""How permissions are used otherwise than by the catalogued APIs, and where the list is whole."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from hongxian.sensors.app.catalogue.source import rows


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionUse:
    """How one permission can be used; any of these is a use."""

    name: str
    complete: bool
    """Whether *declared but never used* may be said when nothing of it is found."""
    native: bool
    """Whether native code can use it without a Java call: then no native library may be there."""
    classes: tuple[str, ...]
    """Any call on one of these classes or a subclass."""
    calls: tuple[str, ...]
    """``Class#method``."""
    texts: tuple[str, ...]
    """Constant strings, by their beginning."""
    otherwise: str
    """Why the list is not complete, in English."""


@cache
def permission_uses() -> dict[str, PermissionUse]:
    """Return the uses by the permission's full name; a name not in it is not complete."""
    return {
        row["name"]: PermissionUse(
            name=row["name"],
            complete=row["complete"],
            native=row.get("native", False),
            classes=tuple(row.get("classes", ())),
            calls=tuple(row.get("calls", ())),
            texts=tuple(row.get("texts", ())),
            otherwise=row.get("otherwise", ""),
        )
        for row in rows("permissions_used")["permission"]
    }
