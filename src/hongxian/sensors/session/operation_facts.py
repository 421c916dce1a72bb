"""What the system itself counted: uses of guarded operations (appops), without knowing the code."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.session.clock import Instant
from hongxian.sensors.session.device.appops import UNSEEN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.session.about import About


def operation_facts(about: About) -> Iterator[Fact]:
    """Yield uses that the system let happen since the session began, each once."""
    begun = about.phases.first("start")
    done: set[tuple[str, str, int]] = set()
    for state in about.recording.appops:
        for use in state.what:
            if use.kind != "access" or use.at is None or not use.info:
                continue
            instant = Instant(device=use.at)
            since = about.recording.clocks.apart(instant, begun.instant) if begun else None
            if since is not None and since[0] < 0:
                continue
            for info in use.info:
                key = (use.op, info, int(use.at))
                if key in done:
                    continue
                done.add(key)
                place = {"phase": "background"} if use.state in UNSEEN else {}
                yield about.fact(
                    "collect", instant, item=f"appops:{use.op}", info=info, actor="unknown",
                    amount=1, unit="read", locator=use.locator,
                    detail={"state": use.state} if use.state else {}, **place,
                )  # fmt: skip
