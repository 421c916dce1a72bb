"""Leads a tester through the phases of a session, and writes their marks.

The phases are those of :data:`hongxian.sensors.session.model.MARKS`. Each can be left out; Ctrl-C
ends the session, and what was recorded until then is kept.
"""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING, Any, Protocol

from hongxian.sensors.session.record.adb import LostError
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from hongxian.sensors.session.device import Installed
    from hongxian.sensors.session.record.recorder import Recorder

PACE = 1.0
"""Seconds between two looks at the window in front."""
GO, SKIP, END = "go", "skip", "end"
_ENDS = {"start": "stop", "restart": "stop"}
"""What is done before the border of a phase."""
STATE_WORDS = {"y": "works", "n": "fails", "m": "missing"}
FUNCTION_WORDS = {"y": "available", "n": "blocked"}
KIND_WORDS = {"b": "basic", "e": "extended", "x": "existing"}


class Talk(Protocol):
    """How the guide speaks with the tester."""

    def tell(self, text: str) -> None:
        """Say something."""

    def go(self, text: str) -> str:
        """Wait until the tester is ready: :data:`GO`, :data:`SKIP` or :data:`END`."""

    def done(self, text: str) -> None:
        """Wait until the tester has done it."""

    def choose(self, text: str, keys: str) -> str:
        """Return one of the letters of ``keys``; empty when the tester does not know."""

    def ask(self, text: str) -> str:
        """Return a line; empty when there is nothing to say."""

    def rest(self, seconds: float) -> None:
        """Let some time pass."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Phase:
    """One phase and what is asked about it; its instruction is ``phase_<name>``."""

    name: str
    act: str = ""
    """What the recorder does when the phase begins: ``start``, ``restart``, ``home``, ``front``."""
    rest: bool = False
    """Whether nobody touches the device for a while."""
    repeat: bool = False
    instant: bool = False
    """Whether there is nothing to wait for."""
    asks: tuple[str, ...] = ()
    """Questions, in order: ``name``, ``kind``, ``outcome``, ``state``, ``taps``, ``refused``,
    ``replaced``, ``permission``, ``version``."""


PHASES = (
    Phase(name="start", act="start", rest=True),
    Phase(name="prompt", instant=True),
    Phase(name="refuse"),
    Phase(name="restart", act="restart"),
    Phase(name="accept"),
    Phase(name="function", repeat=True,
          asks=("name", "kind", "outcome", "refused", "replaced")),
    Phase(name="deny", repeat=True, asks=("permission",)),
    Phase(name="background", act="home", rest=True),
    Phase(name="foreground", act="front"),
    Phase(name="third_party", repeat=True, asks=("name",)),
    Phase(name="open_policy", asks=("state", "taps")),
    Phase(name="personalised_off", asks=("state", "taps")),
    Phase(name="correct", asks=("state", "taps")),
    Phase(name="delete", asks=("state", "taps")),
    Phase(name="cancel_account", asks=("state", "taps")),
    Phase(name="withdraw", asks=("state", "taps")),
    Phase(name="update", instant=True, asks=("version",)),
)  # fmt: skip


class Guide:
    """Goes through the phases.

    Args:
        recorder: has begun.
        talk: the tester.
        lang: language of the texts.
        seconds: how long nothing is touched after the start and in the background.
        watch: whether a thread looks at the windows meanwhile; else the talk must.
        clear: whether the app's data is deleted before the start.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of the tester
        self, recorder: Recorder, talk: Talk, lang: str, *, seconds: float = 60.0,
        watch: bool = True, clear: bool = False,
    ) -> None:  # fmt: skip
        """Take the choices."""
        self._recorder, self._talk, self._lang = recorder, talk, lang
        self._seconds, self._watch, self._clear = seconds, watch, clear

    def lead(self, phases: tuple[Phase, ...] = PHASES) -> None:
        """Go through the phases, then end the recording, whatever happens."""
        self._talk.tell(self._say("welcome"))
        try:
            with self._watched():
                for phase in phases:
                    if not self._phase(phase):
                        break
        except KeyboardInterrupt:
            self._talk.tell(self._say("broken_off"))
        finally:
            self._recorder.end()

    def _phase(self, phase: Phase) -> bool:
        """Go through a phase, as often as it is wanted; return whether to go on."""
        while True:
            answer = self._talk.go(self._say(f"phase_{phase.name}"))
            if answer == END:
                return False
            if answer == SKIP:
                return True
            self._once(phase)
            if not phase.repeat:
                return True

    def _once(self, phase: Phase) -> None:
        name = self._talk.ask(self._say("ask_name")) if "name" in phase.asks else ""
        self._act("clear" if phase.act == "start" and self._clear else _ENDS.get(phase.act, ""))
        before = self._recorder.border(phase.name)
        begun = self._recorder.now()
        detail: dict[str, Any] = {"name": name}
        try:
            self._act(phase.act)
            if phase.rest:
                self._talk.tell(self._say("rest", seconds=round(self._seconds)))
                self._talk.rest(self._seconds)
            elif not phase.instant:
                self._talk.done(self._say("done"))
            detail |= self._details(phase, before)
        finally:
            self._mark(phase.name, begun, detail)
            self._recorder.capture()

    def _mark(self, name: str, begun: float, detail: dict[str, Any]) -> None:
        told = dict(detail)
        thing = told.pop("name", "")
        self._recorder.mark(name, begun, thing=thing, **told)

    def _details(self, phase: Phase, before: Installed | None) -> dict[str, Any]:
        answers: dict[str, Any] = {}
        for question in phase.asks:
            if question == "replaced" and answers.get("kind") != "existing":
                continue
            if question != "name":
                answers |= self._detail(question, before)
        return answers

    def _detail(self, question: str, before: Installed | None) -> dict[str, Any]:
        ask: dict[str, Callable[[], dict[str, Any]]] = {
            "kind": lambda: {"kind": self._choice("kind", KIND_WORDS)},
            "outcome": lambda: {"outcome": self._choice("outcome", FUNCTION_WORDS)},
            "state": lambda: {"outcome": self._choice("state", STATE_WORDS)},
            "taps": lambda: {"taps": _number(self._talk.ask(self._say("ask_taps")))},
            "refused": lambda: {"refused": self._talk.ask(self._say("ask_refused"))},
            "replaced": lambda: {"replaced": self._choice("replaced", {"y": True, "n": False})},
            "permission": lambda: {"permission": self._denied(before)},
            "version": lambda: {"version": self._version()},
        }
        return ask[question]()

    def _choice(self, question: str, words: dict[str, Any]) -> Any:
        return words.get(self._talk.choose(self._say(f"ask_{question}"), "".join(words)))

    def _denied(self, before: Installed | None) -> str:
        """Return the permission that the person has just denied: the device knows it best."""
        after = self._recorder.border("deny")
        if before is not None and after is not None:
            old = {grant for grant in before.grants if not grant.granted and grant.decided}
            for grant in after.grants:
                if grant not in old and not grant.granted and grant.decided:
                    return grant.name
        return self._talk.ask(self._say("ask_permission"))

    def _version(self) -> str:
        after = self._recorder.border("update")
        return after.version if after else self._talk.ask(self._say("ask_version"))

    def _act(self, act: str) -> None:
        looks = self._recorder.looks
        acts: dict[str, Callable[[], None]] = {
            "clear": looks.clear, "stop": looks.stop, "start": looks.launch,
            "restart": looks.launch, "home": looks.home, "front": looks.launch,
        }  # fmt: skip
        if act in acts:
            try:
                acts[act]()
            except LostError:
                self._talk.tell(self._say(f"by_hand_{act}"))

    @contextmanager
    def _watched(self) -> Iterator[None]:
        """Look at the windows all the while."""
        if not self._watch:
            yield
            return
        ended = Event()

        def follow() -> None:
            while not ended.is_set():
                self._recorder.step()
                ended.wait(PACE)

        thread = Thread(target=follow, daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join()

    def _say(self, word: str, **values: object) -> str:
        return say(f"record.{word}", self._lang, **values)


def _number(text: str) -> int | None:
    text = text.strip()
    return int(text[:6]) if text.isascii() and text.isdecimal() else None
