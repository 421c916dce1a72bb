"""Records one session: what the device shows at each mark and window change, into a bundle.

Nothing here ends because a device or a tool is gone: what is lost is written down and tried again
at the next occasion.
"""

from __future__ import annotations

import time
from dataclasses import dataclass
from threading import RLock
from typing import TYPE_CHECKING, Any, TypeVar

from hongxian.errors import ArtefactError
from hongxian.sensors.session.device import read_package, read_screen
from hongxian.sensors.session.record.adb import LostError
from hongxian.sensors.session.record.background import Program, Streamed
from hongxian.sensors.session.record.clock import Offset, read_offset
from hongxian.sensors.session.record.looks import Front, Looks
from hongxian.sensors.session.record.sink import Shared, Sink
from hongxian.sensors.session.record.touch import LIST, Touchscreen, touched, touchscreen_of
from hongxian.sensors.session.screens.words import load_words

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.sensors.session.device import Installed
    from hongxian.sensors.session.model import Screen
    from hongxian.sensors.session.record.adb import Device

T = TypeVar("T")
_N = 24
"""API level of Android 7: ``logcat -v epoch`` is known from here on."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Options:
    """What a recording is to do besides the screens."""

    programs: tuple[Program, ...] = ()
    """Frida, a proxy: what they write goes into the bundle at the end."""
    log: bool = True
    touches: bool = True
    tools: tuple[tuple[str, str, str], ...] = ()
    """Name, version and role of each program, for the manifest."""


class Recorder:
    """Records one app on one device.

    Args:
        device: the device.
        package: the app.
        open_sink: opens the bundle once app and device are known.
        options: what to record besides the screens.
        now: our clock, seconds since 1970.
        told: hears the word of each loss (``lost_<word>`` of ``words/record.toml``) as it happens.
    """

    def __init__(  # noqa: PLR0913 - each can be replaced
        self, device: Device, package: str,
        open_sink: Callable[[dict[str, Any], dict[str, str], list[dict[str, str]]], Sink],
        options: Options | None = None, *, now: Callable[[], float] = time.time,
        told: Callable[[str, str], None] = lambda _tool, _word: None,
    ) -> None:  # fmt: skip
        """Check the names; nothing is asked yet."""
        self.looks = Looks(device, package)
        self.installed: Installed | None = None
        self._device, self._open, self._now, self._told = device, open_sink, now, told
        self._options = options or Options()
        self._sink: Shared
        self._turn = RLock()
        self._lost: set[str] = set()
        self._offset: Offset | None = None
        self._zone = "UTC"
        self._front: Front | None = None
        self._screen: Screen | None = None
        self._captures = self._borders = self._logs = 0
        self._streams: list[Streamed] = []

    def begin(self) -> None:
        """Read device and app, open the bundle, start what runs in the background.

        Raises:
            LostError: the device does not answer: without it there is nothing to record.
            ArtefactError: the app is not installed.
        """
        self._device.check()
        about = self.looks.about()
        self._zone = about.pop("zone", "UTC")
        name = f"dumpsys package {self.looks.package}"
        self.installed = read_package(
            self.looks.package_dump(), name, [], package=self.looks.package
        )
        app = {
            "package": self.looks.package, "version": self.installed.version,
            "version_code": self.installed.version_code, "sha256": self._sha256(),
        }  # fmt: skip
        tools = [
            {"name": name, "version": version, "role": role}
            for name, version, role in self._options.tools
        ]
        self._sink = Shared(self._open(app, about, tools))
        self._offset = self._try("clock", self._read_offset)
        self._start_streams()

    def end(self) -> None:
        """Take the last state, end what runs in the background and seal the bundle."""
        self.border("end")
        self.mark("end", self._now())
        for stream in self._streams:
            stream.stop()
        for program in self._options.programs:
            data = self._try(program.role, program.stop)
            if data is not None:
                self._sink.member(
                    program.role, program.output.name, data,
                    format=program.output.suffix.lstrip("."), clock="host",
                )  # fmt: skip
        last = self._try("clock", self._read_offset)
        known = [one for one in (self._offset, last) if one is not None]
        if known:
            offset = known[0].joined(known[-1])
            self._sink.clock(offset.ahead, offset.uncertainty, self._zone)
        self._sink.close()

    def mark(self, name: str, at: float, **detail: Any) -> None:
        """Write down what the tester did or saw, and what stands on the screen."""
        told = {key: value for key, value in detail.items() if value not in (None, "")}
        self._sink.event("mark", host=at, **{"name": name, **told})

    def now(self) -> float:
        """Return the moment on our clock."""
        return self._now()

    def border(self, phase: str) -> Installed | None:
        """Take permissions and app operations at the border of a phase; return the permissions."""
        with self._turn:
            return self._border(phase)

    def _border(self, phase: str) -> Installed | None:
        self._borders += 1
        name = f"{self._borders:02}-{phase}.txt"
        package = self._try("package", self.looks.package_dump)
        if package is not None:
            self._dumped("package", name, package, phase)
        appops = self._try("appops", self.looks.appops_dump)
        if appops is not None:
            self._dumped("appops", name, appops, phase)
        return self._understood(package)

    def capture(self, front: Front | None = None) -> None:
        """Take elements and picture of the screen."""
        with self._turn:
            self._capture(front)

    def _capture(self, front: Front | None) -> None:
        front = front or self._front
        self._captures += 1
        stem = f"{self._captures:04}"
        detail: dict[str, Any] = {}
        at = self._now()
        screen = self._try("screen", self.looks.screen)
        if screen is not None:
            detail["member"] = self._kept("screen", f"{stem}.xml", screen, "uiautomator", at)
            self._screen = self._shown(screen)
        picture = self._try("screenshot", self.looks.screenshot)
        if picture is not None:
            detail["picture"] = self._kept("screenshot", f"{stem}.png", picture, "png", at)
        if detail:
            activity, package = (front.activity, front.package) if front else (None, None)
            told = {"activity": activity, "package": package}
            detail |= {key: value for key, value in told.items() if value}
            self._sink.event("screen", host=at, **detail)

    def step(self) -> None:
        """Look whether another window has come to the front, and whether all tools still run."""
        with self._turn:
            self._step()

    def _step(self) -> None:
        for program in self._options.programs:
            if not program.alive():
                self._lose(program.role, "ended")
        front = self._try("window", self.looks.front)
        if front is None or front == self._front:
            return
        before, self._front = self._front, front
        if _asks(before) and not _asks(front):
            self._answered()
        self._capture(front)

    def _answered(self) -> None:
        """Tell what the person answered to the system's dialog, by the grants that changed."""
        before = self.installed
        after = self._understood(self._try("package", self.looks.package_dump))
        if before is None or after is None:
            return
        old = {(one.name, one.user): one for one in before.grants}
        for grant in after.grants:
            known = old.get((grant.name, grant.user))
            if known != grant and grant.kind == "runtime" and (grant.granted or grant.decided):
                answer = "granted" if grant.granted else "denied"
                self._sink.event("dialog", host=self._now(), permission=grant.name, answer=answer)

    def _understood(self, dump: bytes | None) -> Installed | None:
        if dump is None:
            return None
        try:
            self.installed = read_package(dump, "package", [], package=self.looks.package)
        except ArtefactError:
            return None
        return self.installed

    def _start_streams(self) -> None:
        if self._options.log:
            form = "epoch" if self.looks.sdk >= _N else "threadtime"
            self._stream("logcat", f"logcat -v {form} -T 1", self._log)
        if self._options.touches:
            listing = self._try("tap", lambda: self._device.run(LIST))
            size = self._try("tap", self.looks.size)
            found = touchscreen_of((listing or b"").decode("utf-8", "replace"), size)
            if found is None:
                self._lose("tap", "no_touchscreen")
            else:
                command = f"getevent -l {found.path}"
                self._stream("tap", command, lambda data: self._touches(found, data), 0)

    def _stream(self, role: str, command: str, take: Callable[[bytes], None], *part: int) -> None:
        more = {"part": part[0]} if part else {}
        self._streams.append(
            Streamed(self._device, command, take, lambda word: self._lose(role, word), **more)
        )

    def _log(self, data: bytes) -> None:
        self._logs += 1
        form = "epoch" if self.looks.sdk >= _N else "threadtime"
        self._sink.member("logcat", f"{self._logs:02}.txt", data, format=form)

    def _touches(self, touchscreen: Touchscreen, data: bytes) -> None:
        for x, y in touchscreen.taps(data.decode("ascii", "replace")):
            self._sink.event("tap", host=self._now(), x=x, y=y, text=touched(self._screen, x, y))

    def _shown(self, data: bytes) -> Screen | None:
        try:
            return read_screen(data, "screen", [])
        except ArtefactError:
            return None

    def _dumped(self, role: str, name: str, data: bytes, phase: str) -> None:
        self._sink.member(
            role, name, data, format="dumpsys", phase=phase, at=self._now(), clock="host"
        )

    def _kept(self, role: str, name: str, data: bytes, form: str, at: float) -> str:
        return self._sink.member(role, name, data, format=form, at=at, clock="host")

    def _sha256(self) -> str:
        try:
            return self.looks.apk()
        except LostError:
            return ""

    def _read_offset(self) -> Offset:
        return read_offset(self._device, self._now)

    def _try(self, tool: str, ask: Callable[[], T]) -> T | None:
        """Ask; a loss is written down once, and so is that the tool is there again."""
        try:
            found = ask()
        except LostError as error:
            self._lose(tool, error.word)
            return None
        if tool in self._lost:
            self._lost.discard(tool)
            self._sink.event("back", host=self._now(), tool=tool)
        return found

    def _lose(self, tool: str, word: str) -> None:
        if tool not in self._lost:
            self._lost.add(tool)
            self._sink.event("lost", host=self._now(), tool=tool, reason=word)
            self._told(tool, word)


def _asks(front: Front | None) -> bool:
    return front is not None and front.package in load_words()["permission_dialog"]["packages"]
