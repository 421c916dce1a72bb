"""Reads ``dumpsys package PKG``: version, times of install and update, permissions by user.

The forms of Android 5 to 15 are told apart line by line; ``docs/device.md`` shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from io import StringIO
from itertools import islice
from typing import TYPE_CHECKING

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.text import decoded, moment, refused

if TYPE_CHECKING:
    from datetime import tzinfo

MOST_GRANTS = 50_000
MOST_LINES = 1_000_000

_HEAD = re.compile(r"Package \[([^\]\s]+)\](?: \([0-9a-f]+\))?:?")
_USER = re.compile(r"User (\d{1,6}):(.*)")
_FLAGS = re.compile(r"flags=\[([^\]]*)")
_NAME = re.compile(r"[A-Za-z_]\w*(?:\.\w+)+")
_NUMBER = re.compile(r"\b(versionCode|minSdk|targetSdk|userId|appId)=(\d{1,18})\b")
_INSTALLED = re.compile(r"\binstalled=(true|false)\b")
_TEXT = re.compile(r"(versionName|pkgFlags|installerPackageName)=(.*)")
_LONGEST = 4_000
"""Characters of a line; the rest of it is not looked at."""
_TIME = re.compile(r"(firstInstallTime|lastUpdateTime)=(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d)")
_SIGNATURES = re.compile(r"signatures=PackageSignatures\{[^\[}]*(?:signatures:)?\[([^\]]*)\]")
_SECTIONS = {
    "requested permissions": "requested", "install permissions": "install",
    "runtime permissions": "runtime", "grantedPermissions": "install",
    "installPermissions": "install", "runtimePermissions": "runtime",
}  # fmt: skip
_TITLE = re.compile(r"([A-Za-z][A-Za-z ]*):")


@dataclass(frozen=True, slots=True, kw_only=True)
class Grant:
    """One permission of an app, as it stands for one user of the device."""

    name: str
    granted: bool
    kind: str
    """``install`` (given when it was installed) or ``runtime`` (the person is asked)."""
    flags: tuple[str, ...] = ()
    """``USER_SET`` (the person decided), ``USER_FIXED`` (decided for good), ``ONE_TIME`` ..."""
    user: int | None = None
    """``None`` for all users."""

    @property
    def decided(self) -> bool:
        """Whether the person has decided on it."""
        return bool({"USER_SET", "USER_FIXED"} & set(self.flags))


@dataclass(slots=True, kw_only=True)
class Installed:
    """An installed app, as the device sees it."""

    package: str
    version: str = ""
    version_code: int | None = None
    min_sdk: int | None = None
    target_sdk: int | None = None
    uid: int | None = None
    installer: str = ""
    first_install: float | None = None
    last_update: float | None = None
    first_install_by_user: dict[int, float] = field(default_factory=dict)
    requested: list[str] = field(default_factory=list)
    grants: list[Grant] = field(default_factory=list)
    signatures: tuple[str, ...] = ()
    """Hashes of the certificates, as Android shortens them."""
    flags: tuple[str, ...] = ()
    """``DEBUGGABLE``, ``SYSTEM``, ``ALLOW_BACKUP`` ..."""
    users: dict[int, bool] = field(default_factory=dict)
    """User of the device -> whether the app is installed for them."""
    locator: str = ""

    @property
    def updated(self) -> bool | None:
        """Whether it was updated since its first install; ``None`` when a time is missing."""
        if self.first_install is None or self.last_update is None:
            return None
        return self.last_update > self.first_install + 1

    def granted(self, permission: str, user: int = 0) -> bool | None:
        """Return whether a permission is granted; ``None`` when nothing is said of it."""
        states = [
            grant.granted
            for grant in self.grants
            if grant.name == permission and grant.user in (None, user)
        ]
        return any(states) if states else None


def read_package(
    data: bytes,
    name: str,
    unread: list[Reason],
    *,
    package: str = "",
    zone: tzinfo | None = None,
) -> Installed:
    """Return what a dump tells of an app.

    Args:
        data: output of ``dumpsys package PKG``.
        name: the dump, as a user knows it.
        unread: takes why not all of it was read.
        package: the app; empty takes the first in the dump.
        zone: time zone of the device, without which times have no meaning.

    Raises:
        SessionError: it is no such output, or the app is not in it.
    """
    text, whole = decoded(data)
    if not whole:
        unread.append(Reason("session_device.charset", {}, name))
    reader = _Reader(package, zone, name)
    for line in islice(StringIO(text), MOST_LINES):
        reader.take(line[:_LONGEST].rstrip())
        if reader.done:
            break
    if reader.found is None:
        raise refused(name, text) or SessionError(name, "session_device.no_package_dump")
    if not reader.found.grants and not reader.found.requested:
        unread.append(Reason("session_device.no_grants", {}, name))
    if len(reader.found.grants) >= MOST_GRANTS:
        unread.append(Reason("session_device.many_grants", {"limit": MOST_GRANTS}, name))
    return reader.found


@dataclass(slots=True)
class _Reader:
    """Goes down the lines of one package; deeper lines belong to the title above them."""

    wanted: str
    zone: tzinfo | None
    name: str
    found: Installed | None = None
    done: bool = False
    depth: int = -1
    """Of the package's head."""
    section: str = ""
    section_depth: int = -1
    user: int | None = None

    def take(self, line: str) -> None:
        """Take one line in."""
        body = line.strip()
        depth = len(line) - len(line.lstrip())
        if not body:
            return
        if head := _HEAD.fullmatch(body):
            self._head(head[1], depth)
        elif self.found is None:
            return
        elif depth <= self.depth:
            self.done = True
        else:
            self._inside(body, depth)

    def _head(self, package: str, depth: int) -> None:
        if self.found is not None:
            self.done = True  # the same package again is the one on the system image, hidden
        elif self.wanted in ("", package):
            self.found = Installed(package=package, locator=self.name)
            self.depth = depth

    def _inside(self, body: str, depth: int) -> None:
        if self.section and depth <= self.section_depth:
            self.section = ""
        if found := _USER.fullmatch(body):
            self.user, self.section = int(found[1]), ""
            self._user(found[2])
        elif (title := _TITLE.fullmatch(body)) and (title[1] in _SECTIONS or not self.section):
            self.section = _SECTIONS.get(title[1], "other")
            self.section_depth = depth
        elif self.section in ("install", "runtime"):
            self._grant(body)
        elif self.section == "requested":
            self._requested(body)
        elif not self.section:
            self._field(body)

    def _user(self, rest: str) -> None:
        app = self._app
        told = _INSTALLED.search(rest)
        if self.user is not None and told:
            app.users[self.user] = told[1] == "true"

    def _grant(self, body: str) -> None:
        app = self._app
        name, _, told = body.partition(":")
        if not _NAME.fullmatch(name) or len(app.grants) >= MOST_GRANTS:
            return
        found = _FLAGS.search(told)
        flags = tuple(found[1].replace("|", " ").split()) if found else ()
        granted = "granted=true" in told if told else True  # a plain list names what is granted
        app.grants.append(
            Grant(name=name, granted=granted, kind=self.section, flags=flags, user=self.user)
        )

    def _requested(self, body: str) -> None:
        name = body.split(":", 1)[0]
        if _NAME.fullmatch(name) and len(self._app.requested) < MOST_GRANTS:
            self._app.requested.append(name)

    def _field(self, body: str) -> None:
        app = self._app
        if time := _TIME.match(body):
            self._time(time[1], moment(time[2], self.zone))
        elif found := _SIGNATURES.match(body):
            app.signatures = tuple(one.strip() for one in found[1].split(",") if one.strip())
        elif told := _TEXT.fullmatch(body):
            self._told(told[1], told[2])
        else:
            for key, value in _NUMBER.findall(body):
                if getattr(app, _NUMBERS[key]) is None:
                    setattr(app, _NUMBERS[key], int(value))

    def _time(self, key: str, at: float | None) -> None:
        app = self._app
        if key == "lastUpdateTime":
            app.last_update = app.last_update if at is None else at
            return
        if self.user is not None and at is not None:
            app.first_install_by_user[self.user] = at
        if app.first_install is None or self.user == 0:
            app.first_install = at

    def _told(self, key: str, value: str) -> None:
        app = self._app
        if key == "pkgFlags":
            app.flags = tuple(value.strip("[] ").split())
        elif value == "null":
            return
        elif key == "versionName":
            app.version = app.version or value
        else:
            app.installer = value

    @property
    def _app(self) -> Installed:
        if self.found is None:
            raise LookupError
        return self.found


_NUMBERS = {
    "versionCode": "version_code", "minSdk": "min_sdk", "targetSdk": "target_sdk",
    "userId": "uid", "appId": "uid",
}  # fmt: skip
