"""Reads ``dumpsys appops`` and ``appops get``: what an app was let do, did, and was refused.

The forms of Android 8 to 15 are told apart line by line; ``docs/device.md`` shows them.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace
from io import StringIO
from typing import TYPE_CHECKING

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.device.ops import info_of, permission_of
from hongxian.sensors.session.device.text import decoded, moment, refused, seconds

if TYPE_CHECKING:
    from datetime import tzinfo

MOST_USES = 100_000
MOST_LINES = 1_000_000
PER_USER = 100_000
"""Numbers of user ids that one user of the device has."""
MODES = ("allow", "ignore", "deny", "default", "foreground", "ask")
"""By the numbers that Android 8 prints."""
STATES = {"pers": "persistent", "top": "top", "fgsvcl": "foreground_service",
          "fgsvc": "foreground_service", "fg": "foreground", "bfgs": "foreground_service",
          "btop": "top", "bg": "background", "cch": "cached"}  # fmt: skip
"""What the letters say of the app's place; ``top`` is on the screen, from Android 9 on."""
UNSEEN = ("background", "cached")
"""States in which the person sees nothing of the app."""

_LONG = 1_000
"""Characters of a line or of a part of it that are looked at."""
_UID = re.compile(r"Uid (?:u(\d{1,6})([ais])(\d{1,9})|(\d{1,10})):")
_PACKAGE = re.compile(r"Package ([A-Za-z0-9_.:-]+):")
_NEW = re.compile(r"([A-Z][A-Z0-9_]*) \(([a-z]+|mode=\d{1,3})(?: / switch ([A-Z0-9_]+)=[^)]*)?\):")
_OLD = re.compile(r"((?:Uid mode: )?)((?:android:)?[A-Za-z][A-Za-z0-9_]*): "
                  r"(?:mode=)?([a-z]+|\d)((?:;| \(running\)).*)?")  # fmt: skip
_FIELD = re.compile(r"\b(time|rejectTime|duration)=([+\-\w]{1,40})")
_TAG = re.compile(r"(\S{1,200})=\[")
_USE = re.compile(r"(Access|Reject): \[([a-z]+)(?:-([a-z]+))?\] ?"
                  r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?)?(?: ?\(([^)]*)\))?(.*)")  # fmt: skip
_NINE = re.compile(r"(?:(Access|Reject): )?([a-z]+) *= "
                   r"(\d{4}-\d\d-\d\d \d\d:\d\d:\d\d(?:\.\d+)?) \(([^)]*)\)")  # fmt: skip
_PROXY = re.compile(r"pkg=([^,\]]+)")
_LASTED = re.compile(r"duration=(\S+)")
_RUNNING = re.compile(r"Running start at: (\S+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class OpUse:
    """One line on one operation of one app: how it stands (``mode``), or that it was tried."""

    package: str
    op: str
    """``FINE_LOCATION``."""
    kind: str
    """``mode``, ``access`` (it was let) or ``reject`` (it was refused)."""
    mode: str
    """Of the package: one of :data:`MODES`, or empty when only the uid has one."""
    uid_mode: str = ""
    """Of all packages of the uid; stands above that of the package."""
    at: float | None = None
    """The last time, on the device's clock."""
    age: float | None = None
    """Seconds before the dump."""
    duration: float | None = None
    running: bool = False
    """Whether it was going on when the dump was made."""
    state: str | None = None
    """A value of :data:`STATES`: where the app stood; ``None`` before Android 9."""
    flags: str = ""
    """``s`` by itself, ``tp`` for another app, ``tpd`` through another app."""
    attribution: str | None = None
    proxy: str | None = None
    """The app through which it was done."""
    uid: int | None = None
    user: int = 0
    info: tuple[str, ...] = ()
    """PI types that the operation reaches."""
    permission: str | None = None
    locator: str = ""

    @property
    def unseen(self) -> bool | None:
        """Whether the app was not in view; ``None`` when the device does not tell."""
        return None if self.state is None else self.state in UNSEEN


def read_appops(  # noqa: PLR0913 - what the text does not tell
    data: bytes, name: str, unread: list[Reason], *, package: str = "",
    taken_at: float | None = None, zone: tzinfo | None = None,
) -> list[OpUse]:  # fmt: skip
    """Return what a dump tells of one app, or of all.

    Args:
        data: output of ``dumpsys appops [--package PKG]`` or ``appops get PKG``.
        name: the dump, as a user knows it.
        unread: takes why not all of it was read.
        package: the app; empty keeps all. ``appops get`` does not name it.
        taken_at: when the dump was made, on the device's clock.
        zone: time zone of the device.

    Raises:
        SessionError: it is no such output.
    """
    text, whole = decoded(data)
    if not whole:
        unread.append(Reason("session_device.charset", {}, name))
    reader = _Reader(name, package, taken_at, zone)
    for number, line in enumerate(StringIO(text), 1):
        reader.take(number, line[:_LONG].strip())
        if reader.size > MOST_USES or number > MOST_LINES:
            unread.append(Reason("session_device.many_ops", {"limit": MOST_USES}, name))
            break
    if not reader.known and "No operations." not in text:
        raise refused(name, text) or SessionError(name, "session_device.no_appops")
    if reader.odd:
        values = {"count": len(reader.odd), "line": reader.odd[0]}
        unread.append(Reason("session_device.odd_ops", values, name))
    return reader.result()


@dataclass(slots=True)
class _Reader:
    """Goes down the lines and remembers under which uid, package and operation it is."""

    name: str
    wanted: str
    taken_at: float | None
    zone: tzinfo | None
    uses: list[OpUse] = field(default_factory=list)
    known: int = 0
    """Lines that were understood."""
    odd: list[int] = field(default_factory=list)
    """Lines on a use that were not."""
    package: str = ""
    uid: int | None = None
    user: int = 0
    packages: int = 0
    op: OpUse | None = None
    tag: str | None = None
    kind: str = "access"
    uid_modes: dict[tuple[int | None, str], str] = field(default_factory=dict)
    by_uid: dict[int | None, set[str]] = field(default_factory=dict)

    @property
    def size(self) -> int:
        """Return how much is kept."""
        return len(self.uses) + len(self.uid_modes) + self.packages

    def take(self, number: int, line: str) -> None:
        """Take one line in."""
        understood = self._heading(line) or self._op(number, line) or self._use(number, line)
        if understood:
            self.known += 1
        elif line.startswith(("Access:", "Reject:")):
            self.odd.append(number)

    def result(self) -> list[OpUse]:
        """Return what was found, each with the mode of its uid."""
        told = [
            replace(use, uid_mode=self.uid_modes.get((use.uid, use.op), use.uid_mode))
            for use in self.uses
        ]
        seen = {(use.package, use.op) for use in told}
        for (uid, op), mode in self.uid_modes.items():
            names = self.by_uid.get(uid, {self.wanted} if uid is None else set())
            told += [
                self._made(op, "", uid_mode=mode, package=package, uid=uid)
                for package in sorted(names)
                if (package, op) not in seen
            ]
        return told

    def _heading(self, line: str) -> bool:
        if found := _UID.fullmatch(line):
            user, sort, number, plain = found.groups()
            self.user = int(user or 0) if plain is None else int(plain) // PER_USER
            start = {"a": 10_000, "i": 99_000, "s": 0}.get(sort or "", 0)
            self.uid = int(plain) if plain else self.user * PER_USER + start + int(number)
            self.package, self.op = "", None
        elif found := _PACKAGE.fullmatch(line):
            self.package, self.op = found[1], None
            self.packages += 1
            self.by_uid.setdefault(self.uid, set()).add(found[1])
        elif self.op and (found := _TAG.fullmatch(line)):
            self.tag = None if found[1] == "null" else found[1]
        else:
            return False
        return True

    def _op(self, number: int, line: str) -> bool:
        if found := _NEW.fullmatch(line):
            self._begin(number, found[1], _mode(found[2]))
            return True
        found = _OLD.fullmatch(line)
        if not found or _mode(found[3]) not in MODES:
            return False
        op, mode = found[2].removeprefix("android:").upper(), _mode(found[3])
        if found[1] or (self.uid is not None and not self.package):
            self.uid_modes[self.uid, op] = mode
            self.op = None
        else:
            self._begin(number, op, mode)
            self._fields(found[4] or "")
        return True

    def _begin(self, number: int, op: str, mode: str) -> None:
        self.tag, self.kind = None, "access"
        self.op = self._made(op, mode, locator=f"{self.name} line {number}")
        self._add(self.op)

    def _made(self, op: str, mode: str, **about: object) -> OpUse:
        base = OpUse(
            package=self.package or self.wanted, op=op, kind="mode", mode=mode, uid=self.uid,
            user=self.user, info=info_of(op), permission=permission_of(op), locator=self.name,
        )  # fmt: skip
        return replace(base, **about)  # type: ignore[arg-type] # names of its own fields

    def _fields(self, rest: str) -> None:
        """Take the fields that stand behind the mode on one line."""
        told = dict(_FIELD.findall(rest))
        for key, kind in (("time", "access"), ("rejectTime", "reject")):
            age = seconds(told.get(key, ""))
            if age is not None and self.op:
                running = kind == "access" and "(running)" in rest
                lasted = seconds(told.get("duration", "")) if kind == "access" else None
                self._add(
                    replace(
                        self.op, kind=kind, age=age, at=self._before(age), running=running,
                        duration=lasted,
                    )
                )  # fmt: skip

    def _use(self, number: int, line: str) -> bool:
        if self.op is None:
            return False
        if found := _USE.fullmatch(line):
            kind, state, flags, when, ago, rest = found.groups()
        elif found := _NINE.fullmatch(line):
            kind, state, when, ago = found.groups()
            flags, rest = "", ""
        else:
            return self._more(line)
        self.kind = kind.lower() if kind else self.kind
        age = seconds((ago or "").lstrip("+-"))
        at = moment(when, self.zone) if when else None
        lasted, proxy = _LASTED.search(rest), _PROXY.search(rest.partition("proxy[")[2][:_LONG])
        self._add(
            replace(
                self.op, kind=self.kind, state=STATES.get(state, state), flags=flags or "",
                age=age, at=at if at is not None else self._before(age), attribution=self.tag,
                duration=abs(seconds(lasted[1]) or 0.0) if lasted else None,
                proxy=proxy[1] if proxy else None, locator=f"{self.name} line {number}",
            )
        )  # fmt: skip
        return True

    def _more(self, line: str) -> bool:
        """Take what a line adds to the use before it."""
        if not self.uses or self.op is None:
            return False
        last = self.uses[-1]
        here = (self.op.package, self.op.op, self.op.uid, self.tag)
        same = (last.package, last.op, last.uid, last.attribution) == here
        if found := _RUNNING.fullmatch(line):
            age = seconds(found[1])
            if same and last.kind == "access":
                self.uses[-1] = replace(last, running=True)
            else:
                self._add(
                    replace(
                        self.op, kind="access", running=True, age=age, at=self._before(age),
                        attribution=self.tag,
                    )
                )  # fmt: skip
        elif found := _LASTED.fullmatch(line):
            if same and last.kind == "access":
                self.uses[-1] = replace(last, duration=seconds(found[1]))
        else:
            return line.startswith("startNesting=")
        return True

    def _before(self, age: float | None) -> float | None:
        return None if age is None or self.taken_at is None else self.taken_at - age

    def _add(self, use: OpUse) -> None:
        if not self.wanted or use.package == self.wanted:
            self.uses.append(use)


def _mode(text: str) -> str:
    text = text.removeprefix("mode=")
    return MODES[int(text)] if text.isdecimal() and int(text) < len(MODES) else text
