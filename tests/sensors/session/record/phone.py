"""A phone behind the fake server: it shows what the test's person makes it show."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.sensors.session.record.test_touch import LISTING

if TYPE_CHECKING:
    from tests.sensors.session.record.fake_adb import FakeAdb

APP = "com.example.app"
LOG = "logcat -v epoch -T 1"
TOUCHES = "getevent -l /dev/input/event3"
START = 1_795_482_000.0
AHEAD = 5.5
"""Seconds by which its clock is ahead of the test's."""
TAP = (
    "EV_ABS ABS_MT_TRACKING_ID 00000001\nEV_ABS ABS_MT_POSITION_X {x:08x}\n"
    "EV_ABS ABS_MT_POSITION_Y {y:08x}\nEV_SYN SYN_REPORT 00000000\n"
    "EV_ABS ABS_MT_TRACKING_ID ffffffff\nEV_SYN SYN_REPORT 00000000\n"
)
_NODE = '<node text="{}" package="{}" class="android.widget.Button" bounds="[0,{}][1080,{}]"/>'
_PACKAGE = """\
Packages:
  Package [com.example.app] (1c2d3e4):
    versionCode=412 minSdk=24 targetSdk=34
    versionName={version}
    requested permissions:
      android.permission.CAMERA
    install permissions:
      android.permission.INTERNET: granted=true
    User 0: installed=true
      runtime permissions:
        android.permission.CAMERA: granted={camera}, flags=[ {flags}]
"""
_PROPERTIES = (
    b"[persist.sys.timezone]: [Asia/Shanghai]\n[ro.build.version.release]: [14]\n"
    b"[ro.build.version.sdk]: [34]\n[ro.product.model]: [Lantern 5]\n"
)


class Phone:
    def __init__(self, adb: FakeAdb) -> None:
        self.adb = adb
        self.time = START
        self.version, self.camera, self.flags = "4.1.2", "false", ""
        self.windows = 0
        self.show("launcher", "com.launcher", "首页")
        adb.streams |= {LOG: [], TOUCHES: []}
        adb.answers |= {
            "getprop": _PROPERTIES,
            "date": lambda _: f"{self.time + AHEAD:.6f}000\n".encode(),
            "dumpsys package": lambda _: self._package(),
            "dumpsys appops": b"Uid mode: CAMERA: foreground\n",
            "dumpsys window": lambda _: self.front,
            "uiautomator dump /dev/tty": lambda _: self.screen,
            "screencap": lambda _: b"\x89PNG" + self.screen[:9],
            "pm path": f"package:/data/app/{APP}-1/base.apk\n".encode(),
            "sha256sum": b"ab" * 32 + b"  base.apk\n",
            "getevent -lp": LISTING.encode(),
            "wm size": b"Physical size: 1080x2400\n",
            "monkey": lambda _: self._started(),
            "input keyevent 3": lambda _: self._home(),
        }

    def now(self) -> float:
        return self.time

    def show(self, window: str, package: str, *texts: str) -> None:
        self.windows += 1
        name = f"{package}/{package}.{window}"
        self.front = f"  mCurrentFocus=Window{{{self.windows:x} u0 {name}}}\n".encode()
        nodes = (
            _NODE.format(text, package, 100 * place, 100 * place + 100)
            for place, text in enumerate(texts)
        )
        self.screen = f"<hierarchy>{''.join(nodes)}</hierarchy>".encode()

    def touch(self, place: int) -> None:
        """Touch the element at a place of the list."""
        y = (100 * place + 50) * 4096 // 2400
        self.adb.feed(TOUCHES, TAP.format(x=2048, y=y).encode())

    def deny(self) -> None:
        self.camera, self.flags = "false", "USER_SET"

    def _started(self) -> bytes:
        self.show("Prompt", APP, "隐私政策", "同意", "不同意")
        return b""

    def _home(self) -> bytes:
        self.show("launcher", "com.launcher", "首页")
        return b""

    def _package(self) -> bytes:
        told = {"version": self.version, "camera": self.camera, "flags": self.flags}
        return _PACKAGE.format(**told).encode()


class Tape:
    """A sink that keeps what it gets, as lines that a person can read."""

    def __init__(self) -> None:
        self.lines: list[str] = []
        self.members: dict[str, bytes] = {}
        self.about: tuple[Any, ...] = ()
        self.closed = 0

    def open(self, *about: Any) -> Tape:
        self.about = about
        return self

    def clock(self, offset: float, uncertainty: float | None, zone: str) -> None:
        self.lines.append(f"clock {offset:.3f} {uncertainty:.3f} {zone}")

    def event(
        self, name: str, /, *, device: float | None = None, host: float | None = None, **detail: Any
    ) -> None:
        assert device is None
        at = "?" if host is None else f"{host - START:g}"
        told = " ".join(f"{key}={value}" for key, value in sorted(detail.items()))
        self.lines.append(f"{at} {name} {told}")

    def member(self, role: str, name: str, data: bytes, **about: Any) -> str:
        path = f"{role}/{name}"
        assert path not in self.members
        self.members[path] = data
        if "at" in about:
            about["at"] = f"{about['at'] - START:g}"
        told = " ".join(f"{key}={value}" for key, value in sorted(about.items()))
        self.lines.append(f"+ {path} {told}")
        return path

    def close(self) -> None:
        self.closed += 1
        self.lines.append("closed")

    def find(self, word: str) -> list[str]:
        return [line for line in self.lines if word in line]
