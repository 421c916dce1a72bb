"""The verb ``keep undo``: what was run in quarantine, and how it is brought back."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language
from hongxian.cli.keep_ticket import asking, client_of, plain
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


def _help(key: str) -> str:
    return say(f"keep.help_{key}", chosen_language())


@click.command(help=_help("undo"))
@click.argument("number", metavar="[ID]", required=False)
@click.option("--yes", is_flag=True, help=_help("yes"))
@click.option("--format", "form", default="table", type=click.Choice(["table", "json"]),
              help=_help("format"))  # fmt: skip
@asking
def undo(number: str | None, lang: str, form: str, *, yes: bool, **asked: Any) -> None:
    """List what was run in quarantine, or bring back what one act took."""
    client = client_of(asked)
    found = client.acts()
    if number is None:
        _list(found, form, lang)
        return
    act = next((one for one in found if one["id"] == number), None)
    if act is None:
        raise WordedError("keep_ticket_act_none", id=number[:32])
    if form == "table" or not yes:
        click.echo(_row(act, lang), err=form == "json")
    if not yes and not click.confirm(say("keep.undo_sure", lang), err=True):
        sys.exit(1)
    done = client.undo(number)
    click.echo(json.dumps(done, ensure_ascii=False) if form == "json" else _row(done, lang))


def _list(found: Sequence[Mapping[str, Any]], form: str, lang: str) -> None:
    if form == "json":
        click.echo(json.dumps(found, ensure_ascii=False, indent=2))
        return
    for one in found:
        click.echo(_row(one, lang))
    if not found:
        click.echo(say("keep.undo_none", lang))


def _row(act: Mapping[str, Any], lang: str) -> str:
    state = say(f"keep.undo_{act['state']}", lang)
    return plain(say(
        "keep.undo_row", lang, id=act["id"], state=state, database=act["database"],
        role=act["role"], at=act["at"][:19], due=act["due"][:19], says=act["says"],
        results=", ".join(act["results"]),
    ))  # fmt: skip
