"""The verbs ``keep vault``: copies that operators cannot touch."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.check import Checked


def _help(key: str) -> str:
    return say(f"keep_vault.help_{key}", chosen_language())


def _config(command: Any) -> Any:
    return click.option(
        "--config", required=True, type=click.Path(path_type=Path), help=_help("config")
    )(lang_option(command))


@click.group(help=say("keep_vault.about", chosen_language()))
def vault() -> None:
    """Group what a vault does."""


@vault.command(help=_help("serve"))
@click.option("--check", is_flag=True, help=_help("only_check"))
@_config
def serve(config: Path, lang: str, *, check: bool) -> None:
    """Run the vault until told to end."""
    settings = _settings(config)
    try:
        from hongxian.guards.keep.vault.serve import Server
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    if check:
        click.echo(say("keep_vault.checked_settings", lang, path=config,
                       sources=settings.sources))  # fmt: skip
        return
    Server(settings, lang).run()


@vault.command(help=_help("check"))
@_config
def check(config: Path, lang: str) -> None:
    """Hash everything anew."""
    from hongxian.guards.keep.vault.check import check as checked

    found = checked(_opened(config))
    click.echo(_told(found, lang))
    sys.exit(Exit.CLEAN if found.whole else Exit.VIOLATED)


@vault.command(help=_help("password"))
@lang_option
def password(lang: str) -> None:
    """Print the line of a password."""
    from hongxian.guards.keep.vault.passwords import hashed

    if sys.stdin.isatty():
        text = click.prompt(say("keep_vault.password_ask", lang), hide_input=True, err=True)
    else:
        text = sys.stdin.readline().rstrip("\n")
    click.echo(hashed(text))


@vault.command(help=_help("clock"))
@click.option("--accept", metavar="NAME", help=_help("accept"))
@_config
def clock(config: Path, accept: str | None, lang: str) -> None:
    """Show the clock, or let it follow a jump."""
    import time

    own = _opened(config, readonly=accept is None).clock
    if accept is None:
        off = round(time.time() - own.now())
        click.echo(say("keep_vault.clock_shown", lang, vault=_moment(own.now()), seconds=off))
        return
    ahead = own.accept(accept)
    word = "accepted" if ahead else "behind"
    click.echo(say(f"keep_vault.clock_{word}", lang, who=accept, seconds=round(ahead)))


@vault.command("list", help=_help("list"))
@click.option("--format", "form", default="table", help=_help("format"),
              type=click.Choice(["table", "json"]))  # fmt: skip
@_config
def list_(config: Path, form: str, lang: str) -> None:
    """List what is held."""
    import json

    from hongxian.guards.keep.vault.held import held
    from hongxian.words.table import table

    areas = held(_opened(config))
    if form == "json":
        click.echo(json.dumps([one.record() for one in areas], ensure_ascii=False, indent=2))
        return
    columns = ("area", "objects", "bytes", "first", "last", "until")
    head = [say(f"keep_vault.column_{name}", lang) for name in columns]
    rows = [[str(value) for value in one.record().values()] for one in areas]
    click.echo(table(rows, head), nl=False)


def _settings(config: Path) -> Any:
    from hongxian.guards.keep.vault.settings import load_vault

    return load_vault(config)


def _opened(config: Path, *, readonly: bool = True) -> Any:
    import sqlite3

    try:
        from hongxian.guards.keep.vault.vault import open_store
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    settings = _settings(config)
    try:
        return open_store(settings, readonly=readonly)
    except sqlite3.OperationalError:
        raise WordedError("keep_no_vault", settings.folder) from None


def _told(found: Checked, lang: str) -> str:
    lines = []
    if found.entry is not None:
        lines.append(say("keep_vault.check_entry", lang, entry=found.entry))
    if found.faults:
        first = found.faults[0]
        what = say(f"keep_vault.fault_{first.what}", lang)
        at = _moment(first.at) if first.at is not None else "-"
        lines.append(say("keep_vault.check_first", lang, name=first.name, area=first.area, at=at,
                         what=what, count=len(found.faults)))  # fmt: skip
    if found.whole:
        lines.append(say("keep_vault.check_whole", lang, objects=found.objects, size=found.size))
    return "\n".join(lines)


def _moment(seconds: float) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat(timespec="seconds")
