"""The verb ``scan``: which personal information lies in files, logs and databases, and how."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option, language_if_asked
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.audit.scan_progress import ScanProgress
    from hongxian.audit.settings import Settings
    from hongxian.audit.spark_scan import Many
    from hongxian.errors import Exit
    from hongxian.sensors.store.absent import Absent
    from hongxian.sensors.store.scan import Options
    from hongxian.sensors.store.state import State


def _help(name: str) -> str:
    return say(f"store.help_{name}", chosen_language())


_PATH = click.Path(path_type=Path)


@click.command(help=say("cli.verb_scan", chosen_language()))
@click.argument("sources", nargs=-1, required=True)
@click.option(
    "--format",
    "form",
    default=None,
    help=_help("format"),
    type=click.Choice(["table", "json", "html", "csv", "sarif", "tags"]),
)
@click.option("--output", "-o", type=_PATH, help=_help("output"))
@click.option("--sample", type=click.IntRange(1), help=_help("sample"))
@click.option("--full", is_flag=True, help=_help("full"))
@click.option("--seed", type=int, default=0, help=_help("seed"))
@click.option("--state", type=_PATH, help=_help("state"))
@click.option("--decisions", type=_PATH, help=_help("decisions"))
@click.option("--absent", type=_PATH, help=_help("absent"))
@click.option("--policy", multiple=True, type=_PATH, help=_help("policy"))
@click.option("--name", help=_help("name"))
@click.option("--store", type=_PATH, help=_help("store"))
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), help=_help("engine"))
@click.option("--fail-on", type=click.Choice(["low", "medium", "high"]), help=_help("fail_on"))
@click.option("--strict/--no-strict", default=None, help=_help("strict"))
@click.option("--accept", type=_PATH, help=_help("accept"))
@click.option("--config", type=_PATH, help=say("audit.config", chosen_language()))
@click.option("--quiet", "-q", is_flag=True, help=_help("quiet"))
@lang_option
def command(sources: tuple[str, ...], **given: Any) -> None:
    """Scan sources and exit with the code of the result."""
    given["lang"] = language_if_asked(given["lang"])
    sys.exit(scan_sources(sources, given))


def scan_sources(specs: Sequence[str], given: dict[str, Any]) -> Exit:
    """Scan, write the report and return the exit code; options as on the command line."""
    import os
    from importlib.util import find_spec

    from hongxian.words.worded import WordedError

    if find_spec("pyarrow") is None:
        raise WordedError("no_scan_extra")
    # numpy's linear algebra, which nothing here uses, would start a thread per processor
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hongxian.audit.scan_progress import ScanProgress
    from hongxian.audit.stores import finish_scan, keep_policies, keep_scan
    from hongxian.facts import Store
    from hongxian.sensors.store.absent import load_absent
    from hongxian.sensors.store.scan import scan
    from hongxian.sensors.store.sources.sources import open_source

    settings, given = _choices(given)
    sources = [open_source(spec) for spec in specs]
    subject = f"store:{given['name'] or '+'.join(one.name for one in sources)}"
    absent = load_absent(given["absent"]) if given["absent"] else None
    sizes = [one.size for one in sources]
    total = None if None in sizes else sum(filter(None, sizes))
    progress = ScanProgress(total, given["lang"], quiet=given["quiet"])
    many = _many(given)
    store = Store(None if many else given["store"])
    state = _state(given, absent)
    try:
        if given["policy"]:
            keep_policies(store, subject, given["policy"])
        options = _options(given, absent, state, progress)
        if many:
            from hongxian.audit.spark_scan import scan_on_spark

            scanned = scan_on_spark(specs, sources, subject, options, many.spark)
        else:
            scanned = scan(sources, subject, options)
        progress.done()
        keep_scan(store, scanned, absent)
        if many:
            store = many.kept(store, subject)
        return finish_scan(store, scanned, given, settings.limits)
    finally:
        progress.done()
        store.close()
        if state:
            state.close()


def _choices(given: dict[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """Return the configuration, and the options with what it adds to those given.

    Raises:
        HongxianError: the configuration is unusable, or names a threshold that no rule has.
    """
    from hongxian.audit.settings import load_settings
    from hongxian.rules.load import load_every_rule

    settings = load_settings(given.get("config"))
    settings.check_limits(load_every_rule())
    chosen = settings.chosen(given)
    chosen["lang"] = chosen.get("lang") or chosen_language()
    return settings, chosen


def _many(given: dict[str, Any]) -> Many | None:
    if given["engine"] != "spark":
        return None
    from hongxian.audit.spark_scan import Many

    return Many(given["store"])


def _state(given: dict[str, Any], absent: Absent | None) -> State | None:
    import hashlib

    from hongxian.sensors.store.state import State

    if not given["state"]:
        return None
    keys = sorted(absent.keys) if absent else []
    looked = hashlib.sha256("\n".join([absent.salt if absent else "", *keys]).encode()).hexdigest()
    settings = {"sample": _sample(given), "seed": given["seed"], "absent": looked}
    return State(given["state"], settings)


def _sample(given: dict[str, Any]) -> int | None:
    from hongxian.sensors.store.scan import Options

    return None if given["full"] else given["sample"] or Options().sample


def _options(
    given: dict[str, Any], absent: Absent | None, state: State | None, progress: ScanProgress
) -> Options:
    from hongxian.sensors.store.decisions import load_decisions
    from hongxian.sensors.store.scan import Options

    return Options(
        sample=_sample(given), seed=given["seed"], absent=absent, state=state,
        decisions=load_decisions(given["decisions"]) if given["decisions"] else (),
        moved=progress.moved, begun=progress.begun,
    )  # fmt: skip
