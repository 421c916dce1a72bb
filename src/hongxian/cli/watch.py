"""The verb ``watch``: who takes how much PI out of interfaces, from their logs."""

from __future__ import annotations

import gc
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
@click.argument("logs", nargs=-1, required=True)
@click.option("--policy", type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--openapi", type=click.Path(path_type=Path), help=_help("openapi"))
@click.option("--write-openapi", type=click.Path(path_type=Path), help=_help("write_openapi"))
@click.option("--learn", type=click.Path(path_type=Path), help=_help("learn"))
@click.option("--subject", help=_help("subject"))
@click.option("--follow", is_flag=True, help=_help("follow"))
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), help=_help("engine"))
@click.option("--checkpoint", type=click.Path(path_type=Path), help=_help("checkpoint"))
@click.option("--egress", is_flag=True, help=_help("egress"))
@click.option("--jobs", "-j", type=click.IntRange(1), help=say("audit.jobs", chosen_language()))
@click.option("--format", "form", default="table", help=_help("format"),
              type=click.Choice(["table", "json", "html", "csv"]))  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("output"))
@click.option("--store", type=click.Path(path_type=Path), help=_help("store"))
@click.option("--strict", is_flag=True, help=_help("strict"))
@lang_option
def command(logs: tuple[str, ...], form: str, output: Path | None, lang: str, **asked: Any) -> None:
    """Read logs and report what they show."""
    if asked["engine"] != "spark":  # executors have the plain files
        from hongxian.guards.gate.fast import use

        use()
    from hongxian.guards.gate.policy_file import load_gate_policy
    from hongxian.sensors.traffic.openapi import load_openapi

    if asked["egress"]:
        from hongxian.cli.watch_egress import egress_of

        sys.exit(egress_of(logs, asked | {"form": form, "output": output, "lang": lang}))
    _sensible(logs, form, output, asked)
    policy = load_gate_policy(asked["policy"]) if asked["policy"] else None
    documented = load_openapi(asked["openapi"]) if asked["openapi"] else None
    asked |= {"form": form, "output": output, "lang": lang, "policy": policy,
              "documented": documented, "learn_it": asked["learn"] is not None}  # fmt: skip
    if asked["engine"] == "spark":
        from hongxian.cli.watch_spark import watched_on_spark

        watched = watched_on_spark(logs, asked)
        _written(watched, asked)
    else:
        watched = _here(logs, asked)
    sys.exit(exit_code(watched, strict=asked["strict"]))


def _here(logs: tuple[str, ...], asked: dict[str, Any]) -> Watched:
    """Watch in this process, and commit offsets of topics once all is written."""
    from hongxian.audit.watch import keep_in, watch
    from hongxian.sensors.traffic.sense import open_traffic

    sensed = open_traffic(logs, asked["subject"], follow=asked["follow"])
    try:
        if asked["follow"]:
            from hongxian.cli.watch_follow import followed

            watched = followed(sensed, asked)
        else:
            watched = watch(sensed, asked["policy"], asked["documented"],
                            learn=asked["learn_it"], jobs=asked["jobs"])  # fmt: skip
            gc.freeze()  # all of it lives as long as this process: nobody need look for rings in it
            if asked["store"]:
                keep_in(asked["store"], watched)
        _written(watched, asked)
        for topic in sensed.topics:
            topic.commit()
    finally:
        sensed.close()
    return watched


def _sensible(logs: tuple[str, ...], form: str, output: Path | None, asked: dict[str, Any]) -> None:
    """Refuse what does not go together.

    Raises:
        HongxianError: it does not.
    """
    from hongxian.sensors.traffic.topics.address import is_topic
    from hongxian.words.worded import WordedError

    topics, spark = sum(map(is_topic, logs)), asked["engine"] == "spark"
    if spark and topics:
        raise WordedError("watch_spark_topic")
    if spark and asked["jobs"]:
        raise WordedError("watch_spark_jobs")
    if asked["checkpoint"] and not (spark and len(logs) == 1):
        raise WordedError("watch_checkpoint_one")
    if asked["follow"]:
        if topics != 1 and not asked["checkpoint"]:
            raise WordedError("watch_follow_one")
        if form in ("html", "csv") and output is None:
            raise WordedError("watch_follow_output", form=form)


def _written(watched: Watched, asked: dict[str, Any]) -> None:
    """Write what was learned, the document and the report."""
    from hongxian.audit.watch_record import record
    from hongxian.guards.gate.policy_file import dump_cohorts
    from hongxian.reports import deliver
    from hongxian.reports.watch import render
    from hongxian.words.listing import terminal_width

    lang, form, output = asked["lang"], asked["form"], asked["output"]
    if asked["learn"]:
        deliver(dump_cohorts(watched.learned), asked["learn"], lang)
    if asked["write_openapi"]:
        deliver(_document(watched), asked["write_openapi"], lang)
    if asked["follow"] and form == "json" and output is None:
        return  # stdout holds a line for each finding already
    coding = "utf-8-sig" if form == "csv" else "utf-8"  # spreadsheets need the mark for Chinese
    width = terminal_width() if output is None else None
    deliver(render(record(watched, lang), form, lang, width), output, lang, coding)


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
