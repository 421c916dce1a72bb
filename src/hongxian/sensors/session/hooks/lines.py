"""Logs in text: our JSON lines, what Frida prints of them, and the monitors of MobSF.

A line may be bare, or wrapped: by Frida's own tool (``message: {'type': 'send', ...}``), by the
log in which it was kept, or by the one who received it (``{"type": "send", "payload": ...}``).
"""

from __future__ import annotations

import ast
import json
import re
from typing import TYPE_CHECKING, Any

import orjson

from hongxian.facts import Reason
from hongxian.sensors.session.device.text import lines_of
from hongxian.sensors.session.hooks.records import mobsf_call, own_call, stack_of, worded_call
from hongxian.sensors.session.hooks.times import month_from_zero

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import tzinfo
    from typing import BinaryIO

    from hongxian.sensors.session.hooks.tally import Tally
    from hongxian.sensors.session.model import Call

MOST_STACKS = 20_000
"""Different stacks that are kept; a log of more starts anew."""
_STACK = re.compile(r'"stack": ?(\[[^\]]*\])')
_DROIDMON = re.compile(r"Droidmon-apimonitor-[^:\s]{1,255}:")
_MONITOR = "MobSF-API-Monitor:"
_FRIDA = re.compile(r"message: (\{.*\}) data: ")
_DEEPEST = 4
"""Wrappings around a record."""
_NAMED = 5
_WRAPS = ("payload", "message", "data")


class LineReader:
    """Reads records of any of the shapes that text logs have.

    Args:
        tally: counts what cannot be read.
        zone: of local times.
        around: when the log was made.
    """

    def __init__(self, tally: Tally, zone: tzinfo, around: float | None) -> None:
        """Keep the log's zone and time."""
        self.tally = tally
        self.zone = zone
        self.around = around
        self.understood = 0
        """Lines that were records, or told of the tool."""
        self._stacks: dict[str, tuple[str, ...]] = {}

    def calls(self, source: BinaryIO | bytes) -> Iterator[Call]:
        """Yield the calls of a log, line by line."""
        for number, line, cut in lines_of(source):
            place = f"{self.tally.name} line {number}"
            data = None if cut else self._record(line)
            call = None if data is None else self.call(data, place)
            if call is not None:
                yield self.tally.take(call)
            elif data is None and line.strip():
                self.tally.miss("lines", place)

    def call(self, data: dict[str, Any], place: str) -> Call | None:
        """Return the call that a record tells of, if it does."""
        self.understood += 1
        if "hooks" in data:
            self._told(data["hooks"], place)
            return None
        if isinstance(data.get("stacks"), str) and isinstance(data.get("messages"), str):
            return self._worded(data, place)
        if "api" in data:
            stack = data.get("stack")
            call = own_call(data, stack if isinstance(stack, tuple) else stack_of(stack), place)
        else:
            call = mobsf_call(self.tally, data, place)
        if call is None:
            self.understood -= 1
            self.tally.miss("lines", place)
        return call

    def _worded(self, data: dict[str, Any], place: str) -> Call:
        arguments, time = data.get("arg"), data.get("time")
        return worded_call(
            self.tally, place, data["messages"], data["stacks"],
            arguments if isinstance(arguments, str) else None,
            at=month_from_zero(str(time), self.zone, self.around),
        )  # fmt: skip

    def _record(self, line: str) -> dict[str, Any] | None:
        """Return the record of a line, without its wrapping; ``None`` when it holds none."""
        text = line.strip()
        found = _STACK.search(text)
        stack = self._stack(found.group(1)) if found else None
        if found and stack is not None:
            text = f"{text[: found.start(1)]}null{text[found.end(1) :]}"
        data = unwrapped(_loaded(text))
        if data is not None and stack is not None and "stack" in data:
            data["stack"] = stack
        return data

    def _stack(self, text: str) -> tuple[str, ...] | None:
        """Return a stack by its text: apps call from the same places over and over."""
        found = self._stacks.get(text)
        if found is None:
            try:
                found = stack_of(json.loads(text))
            except (ValueError, RecursionError):
                return None
            if len(self._stacks) >= MOST_STACKS:
                self._stacks.clear()
            self._stacks[text] = found
        return found

    def _told(self, hooks: Any, place: str) -> None:
        """Note what our script says of itself: what it could not hook."""
        if not isinstance(hooks, dict):
            return
        failed = [one for one in hooks.get("failed") or () if isinstance(one, str)]
        if failed:
            names = ", ".join(one[:120] for one in failed[:_NAMED])
            values = {"count": len(failed), "names": names}
            self.tally.said.append(Reason("session_hooks.not_hooked", values, place))
        if hooks.get("made") == 0:
            why = "no_java" if hooks.get("java") is False else "no_class"
            told = Reason(f"session_hooks.{why}").data()
            self.tally.said.append(Reason("session_hooks.nothing_hooked", {"why": told}, place))


def unwrapped(data: Any) -> dict[str, Any] | None:
    """Return the record inside what a receiver put around it; ``None`` when there is none."""
    for _ in range(_DEEPEST):
        if isinstance(data, str) and data.lstrip().startswith("{"):
            data = _json(data)
        if not isinstance(data, dict):
            return None
        if is_record(data):
            return data
        data = next((data[key] for key in _WRAPS if isinstance(data.get(key), dict | str)), None)
    return None


def is_record(data: dict[str, Any]) -> bool:
    """Whether an object has the fields of a call, or of what our script says of itself."""
    return (
        "api" in data or "hooks" in data or ("class" in data and "method" in data)
        or ("stacks" in data and "messages" in data)
    )  # fmt: skip


def _loaded(text: str) -> Any:
    if text.startswith("{"):
        return _json(text.rstrip(", "))
    if found := _DROIDMON.search(text):
        return _json(text[found.end() :].strip())
    if (at := text.find(_MONITOR)) >= 0:
        return _json(text[at + len(_MONITOR) :].strip().rstrip(", "))
    found = _FRIDA.match(text)
    return _literal(found.group(1)) if found else None


def _json(text: str) -> Any:
    try:
        return orjson.loads(text)
    except (ValueError, RecursionError):
        return _lenient(text)


def _lenient(text: str) -> Any:
    """Read what tools write that is no JSON: line breaks inside texts, ``NaN``."""
    try:
        return json.loads(text, strict=False)
    except (ValueError, RecursionError):
        return None


def _literal(text: str) -> Any:
    try:
        return ast.literal_eval(text)
    except (MemoryError, RecursionError, SyntaxError, TypeError, ValueError):
        return None
