"""The verb ``audit``: app packages in, a verdict with evidence on each of the 31 behaviours out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option, language_if_asked
from hongxian.errors import Exit, HongxianError
from hongxian.folders import files_below
from hongxian.words import say
from hongxian.words.mask import warn
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hongxian.audit.batch import Budget, Failed, Observed
    from hongxian.audit.settings import Settings
    from hongxian.judge.engine import AnyStore

SUFFIXES = (".apk", ".apks", ".xapk", ".apkm")
"""What a folder is searched for."""


def _help(name: str) -> str:
    return say(f"audit.{name}", chosen_language())


def options(verb: Any) -> Any:
    """Add the options that audit and judge share: what to judge by, and what to write."""
    for option in reversed(_SHARED):
        verb = option(verb)
    return verb


_SHARED = [
    click.option("--type", "app_type", help=_help("type")),
    click.option("--config", type=click.Path(path_type=Path), help=_help("config")),
    click.option("--format", "form", default=None, help=_help("format"),
                 type=click.Choice(["table", "json", "sarif", "html", "csv"])),
    click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("output")),
    click.option("--fail-on", type=click.Choice(["low", "medium", "high"]), help=_help("fail_on")),
    click.option("--strict/--no-strict", default=None, help=_help("strict")),
    click.option("--accept", type=click.Path(path_type=Path), help=_help("accept")),
    click.option("--against", type=click.Path(path_type=Path), help=_help("against")),
    click.option("--all", "everything", is_flag=True, help=_help("all")),
    click.option("--store", type=click.Path(path_type=Path), help=_help("store")),
    click.option("--verdicts", type=click.Path(path_type=Path), help=_help("verdicts")),
    click.option("--engine", type=click.Choice(["duckdb", "spark"]), help=_help("engine")),
    click.option("--facts", multiple=True, type=click.Path(path_type=Path), help=_help("facts")),
]  # fmt: skip


@click.command(help=say("cli.verb_audit", chosen_language()))
@click.argument("apps", nargs=-1, required=True, type=click.Path(path_type=Path))
@options
@click.option("--policy", multiple=True, type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--session", multiple=True, type=click.Path(path_type=Path), help=_help("session"))
@click.option("--jobs", "-j", type=click.IntRange(1), help=_help("jobs"))
@click.option("--seconds", type=click.FloatRange(0, min_open=True), help=_help("seconds"))
@click.option("--megabytes", type=click.IntRange(64), help=_help("megabytes"))
@click.option("--quiet", "-q", is_flag=True, help=_help("quiet"))
@lang_option
def command(apps: tuple[Path, ...], **given: Any) -> None:
    """Audit app packages and exit with the code of the result."""
    given["lang"] = language_if_asked(given["lang"])
    sys.exit(audit_paths(apps, **given))


def audit_paths(apps: Sequence[Path], **given: Any) -> Exit:
    """Audit packages, write the report and return the exit code; options as on the command line."""
    import gc
    import os

    # numpy's linear algebra, which nothing here uses, would start a thread per processor
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from hongxian.audit.policies import given_policies
    from hongxian.audit.sessions import given_sessions

    settings, chosen = choices(given)
    paths = list(packages(apps))
    chosen["policy"] = given_policies(chosen.get("policy") or (), len(paths), chosen["lang"])
    chosen["bundles"] = given_sessions(chosen.get("session") or ())
    store = _store(chosen)
    collecting = gc.isenabled()
    gc.disable()  # columns and facts make no cycles, and a sweep over them costs a tenth of a run
    try:
        return _audit(paths, store, settings, chosen)
    finally:
        store.close()
        if collecting:
            gc.enable()


def _store(chosen: dict[str, Any]) -> AnyStore:
    from hongxian.facts import Store

    if chosen.get("engine") != "spark":
        return Store(chosen.get("store"))
    from hongxian.facts.spark import SparkStore

    if not chosen.get("store"):
        raise WordedError("spark_no_store")
    return SparkStore(chosen["store"])


def choices(given: Mapping[str, Any]) -> tuple[Settings, dict[str, Any]]:
    """Return the configuration, and the options with what it adds to those given.

    Raises:
        HongxianError: the options, the configuration, the accept file or the earlier report is
            unusable; it is better to hear that before the work than after.
    """
    from hongxian.audit.report import rules_of
    from hongxian.audit.settings import load_settings
    from hongxian.judge.accept import load_accepted
    from hongxian.judge.compare import load_earlier
    from hongxian.rules.load import load_store_rules

    settings = load_settings(given.get("config"))
    chosen = settings.chosen(given)
    if chosen.get("verdicts") and chosen.get("engine") != "spark":
        raise WordedError("verdicts_spark")
    if settings.limits:
        settings.check_limits((*rules_of(chosen.get("rules")), *load_store_rules()))
    chosen["lang"] = chosen.get("lang") or chosen_language()
    if chosen.get("accept"):
        load_accepted(Path(chosen["accept"]))
    if chosen.get("against"):
        load_earlier(Path(chosen["against"]))
    return settings, chosen


def packages(apps: Sequence[Path]) -> Iterator[Path]:
    """Yield the packages named, those of a folder with all below it.

    Raises:
        HongxianError: a folder holds none.
    """
    for path in apps:
        if not path.is_dir():
            yield path
            continue
        found = [one for one in files_below(path) if one.suffix.lower() in SUFFIXES]
        if not found:
            raise HongxianError(say("audit.no_package", chosen_language(), path=path))
        yield from found


def _audit(paths: list[Path], store: AnyStore, settings: Settings, chosen: dict[str, Any]) -> Exit:
    from hongxian.audit.report import finish
    from hongxian.facts import Store

    observe = _observe if isinstance(store, Store) else _observe_on_spark
    subjects, failed = observe(paths, store, settings, chosen)
    bundles, lang = chosen["bundles"], chosen["lang"]
    unused = [*bundles.damaged, *bundles.strangers()]
    failed = _warned([one.say(lang) for one in unused], lang) or failed
    return finish(store, list(subjects.items()), settings, chosen, failed=failed)


def _observe(
    paths: list[Path], store: Any, settings: Settings, chosen: dict[str, Any]
) -> tuple[dict[str, str | None], bool]:
    """Sense packages on this machine; return their subjects, and whether something was lost."""
    from hongxian.audit.batch import Failed
    from hongxian.audit.kept import keep_observed

    app_type = settings.app_type(chosen.get("app_type"))
    subjects: dict[str, str | None] = {}
    failed, lang = False, chosen["lang"]
    for observed in _sense(paths, settings, chosen):
        failed = _warned(observed.lines(lang), lang) or failed
        if isinstance(observed, Failed):
            continue
        subject = observed.app.subject
        subjects[subject] = kind = app_type or settings.type_of(subject)
        lines = keep_observed(
            store, observed, settings, chosen["bundles"], app_type=kind, lang=lang
        )
        failed = _warned(lines, lang) or failed
    return subjects, failed


def _observe_on_spark(
    paths: list[Path], store: Any, settings: Settings, chosen: dict[str, Any]
) -> tuple[dict[str, str | None], bool]:
    """Sense packages where the executors are; return as :func:`_observe` does."""
    from hongxian.audit.batch import Wanted
    from hongxian.audit.spark import AppSensor, sense_on_spark

    lang = chosen["lang"]
    sensor = AppSensor(
        wanted=Wanted(gates=settings.gates, given=chosen["policy"], budget=_budget(chosen)),
        settings=settings, app_type=settings.app_type(chosen.get("app_type")),
        sessions=tuple(path.absolute() for path in chosen.get("session") or ()), lang=lang,
    )  # fmt: skip
    subjects, used, failed = sense_on_spark(
        store, paths, sensor, lambda lines: _warned(lines, lang)
    )
    chosen["bundles"].used |= used
    return subjects, failed


def _warned(lines: Sequence[str], lang: str) -> bool:
    """Say what could not be read; return whether there was anything."""
    for line in lines:
        warn(say("audit.failed", lang, line=line))
    return bool(lines)


def _sense(
    paths: list[Path], settings: Settings, chosen: dict[str, Any]
) -> Iterator[Observed | Failed]:
    from hongxian.audit.batch import sense_all
    from hongxian.audit.progress import Progress

    progress = Progress(len(paths), chosen["lang"], quiet=bool(chosen.get("quiet")))
    for observed in sense_all(
        paths, gates=settings.gates, given=chosen["policy"],
        jobs=chosen.get("jobs"), budget=_budget(chosen),
    ):  # fmt: skip
        progress.step()
        yield observed
    progress.done()


def _budget(chosen: dict[str, Any]) -> Budget:
    from hongxian.audit.batch import Budget

    limits = {name: chosen[name] for name in ("seconds", "megabytes") if chosen.get(name)}
    return Budget(**limits)
