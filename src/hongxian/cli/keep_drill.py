"""The verbs ``keep drill``: copies are restored, for a trial or to go on with."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from datetime import datetime

    from hongxian.guards.keep.drill.results import Trial
    from hongxian.guards.keep.drill.settings import DrillSettings


MOMENTS = ("%Y-%m-%dT%H:%M:%S", "%Y-%m-%dT%H:%M:%S.%f")
"""How a moment is told."""


def _help(key: str) -> str:
    return say(f"keep_drill.help_{key}", chosen_language())


def _config(command: Any) -> Any:
    return click.option(
        "--config", required=True, type=click.Path(path_type=Path), help=_help("config")
    )(lang_option(command))


def _stored(command: Any) -> Any:
    store = click.option("--store", type=click.Path(path_type=Path), help=_help("store"))
    return store(click.option("--subject", help=_help("subject"))(command))


@click.group(help=say("keep_drill.about", chosen_language()))
def drill() -> None:
    """Group what drills do."""


@drill.command(help=_help("mark"))
@click.argument("sources", nargs=-1)
@_config
def mark(sources: tuple[str, ...], config: Path, lang: str) -> None:
    """Mark sources."""
    settings = _settings(config)
    from hongxian.guards.keep.drill.kinds import mark_of

    for name in sources or tuple(settings.sources):
        made = mark_of(settings.source(name), settings.folder / "marks" / name)
        exact = say(f"keep_drill.exact_{'yes' if made.exact else 'no'}", lang)
        click.echo(say("keep_drill.marked", lang, name=name, number=made.number, exact=exact,
                       tables=len(made.seen.tables), position=made.position))  # fmt: skip


@drill.command(help=_help("run"))
@click.argument("sources", nargs=-1)
@click.option("--until", type=click.DateTime(MOMENTS), help=_help("until"))
@click.option("--format", "form", default="table", help=_help("format"),
              type=click.Choice(["table", "json"]))  # fmt: skip
@_stored
@_config
def run(sources: tuple[str, ...], config: Path, form: str, lang: str, **asked: Any) -> None:
    """Try copies now."""
    import json

    settings = _settings(config)
    from hongxian.guards.keep.drill.schedule import Schedule

    schedule = Schedule(settings, lang)
    moment = _seconds(asked["until"])
    done = [schedule.drill(name, moment) for name in sources or tuple(settings.sources)]
    schedule.alarms.close()
    if form == "json":
        click.echo(json.dumps([one.record() for one in done], ensure_ascii=False, indent=2))
    else:
        for one in done:
            click.echo(_told(one, lang))
    if asked["store"] is not None:
        _keep(asked["store"], settings, asked["subject"])
    sys.exit(Exit.CLEAN if all(one.outcome == "passed" for one in done) else Exit.VIOLATED)


@drill.command(help=_help("restore"))
@click.argument("source")
@click.option("--into", required=True, type=click.Path(path_type=Path), help=_help("into"))
@click.option("--until", type=click.DateTime(MOMENTS), help=_help("until"))
@_config
def restore(source: str, into: Path, until: datetime | None, config: Path, lang: str) -> None:
    """Bring a copy back, ready to be started."""
    settings = _settings(config)
    from hongxian.guards.keep.drill.postgresql.ready import ASIDE
    from hongxian.guards.keep.drill.schedule import Schedule

    done = Schedule(settings, lang).bring(source, into, _seconds(until))
    word = "restored_whole" if done.wal is None else "restored"
    click.echo(say(f"keep_drill.{word}", lang, name=source, base=done.base, size=done.size,
                   data=done.data, wal=done.wal, aside=ASIDE))  # fmt: skip


@drill.command(help=_help("schedule"))
@_config
def schedule(config: Path, lang: str) -> None:
    """Drill when it is due, until told to end."""
    settings = _settings(config)
    from hongxian.guards.keep.drill.schedule import Schedule

    Schedule(settings, lang).run()


@drill.command("list", help=_help("list"))
@click.option("--format", "form", default="table", help=_help("format"),
              type=click.Choice(["table", "json", "html"]))  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("output"))
@_stored
@_config
def list_(config: Path, form: str, output: Path | None, lang: str, **asked: Any) -> None:
    """Tell what is protected, the last drills, and the gaps."""
    settings = _settings(config)
    from hongxian.guards.keep.drill.overview import overview
    from hongxian.guards.keep.drill.schedule import opened
    from hongxian.reports import deliver
    from hongxian.reports.keep.render import render

    record = overview(settings, opened(settings))
    deliver(render(record, form, lang), output, lang)
    if asked["store"] is not None:
        _keep(asked["store"], settings, asked["subject"])
    states = {one["state"] for one in record["sources"]}
    sys.exit(Exit.CLEAN if states <= {"passed"} else Exit.VIOLATED)


def _settings(config: Path) -> DrillSettings:
    try:
        from hongxian.guards.keep.drill import trial  # noqa: F401 - it needs the extra
        from hongxian.guards.keep.drill.settings import load_drill
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    return load_drill(config)


def _seconds(until: datetime | None) -> float | None:
    from datetime import UTC

    return None if until is None else until.replace(tzinfo=UTC).timestamp()


def _told(trial: Trial, lang: str) -> str:
    outcome = say(f"keep_drill.outcome_{trial.outcome}", lang)
    rto = "-" if trial.rto is None else f"{trial.rto:.1f}"
    rpo = "-" if trial.rpo is None else f"{trial.rpo:.1f}"
    lines = [say("keep_drill.tried", lang, name=trial.source, outcome=outcome, rto=rto, rpo=rpo,
                 checks=len(trial.checks))]  # fmt: skip
    if trial.reason:
        lines.append(f"  {trial.reason}")
    lines += [
        f"  {say(f'keep_drill.check_{one.what}', lang)} {one.name} "
        f"{say(f'keep_drill.outcome_{one.outcome}', lang)} {one.told}".rstrip()
        for one in trial.checks
        if one.outcome != "passed"
    ]
    return "\n".join(lines)


def _keep(path: Path, settings: DrillSettings, subject: str | None) -> None:
    from hongxian.facts import Run, Store
    from hongxian.guards.keep.drill.facts import SCOPE, drill_coverage, drill_facts
    from hongxian.guards.keep.drill.results import trials

    whose = f"store:{subject or settings.name}"
    known = {name: trials(settings.folder / "trials" / name) for name in settings.sources}
    kept = Store(path)
    try:
        own = Run(sensor="guard", subject=whose, artefact=SCOPE)
        kept.begin(own)
        kept.add_facts(own, drill_facts(whose, settings.sources, known))
        kept.add_coverage(own, [drill_coverage(whose, settings.sources)])
        kept.finish(own)
    finally:
        kept.close()
