"""Mutated outputs of devices; the same number always makes the same input."""

from __future__ import annotations

import random
from datetime import UTC
from typing import TYPE_CHECKING

from tests.fuzz.mutate import mutated
from tests.fuzz.readers import Fuzzed
from tests.sensors.session.device import dumps
from tests.sensors.session.device.test_uiautomator import WHOLE

from hongxian.facts import Reason
from hongxian.sensors.session.device import (
    read_appops,
    read_logcat,
    read_package,
    read_screen,
)

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

_NOW = 1795482000.0
_PIECES = (
    "\n", "\r", "\0", " " * 99, "9" * 99, "[", "]", "{", "}", "(", ")", "=", ":", "=[", "٣", "²",
    "Uid u9999999a1:", "Uid 1:", "Package a.b:", "CAMERA (allow):", "CAMERA: mode=9",
    "Access: [top-s] 2026-02-30 25:61:61.999 (-1s)", "Reject: ", "Running start at: +9d",
    "duration=+", "proxy[pkg=", "time=", "null=[", "Uid mode: ", "startNesting=",
    "Package [com.example.app] (1):", "User 99:", "runtime permissions:", "flags=[", "granted=",
    "versionCode=", "firstInstallTime=0000-00-00 00:00:00", "signatures=PackageSignatures{",
    "11-24 09:00:00.000 +9999", "[ 11-24 ", "0.000", "E/a( 1): ", "--------- ", "I tag: ",
    "<node ", "</node>", "</hierarchy>", "<hierarchy>", "bounds='[-1,9][0,-9]'", "&#0;",
    "&#x110000;", "<![CDATA[", "]]>", "<!--", "<?xml", "<!DOCTYPE a [", "<window focused='true'>",
    "\ufeff", "\ud7ff",
)  # fmt: skip


def changed(seeds: Sequence[bytes], number: int) -> bytes:
    """Return input ``number``: bytes changed, or pieces of the formats put in."""
    if number % 3 == 0:
        return mutated(seeds, number)
    dice = random.Random(number)
    text = seeds[number % len(seeds)].decode()
    for _ in range(1 + int(dice.random() * 6)):
        place = int(dice.random() * len(text))
        gone = int(dice.random() * 40)
        text = text[:place] + dice.choice(_PIECES) + text[place + gone :]
    charset = dice.choice(("utf-8", "utf-8", "utf-8", "utf-16", "gb18030"))
    return text.encode(charset, "replace")


def _appops(data: bytes) -> None:
    for package in ("", "com.example.app"):
        unread: list[Reason] = []
        for use in read_appops(data, "a", unread, package=package, taken_at=_NOW, zone=UTC):
            assert use.kind in ("mode", "access", "reject")
            assert use.op
        _said(unread)


def _package(data: bytes) -> None:
    unread: list[Reason] = []
    app = read_package(data, "p", unread, zone=UTC)
    assert app.package
    _ = app.updated, app.granted("android.permission.CAMERA")
    _said(unread)


def _screen(data: bytes) -> None:
    unread: list[Reason] = []
    for node in read_screen(data, "s", unread).nodes:
        assert node.depth >= 0
        assert "\0" not in node.words
    _said(unread)


def _log(data: bytes) -> None:
    for around in (None, _NOW):
        unread: list[Reason] = []
        for line in read_logcat(data, "l", unread, zone=UTC, around=around):
            assert line.level
        _said(unread)


def _said(unread: list[Reason]) -> None:
    for reason in unread:
        assert reason.say("zh")
        assert "\n" not in reason.say("en")


def _seeds(*texts: str) -> Callable[[], Sequence[bytes]]:
    return lambda: [text.encode() for text in texts]


DEVICES = {
    "appops": Fuzzed(
        _appops,
        _seeds(dumps.APPOPS_8, dumps.APPOPS_9, dumps.APPOPS_11, dumps.APPOPS_GET),
        changed,
    ),
    "installed": Fuzzed(_package, _seeds(dumps.PACKAGE_6, dumps.PACKAGE_14), changed),
    "screen": Fuzzed(_screen, _seeds(WHOLE), changed),
    "logcat": Fuzzed(_log, _seeds(dumps.LOG_EPOCH, dumps.LOG_THREADTIME), changed),
}
"""Every reader of what a device prints."""

_OP = "Uid 1:\nPackage p:\nCAMERA (allow):\nAccess: [top-s] 2026-01-01 00:00:00 (-1s) {}"
SLOW = (
    ("appops", "Uid 1:\nPackage p:\nCAMERA: allow; {}", "time=time="),
    ("appops", _OP, "proxy[pkg"),
    ("appops", "{}:", "a"),
    ("appops", "{}", "\n"),
    ("appops", "{}", "Uid 1:\nPackage p:\n"),
    ("appops", "{}", "Uid mode: A: allow\n"),
    ("installed", "  Package [a.b] (1):\n    {}", "a=["),
    ("installed", "  Package [a.b] (1):\n    {}", "x"),
    ("installed", "  Package [a.b] (1):\n    User 0: {}", "installed="),
    ("installed", "{}", "\n"),
    ("screen", "<hierarchy>{}", "<node>"),
    ("screen", "<hierarchy>{}", "&"),
    ("screen", "<hierarchy {}/>", "a='' "),
    ("screen", "{}", "<"),
    ("logcat", "1795482000.000  1  2 I {}", " "),
    ("logcat", "I/{}", "( "),
    ("logcat", "[ 11-24 09:00:00.000 1: 2 I/{}", " "),
    ("logcat", "{}", "1 "),
    ("logcat", "1795482000.000 {}", "1 "),
)
"""Reader, frame, and a piece that fills it many times: on these a careless pattern is slow."""
