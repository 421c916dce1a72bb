"""Permissions of Android, HarmonyOS and iOS, and the PI types that they reach."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from hongxian.info.source import read

LEVELS = ("dangerous", "special", "normal", "signature", "user_grant", "system_grant", "usage")
"""How a permission is got; the last three are those of HarmonyOS and iOS."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Permission:
    """One permission."""

    name: str
    platform: str
    """``android``, ``harmony`` or ``ios``."""
    group: str
    """Key of the group on Android, else empty."""
    info: tuple[str, ...]
    """Keys of the PI types that it reaches."""
    level: str
    since: int
    """First API level of Android where that matters, else 0."""
    confidence: str
    note: str

    @property
    def runtime(self) -> bool:
        """Whether the person is asked while the app runs."""
        return self.level in ("dangerous", "user_grant", "usage")


@dataclass(frozen=True, slots=True, kw_only=True)
class PermissionGroup:
    """A group of Android permissions."""

    key: str
    zh: str
    en: str


@cache
def load_android() -> dict[str, Permission]:
    """Return the permissions of Android (and of ROMs) by their full names."""
    return _load("android", "normal")


@cache
def load_harmony() -> dict[str, Permission]:
    """Return the permissions of HarmonyOS by name."""
    return _load("harmony", "system_grant")


@cache
def load_ios() -> dict[str, Permission]:
    """Return the usage-description keys of iOS."""
    return _load("ios", "usage")


@cache
def load_permission_groups() -> dict[str, PermissionGroup]:
    """Return the groups of Android permissions by key."""
    return {row["key"]: PermissionGroup(**row) for row in read("hongxian.laws", "android")["group"]}


def _load(platform: str, level: str) -> dict[str, Permission]:
    data = read("hongxian.laws", platform)
    return {
        row["name"]: _permission(row, platform, level, data["conf"]) for row in data["permission"]
    }


def _permission(row: dict[str, Any], platform: str, level: str, confidence: str) -> Permission:
    return Permission(
        name=row["name"],
        platform=platform,
        group=row.get("group", ""),
        info=tuple(row.get("info", ())),
        level=row.get("level", level),
        since=row.get("since", 0),
        confidence=row.get("conf", confidence),
        note=row.get("note", ""),
    )
