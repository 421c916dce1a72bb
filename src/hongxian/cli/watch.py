"""The verb ``watch``: who takes how much PI out of interfaces, from their logs."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.audit.watch import Watched


def _help(key: str) -> str:
    return say(f"watch.help_{key}", chosen_language())


@click.command(help=say("cli.verb_watch", chosen_language()))
@click.argument("logs", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--policy", type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--openapi", type=click.Path(path_type=Path), help=_help("openapi"))
@click.option("--write-openapi", type=click.Path(path_type=Path), help=_help("write_openapi"))
@click.option("--learn", type=click.Path(path_type=Path), help=_help("learn"))
@click.option("--subject", help=_help("subject"))
@click.option("--format", "form", default="table", help=_help("format"),
              type=click.Choice(["table", "json", "html", "csv"]))  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("output"))
@click.option("--store", type=click.Path(path_type=Path), help=_help("store"))
@click.option("--strict", is_flag=True, help=_help("strict"))
@lang_option
def command(
    logs: tuple[Path, ...], form: str, output: Path | None, lang: str, **asked: Any
) -> None:
    """Read logs and report what they show."""
    from hongxian.audit.watch import watch
    from hongxian.audit.watch_record import record
    from hongxian.guards.gate.policy_file import dump_cohorts, load_gate_policy
    from hongxian.reports import deliver
    from hongxian.reports.watch import render
    from hongxian.sensors.traffic.openapi import load_openapi
    from hongxian.sensors.traffic.sense import open_traffic
    from hongxian.words.listing import terminal_width

    policy = load_gate_policy(asked["policy"]) if asked["policy"] else None
    documented = load_openapi(asked["openapi"]) if asked["openapi"] else None
    sensed = open_traffic(logs, asked["subject"])
    watched = watch(sensed, policy, documented, learn=asked["learn"] is not None)
    if asked["store"]:
        _keep(asked["store"], watched)
    if asked["learn"]:
        deliver(dump_cohorts(watched.learned), asked["learn"], lang)
    if asked["write_openapi"]:
        deliver(_document(watched), asked["write_openapi"], lang)
    coding = "utf-8-sig" if form == "csv" else "utf-8"  # spreadsheets need the mark for Chinese
    width = terminal_width() if output is None else None
    deliver(render(record(watched, lang), form, lang, width), output, lang, coding)
    sys.exit(exit_code(watched, strict=asked["strict"]))


def exit_code(watched: Watched, *, strict: bool) -> Exit:
    """Return how the process ends."""
    from hongxian.audit.watch_record import serious

    if not watched.sensed.requests:
        return Exit.SENSOR
    if serious(watched):
        return Exit.VIOLATED
    return Exit.UNCLEAR if strict and watched.sensed.reasons else Exit.CLEAN


def _document(watched: Watched) -> str:
    import json

    from hongxian.sensors.traffic.openapi import openapi

    found = openapi(watched.sensed.inventory.endpoints.values(), watched.sensed.subject)
    return json.dumps(found, ensure_ascii=False, indent=2) + "\n"


def _keep(path: Path, watched: Watched) -> None:
    from hongxian.audit.watch import keep
    from hongxian.facts import Store

    store = Store(path)
    try:
        keep(store, watched)
    finally:
        store.close()
