"""What a device is asked during a recording, by commands that need no root."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.sensors.session.record.adb import LostError
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.sensors.session.record.adb import Device

_PACKAGE = re.compile(r"[A-Za-z]\w*(?:\.\w+)+", re.ASCII)
_PROPERTY = re.compile(r"^\[([^\]]+)\]: \[(.*)\]\r?$", re.MULTILINE)
_FOCUS = re.compile(r"mCurrentFocus=Window\{(\S+) (?:u\d+ )?([^\s}/]+)(?:/([^\s}]+))?\}?")
_SHA = re.compile(rb"([0-9a-f]{64})\b")
_PATH = re.compile(rb"package:(/[\w./=~+-]*/base\.apk)")
_PROPERTIES = {
    "model": "ro.product.model", "maker": "ro.product.manufacturer",
    "android": "ro.build.version.release", "sdk": "ro.build.version.sdk",
    "rom": "ro.build.display.id", "zone": "persist.sys.timezone",
}  # fmt: skip
_FILE = "/data/local/tmp/hongxian-screen.xml"


@dataclass(frozen=True, slots=True)
class Front:
    """The window that has the focus."""

    window: str
    """Its number on the device: a dialog of the same activity has another."""
    package: str
    activity: str | None


class Looks:
    """Asks one device about one app.

    Args:
        device: the device.
        package: the app.

    Raises:
        WordedError: the package is no name of one.
    """

    def __init__(self, device: Device, package: str) -> None:
        """Check the name, which becomes part of commands."""
        if not _PACKAGE.fullmatch(package):
            raise WordedError("no_package_name", word=package)
        self._device, self.package = device, package
        self.sdk = 0

    def about(self) -> dict[str, str]:
        """Return model, version of Android, ROM and time zone of the device."""
        text = self._device.run("getprop").decode("utf-8", "replace")
        told = dict(_PROPERTY.findall(text))
        found = {key: told[name] for key, name in _PROPERTIES.items() if told.get(name)}
        self.sdk = int(found["sdk"]) if found.get("sdk", "").isdecimal() else 0
        return found

    def apk(self) -> str:
        """Return the sha256 of the installed APK; empty when the device does not tell."""
        found = _PATH.search(self._device.run(f"pm path {self.package}"))
        if found is None:
            return ""
        digest = _SHA.match(self._device.run(f"sha256sum {found[1].decode()}", 60.0))
        return digest[1].decode() if digest else ""

    def package_dump(self) -> bytes:
        """Return ``dumpsys package`` of the app."""
        return self._told(f"dumpsys package {self.package}")

    def appops_dump(self) -> bytes:
        """Return ``dumpsys appops`` of the app, or of all where Android does not part them."""
        data = self._told(f"dumpsys appops --package {self.package}")
        return self._told("dumpsys appops") if b"nknown option" in data[:200] else data

    def screen(self) -> bytes:
        """Return a dump of the elements on the screen; some ROMs write it to a file only."""
        data = self._device.run("uiautomator dump /dev/tty", 25.0)
        if b"<hierarchy" not in data:
            command = f"uiautomator dump {_FILE} >/dev/null && cat {_FILE}; rm -f {_FILE}"
            data = self._device.run(command, 25.0)
        if b"<hierarchy" not in data:
            raise LostError("no_dump")
        return data

    def screenshot(self) -> bytes:
        """Return a picture of the screen (PNG); windows that forbid it give none."""
        data = self._device.run("screencap -p", 20.0)
        if not data.startswith(b"\x89PNG"):
            raise LostError("no_picture")
        return data

    def front(self) -> Front | None:
        """Return the window in front; ``None`` when nothing has the focus just now."""
        text = self._device.run("dumpsys window | grep mCurrentFocus").decode("utf-8", "replace")
        found = _FOCUS.findall(text)
        if not found:
            return None
        window, package, activity = found[-1]
        return Front(window, package, activity or None)

    def size(self) -> tuple[int, int] | None:
        """Return width and height of the screen in pixels."""
        found = re.findall(rb"size: (\d+)x(\d+)", self._device.run("wm size"))
        return (int(found[-1][0]), int(found[-1][1])) if found else None

    def launch(self) -> None:
        """Start the app as a tap on its icon does."""
        launcher = "-c android.intent.category.LAUNCHER 1"
        self._device.run(f"monkey -p {self.package} {launcher} >/dev/null 2>&1")

    def stop(self) -> None:
        """End all processes of the app."""
        self._device.run(f"am force-stop {self.package}")

    def clear(self) -> None:
        """Delete all data of the app, so that it is as freshly installed."""
        self._device.run(f"pm clear {self.package}")

    def home(self) -> None:
        """Press the home key."""
        self._device.run("input keyevent 3")

    def _told(self, command: str) -> bytes:
        data = self._device.run(command, 30.0)
        if not data.strip():
            raise LostError("no_dump")
        return data
