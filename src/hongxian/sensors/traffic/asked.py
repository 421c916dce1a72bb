"""By what a request asks for somebody, and whether its answer knew them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, TypeVar

import orjson

from hongxian.sensors.traffic.templates import names_record
from hongxian.signals.observation import OBJECT, Identifier

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping, Sequence

V = TypeVar("V", str, bytes)

ASKED = frozenset((
    "basic.phone", "basic.email", "identity.doc_number", "identity.passport", "property.bank_card",
    "netid.account", "netid.user_id", "device.imei", "identity.residence_permit",
    "identity.social_security", "identity.driver_license",
))  # fmt: skip
"""PI by which somebody is asked for; other PI in a request is told, not asked."""

_WHERE = ("query", "body", "answer")
_DIGEST = re.compile(
    rb"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})(?![0-9A-Za-z])"
)


def digests(target: str, text: bytes, info: str) -> list[tuple[int, str, str]]:
    """Return digests of identifiers in a request, which no recogniser can tell from other digests.

    Args:
        target: of the request.
        text: its body.
        info: PI type that digests stand for there.

    Returns:
        Part (0 target, 1 request), PI type, and the digest in small letters.
    """
    return [
        (part, info, found.decode().lower())
        for part, data in ((0, target.encode("utf-8", "replace")), (1, text))
        for found in _DIGEST.findall(data)
    ]


def asked_for(
    hits: list[tuple[int, str, str]], ids: Sequence[str], path: str
) -> tuple[Identifier, ...]:
    """Return by what a request asks for somebody or something.

    Args:
        hits: values found in it: part (0 target, 1 request; others are left out), PI type, value.
        ids: numbers of its path.
        path: its path.
    """
    asked: dict[tuple[str, str], Identifier] = {}
    for part, info, value in hits:
        if part != 2 and info in ASKED and (info, value) not in asked:
            asked[info, value] = tuple.__new__(Identifier, (info, value, _where(part, value, path)))
    for text in ids:
        if names_record(text) and text not in [value for _, value in asked]:
            asked[OBJECT, text] = Identifier(OBJECT, text, "path")
    return tuple(asked.values())


def _where(part: int, value: str, path: str) -> str:
    if part == 0 and value in path:
        return "path"
    return _WHERE[part]


def known(
    status: int | None, response: bytes, asked: Sequence[tuple[str, V]],
    given: Mapping[str, Collection[V]],
) -> int | None:  # fmt: skip
    """Return how many of the identifiers the answer knew: it repeats them, or lists so many.

    Args:
        status: of the answer.
        response: its body.
        asked: PI type and value of what was asked for.
        given: PI type -> values in the answer.
    """
    people = [pair for pair in asked if pair[0] != OBJECT]
    repeated = 0
    if not people or not response:
        return None
    if status is not None and status >= 400:
        return 0
    for info, value in people:
        if value in given.get(info, ()):
            repeated += 1
    if not repeated and given and len(people) == 1:
        return 1
    if repeated or len(people) == 1:
        return repeated
    return min(len(people), longest(response))


def longest(body: bytes) -> int:
    """Return the length of the longest list in an answer."""
    try:
        left: list[Any] = [orjson.loads(body)]
    except (orjson.JSONDecodeError, RecursionError):
        return 0
    most = 0
    while left:
        one = left.pop()
        if isinstance(one, list):
            most = max(most, len(one))
            left += one[:3]
        elif isinstance(one, dict):
            left += one.values()
    return most
