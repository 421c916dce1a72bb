"""A tester led through a session; ``data/golden.txt`` is what the bundle must hold."""

from __future__ import annotations

import time
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from tests.sensors.session.record.fake_adb import FakeAdb
from tests.sensors.session.record.phone import APP, LOG, Phone, Tape
from tests.sensors.session.record.test_background import until

from hongxian.sensors.session.model import MARKS
from hongxian.sensors.session.record import guide as module
from hongxian.sensors.session.record.adb import Device
from hongxian.sensors.session.record.guide import END, GO, PHASES, SKIP, Guide
from hongxian.sensors.session.record.recorder import Recorder
from hongxian.words import area_words

if TYPE_CHECKING:
    from collections.abc import Callable

GOLDEN = Path(__file__).parent / "data" / "golden.txt"
DIALOG = "com.android.permissioncontroller"


class Person:
    """A tester who does what a script says; time passes only here."""

    def __init__(self, phone: Phone, tape: Tape) -> None:
        self.phone, self.tape = phone, tape
        self.recorder: Recorder
        self.phase = ""
        self.rounds: dict[str, int] = {}
        self.heard: list[str] = []
        self.acts: dict[str, Callable[[], None]] = {
            "refuse": self._refuse, "accept": self._accept, "deny": self._deny,
            "open_policy": lambda: self._shown("Policy", "隐私政策", "正文"),
            "function": lambda: self._shown("Scan", "扫一扫"),
        }  # fmt: skip
        self.often = {"function": 1, "deny": 1}
        self.skipped = {"withdraw", "correct", "delete", "third_party"}

    def tell(self, text: str) -> None:
        self.heard.append(text)

    def go(self, text: str) -> str:
        self.phase = next(
            phase.name
            for phase in PHASES
            if area_words("record")[f"phase_{phase.name}"]["en"] == text
        )
        if self.phase == "update":
            self.phone.version = "4.2.0"
        self.rounds[self.phase] = self.rounds.get(self.phase, 0) + 1
        over = self.rounds[self.phase] > self.often.get(self.phase, 1)
        self.phone.time += 10
        return SKIP if over or self.phase in self.skipped else GO

    def done(self, _: str) -> None:
        self.phone.time += 2
        self.recorder.step()
        self.acts.get(self.phase, lambda: None)()
        self.phone.time += 3
        self.recorder.step()

    def rest(self, seconds: float) -> None:
        self.phone.time += 1
        self.recorder.step()
        self.phone.time += seconds

    def choose(self, text: str, keys: str) -> str:
        self.heard.append(text)
        return "x" if "x" in keys else "y"

    def ask(self, text: str) -> str:
        return {"How many taps: ": "3", "Its name: ": "扫一扫"}.get(text, "")

    def _refuse(self) -> None:
        self._touch(2)
        self.phone.show("launcher", "com.launcher", "首页")

    def _accept(self) -> None:
        self._touch(1)
        self._shown("Main", "消息", "我的")

    def _deny(self) -> None:
        self.phone.show("Grant", DIALOG, "要允许拍照吗？", "拒绝")
        self.recorder.step()
        self._touch(1)
        self.phone.deny()
        self._shown("Main", "消息", "我的")

    def _shown(self, window: str, *texts: str) -> None:
        self.phone.show(window, APP, *texts)

    def _touch(self, place: int) -> None:
        count = len(self.tape.find(" tap "))
        self.phone.touch(place)
        until(lambda: len(self.tape.find(" tap ")) > count)


def led(
    adb: FakeAdb, device: Device, change: Callable[[Person], None] = lambda _: None, **about: object
) -> tuple[Tape, Person]:
    phone, tape = Phone(adb), Tape()
    person = Person(phone, tape)
    recorder = person.recorder = Recorder(device, APP, tape.open, now=phone.now)
    change(person)
    recorder.begin()
    adb.feed(LOG, b"1795482000.000  1  2 I tag: text\n")
    options = {"watch": False, "clear": True, "seconds": 60} | about
    Guide(recorder, person, "en", **options).lead()
    return tape, person


def test_a_whole_session_is_the_golden_one(adb: FakeAdb, device: Device) -> None:
    tape, person = led(adb, device)
    assert "\n".join(tape.lines) + "\n" == GOLDEN.read_text("utf-8")
    assert tape.closed == 1
    assert "Do not touch the device for 60 seconds." in person.heard
    assert f"pm clear {APP}" in adb.asked


def test_a_server_that_goes_away_half_way_loses_only_what_comes_after(
    adb: FakeAdb, device: Device
) -> None:
    def gone(person: Person) -> None:
        adb.die()
        until(lambda: len(person.tape.find("reason=closed")) == 2)

    def dies(person: Person) -> None:
        person.acts["accept"] = lambda: gone(person)
        person.acts["deny"] = lambda: None

    tape, person = led(adb, device, dies)
    marks = [line.split("name=")[1].split()[0] for line in tape.find(" mark ")]
    assert marks[:5] == ["start", "prompt", "refuse", "restart", "accept"]
    assert marks[-1] == "end"
    assert "cancel_account" in marks
    whole = GOLDEN.read_text("utf-8").splitlines()
    assert tape.lines[:20] == whole[:20]
    lost = {line.split("tool=")[1] for line in tape.find(" lost ")}
    assert lost >= {"logcat", "tap", "window", "screen", "screenshot", "package", "appops", "clock"}
    assert "The device does not answer; go to the home screen by hand." in person.heard
    assert tape.find("clock 5.500")
    assert tape.lines[-1] == "closed"


def test_a_tester_may_end_early_or_break_off(adb: FakeAdb, device: Device) -> None:
    def ends(person: Person) -> None:
        person.go = lambda _: END  # type: ignore[method-assign]

    tape, _ = led(adb, device, ends)
    assert [line.split()[1:] for line in tape.find(" mark ")] == [["mark", "name=end"]]
    assert tape.closed == 1


def test_a_mark_is_kept_when_its_phase_is_broken_off(adb: FakeAdb, device: Device) -> None:
    def breaks(person: Person) -> None:
        def stop() -> None:
            raise KeyboardInterrupt

        person.acts["accept"] = stop

    tape, person = led(adb, device, breaks)
    assert [line.split("name=")[1] for line in tape.find(" mark ")][-2:] == ["accept", "end"]
    assert "Broken off; saving what was recorded..." in person.heard
    assert tape.closed == 1


def test_windows_are_looked_at_while_the_tester_is_busy(
    adb: FakeAdb, device: Device, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "PACE", 0.01)

    def waits(person: Person) -> None:
        def rest(_: float) -> None:
            time.sleep(0.05)
            until(lambda: person.tape.find(f"activity={APP}.Prompt"))
            raise KeyboardInterrupt

        person.rest = rest  # type: ignore[method-assign]

    tape, _ = led(adb, device, waits, watch=True, clear=False)
    assert tape.find(f"activity={APP}.Prompt")
    assert f"am force-stop {APP}" in adb.asked


def test_each_phase_is_a_mark_with_its_instruction() -> None:
    names = [phase.name for phase in PHASES]
    assert [*names, "end"] == list(MARKS)
    assert {f"phase_{name}" for name in names} <= set(area_words("record"))


def test_what_the_device_does_not_tell_the_tester_does(adb: FakeAdb, device: Device) -> None:
    def answers(person: Person) -> None:
        person.acts["deny"] = lambda: None
        person.ask = lambda text: "CAMERA" if "permission" in text else "?"  # type: ignore[method-assign]

    tape, _ = led(adb, device, answers)
    assert tape.find("mark name=deny permission=CAMERA")
    assert tape.find("mark name=open_policy outcome=works")
