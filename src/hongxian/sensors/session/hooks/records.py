"""One call from one record, for each of the shapes that logs have."""

from __future__ import annotations

import json
import math
import re
from typing import TYPE_CHECKING, Any

from hongxian.sensors.session.hooks.api import (
    bare,
    canonical,
    info_of,
    meaning,
    sentry_name,
)
from hongxian.sensors.session.hooks.stacks import MOST_FRAMES, frame_of, frames_of
from hongxian.sensors.session.model import Call

if TYPE_CHECKING:
    from hongxian.sensors.session.hooks.tally import Tally

LONGEST_NAME = 200
_NAME = re.compile(r"[^\s\"'(),:;/]{1,200}\.[^\s\"'(),:;/]{1,100}")
_TEXTS = re.compile(r'"((?:[^"\\]|\\.){1,200})"')
_PERMISSION = re.compile(r"[A-Za-z][\w.]{0,120}\.permission\.[A-Z][A-Z0-9_]{1,80}")
_REQUESTS = ".requestPermissions"
_PLATFORM = ("android.", "java.")
"""A frame of these on top is the interface itself; else the stack begins with its caller."""
_OUTCOMES = ("granted", "denied")
_KEY = re.compile(r"参数[:：]\s*([\w.]+)")


def own_call(data: dict[str, Any], stack: tuple[str, ...], locator: str) -> Call | None:
    """Return the call of one line of our own format; ``None`` when it is none.

    Args:
        data: the line.
        stack: its stack, read already.
        locator: where the line stands.
    """
    api = data.get("api")
    if not isinstance(api, str) or not _NAME.fullmatch(api):
        return None
    keys = _texts(data.get("args"))
    return Call(
        at=_milliseconds(data.get("at")),
        api=canonical(api),
        info=info_of(api, keys) or (),
        stack=stack,
        locator=locator,
        thread=_short(data.get("thread")),
        process=_short(data.get("process")),
        permission=_permissions(data.get("permission")),
        outcome=data["outcome"] if data.get("outcome") in _OUTCOMES else None,
    )


def worded_call(
    tally: Tally, locator: str, word: str, stack_text: str, arguments: str | None, **rest: Any
) -> Call:
    """Return a call that camille or AppScan named by a word.

    The interface in the innermost frame says more than the word, which is asked only when the
    interface is not known.

    Args:
        tally: where an unknown word is noted.
        locator: where the record stands.
        word: what the tool says was done.
        stack_text: the stack as the tool wrote it.
        arguments: the arguments as it wrote them; ``None`` when it keeps none.
        rest: further fields of the call.
    """
    stack = frames_of(stack_text)
    keys = tuple(_TEXTS.findall(arguments)) if arguments else ()
    name = stack[0] if stack else ""
    info = info_of(name, keys)
    known = info is not None
    if info is None:
        info = meaning(word)
    asks = name.endswith(_REQUESTS) or bare(word) == "申请权限"
    permission = ",".join(_PERMISSION.findall(arguments)) if asks and arguments else None
    if info is None and not asks:
        tally.miss("words", locator)
    known = known or name.endswith(_REQUESTS) or name.startswith(_PLATFORM)
    return Call(
        api=canonical(name) if known else bare(word)[:LONGEST_NAME],
        info=info or (),
        stack=stack,
        locator=locator,
        permission=permission or None,
        **rest,
    )


def sentry_call(tally: Tally, locator: str, row: dict[str, str], at: float | None) -> Call:
    """Return a call of PrivacySentry's list.

    Args:
        tally: where an unknown function is noted.
        locator: where the row stands.
        row: ``function``, the method without its class; ``alias``, a description, which may hold
            the name of a setting; ``stack``.
        at: when.
    """
    function, alias = row["function"], row["alias"]
    name = sentry_name(function)
    info = info_of(name, tuple(_KEY.findall(alias))) if name else meaning(function)
    if info is None:
        info = meaning(alias)
    if info is None:
        tally.miss("words", locator)
    return Call(
        at=at,
        api=name or bare(function)[:LONGEST_NAME],
        info=info or (),
        stack=frames_of(row.get("stack", "")),
        locator=locator,
    )


def mobsf_call(tally: Tally, data: dict[str, Any], locator: str) -> Call | None:
    """Return a call of MobSF's API monitor or of Droidmon; ``None`` when it is none."""
    owner, method = data.get("class"), data.get("method")
    if not isinstance(owner, str) or not isinstance(method, str):
        return None
    name = f"{owner}.{method}"
    if not _NAME.fullmatch(name):
        return None
    frame = frame_of(_text(data.get("calledFrom")))
    if frame:
        tally.miss("shallow", locator)
    given = any(data.get(key) not in (None, "") for key in ("result", "returnValue", "return"))
    return Call(
        at=_milliseconds(data.get("timestamp")),
        api=canonical(name),
        info=info_of(name, _mobsf_keys(data)) or (),
        stack=(frame,) if frame else (),
        locator=locator,
        outcome="granted" if given else None,
    )


def stack_of(found: Any) -> tuple[str, ...]:
    """Return the stack of a line of ours: a list of frames, or one text."""
    if isinstance(found, str):
        return frames_of(found)
    if not isinstance(found, list):
        return ()
    frames = (frame_of(one) for one in found[:MOST_FRAMES] if isinstance(one, str))
    return tuple(frame for frame in frames if frame)


def _mobsf_keys(data: dict[str, Any]) -> tuple[str, ...]:
    arguments = data.get("arguments", data.get("args"))
    if isinstance(arguments, str):
        try:
            arguments = json.loads(arguments)
        except (ValueError, RecursionError):
            return ()
    return _texts(arguments)


def _texts(found: Any) -> tuple[str, ...]:
    if not isinstance(found, list):
        return ()
    return tuple(one for one in found[:16] if isinstance(one, str) and len(one) <= LONGEST_NAME)


def _permissions(found: Any) -> str | None:
    if not found:
        return None
    names = found if isinstance(found, list) else _text(found).replace(";", ",").split(",")
    kept = (one.strip() for one in names[:64] if isinstance(one, str))
    return ",".join(one for one in kept if _NAME.fullmatch(one)) or None


def _milliseconds(found: Any) -> float | None:
    if isinstance(found, bool) or not isinstance(found, int | float):
        return None
    return found / 1000 if math.isfinite(found) and 0 < found < 1e15 else None


def _short(found: Any) -> str | None:
    return (_text(found)[:LONGEST_NAME] or None) if isinstance(found, str) else None


def _text(found: Any) -> str:
    return found if isinstance(found, str) else ""
