"""``watch --egress``: what the operator's servers send to others."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.errors import Exit
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.sensors.traffic.egress import Egress

ALONE = ("policy", "openapi", "write_openapi", "learn", "follow", "checkpoint", "jobs")
"""Options that are about interfaces, or about ways of reading that this one has not."""


def egress_of(logs: tuple[str, ...], asked: dict[str, Any]) -> Exit:
    """Read logs of outgoing requests, report them, and return how the process ends.

    Raises:
        HongxianError: something does not go together with it, or a log is not there.
    """
    from hongxian.audit.egress import egress_record, keep_egress, read_egress
    from hongxian.audit.settings import load_settings
    from hongxian.reports import deliver
    from hongxian.reports.egress import egress_report
    from hongxian.sensors.traffic.sense import open_traffic
    from hongxian.words.listing import terminal_width

    _sensible(logs, asked)
    lang, form, output = asked["lang"], asked["form"], asked["output"]
    egress = read_egress(open_traffic(logs, asked["subject"]), load_settings().hosts)
    if asked["store"]:
        keep_egress(asked["store"], egress)
    width = terminal_width() if output is None else None
    coding = "utf-8-sig" if form == "csv" else "utf-8"  # spreadsheets need the mark for Chinese
    deliver(egress_report(egress_record(egress, lang), form, lang, width), output, lang, coding)
    return _exit_code(egress, strict=asked["strict"])


def _sensible(logs: tuple[str, ...], asked: dict[str, Any]) -> None:
    from hongxian.sensors.traffic.topics.address import is_topic

    for name in ALONE:
        if asked[name]:
            raise WordedError("watch_egress_alone", option=f"--{name.replace('_', '-')}")
    if asked["engine"] == "spark":
        raise WordedError("watch_egress_alone", option="--engine spark")
    if topic := next(filter(is_topic, logs), None):
        raise WordedError("watch_egress_alone", option=topic)


def _exit_code(egress: Egress, *, strict: bool) -> Exit:
    if not egress.requests:
        return Exit.SENSOR
    return Exit.UNCLEAR if strict and egress.reasons() else Exit.CLEAN
