"""Alarms: JSON that is posted to addresses that people watch."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import orjson

from hongxian.guards.keep.evidence.entry import covered
from hongxian.guards.keep.outward import OutwardError, post

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def raise_alarm(
    addresses: Sequence[str], what: str, body: Mapping[str, Any]
) -> list[tuple[str, str]]:
    """Post an alarm to every address, and return those that did not take it, with the reason.

    Args:
        addresses: of webhooks.
        what: the alarm, in a word.
        body: what it is about; its PI is covered.
    """
    told = orjson.dumps({"source": "hongxian keep", "alarm": what, **covered(body)})
    failed = []
    for address in addresses:
        try:
            post(address, told, "application/json")
        except OutwardError as error:
            failed.append((address, str(error)))
    return failed
