"""The messages that run a plan in a client's session, and the script of their answers.

A simple query becomes one text: the server runs it as one transaction, or in the one that is open,
and ends it with one ReadyForQuery. In the extended protocol each statement of the lane's own is
parsed, bound and executed between the client's messages; all of it is one transaction until Sync,
too. The client's portal is bound anew, so that it is planned after what catches its rows is there.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane import frames
from hongxian.guards.keep.lane.refusals import RESERVED

from .screen import BOUND, Part, Script, new_mark

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from hongxian.guards.keep.lane.named import Portal
    from hongxian.guards.keep.statements.quarantine.plan import Plan

    Refused = Callable[[dict[str, str]], dict[str, str]]

_APART = "\n;\n"
"""Ends a comment that a statement ends with, too."""
_OURS = RESERVED + b"step"


def simple(made: Plan, text: str, codec: str, refused: Refused) -> tuple[bytes, Script]:
    """Return the message for a simple query, and what is answered.

    Args:
        made: the plan.
        text: as the client sent it.
        codec: of the session.
        refused: words an error in what is run besides.

    Raises:
        UnicodeEncodeError: a name of a table cannot be written in the session's encoding.
    """
    mark = new_mark()
    run, parts = [f"select 1 as {mark.decode()}"], [Part()]
    run += made.opening
    parts += [Part() for _ in made.opening]
    found = 0
    for step in made.steps:
        run += step.before
        parts += [Part() for _ in step.before]
        if step.tag:
            parts.append(Part(tag=step.tag))
        else:
            found = max(text.find(step.text, found), 0)
            shift = sum(len(one) + len(_APART) for one in run) - found
            run.append(step.text)
            parts.append(Part(show=True, shift=shift))
        run += step.after
        parts += [Part() for _ in step.after]
    whole = _APART.join(run).encode(codec)
    return frames.query(whole), Script(mark, deque(parts), refused)


def extended(
    made: Plan, portal: Portal, rest: bytes, codec: str, refused: Refused
) -> tuple[bytes, Script]:
    """Return the messages in the place of an Execute, and what is answered.

    Args:
        made: the plan, of one statement.
        portal: with the values that the client bound; it gets ``portal.server_name`` anew.
        rest: of the Execute, behind the portal's name.
        codec: of the session.
        refused: words an error in what is run besides.

    Raises:
        UnicodeEncodeError: as :func:`simple`.
    """
    (step,) = made.steps
    mark, name = new_mark(), portal.statement.server_name
    marking = RESERVED + mark
    old, portal.server_name = portal.server_name, RESERVED + b"p" + mark
    sent = [
        frames.parse(marking, b"select 1 as " + mark),
        frames.message(b"D", b"S" + marking + b"\0"),
        frames.message(b"C", b"S" + marking + b"\0"),
        frames.message(b"C", b"P" + old + b"\0"),
    ]
    if not portal.name:  # what the client had there before holds its tables no longer
        sent.append(frames.message(b"C", b"P\0"))
    first = (*made.opening, *step.before)
    sent += _run(first, codec)
    parts = [Part() for _ in first]
    bound = portal.server_name + b"\0" + name + b"\0" + portal.values
    sent.append(frames.message(b"B", bound))
    parts.append(Part(until=frozenset((BOUND,))))
    if step.tag:
        parts.append(Part(tag=step.tag))
    else:
        sent.append(frames.message(b"E", portal.server_name + b"\0" + rest))
        parts.append(Part(show=True))
    sent += _run(step.after, codec)
    parts += [Part() for _ in step.after]
    return b"".join(sent), Script(mark, deque(parts), refused, alone=False)


def _run(statements: Iterable[str], codec: str) -> list[bytes]:
    """Return the messages that run statements under a name of the lane's own.

    Nothing is answered behind the last one's CommandComplete.
    """
    sent = []
    for one in statements:
        sent += [
            frames.message(b"C", b"P" + _OURS + b"\0"),
            frames.message(b"C", b"S" + _OURS + b"\0"),
            frames.parse(_OURS, one.encode(codec)),
            frames.message(b"B", _OURS + b"\0" + _OURS + b"\0\0\0\0\0\0\0"),
            frames.message(b"E", _OURS + b"\0\0\0\0\0"),
        ]
    return sent
