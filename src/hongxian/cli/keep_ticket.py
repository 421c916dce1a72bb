"""The verbs of ``keep ticket``: what people do with tickets, each on their own machine."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.guards.keep.tickets.client import Client


def _help(key: str) -> str:
    return say(f"keep.help_{key}", chosen_language())


@click.group(help=_help("ticket"))
def ticket() -> None:
    """Group what can be done with tickets."""


def asking(verb: Any) -> Any:
    """Add what every verb needs: the guard, who asks, and that person's key."""
    options = (
        click.option("--guard", required=True, envvar="HONGXIAN_KEEP_GUARD", help=_help("guard")),
        click.option("--as", "person", required=True, envvar="HONGXIAN_KEEP_PERSON",
                     help=_help("person")),
        click.option("--key", required=True, envvar="HONGXIAN_KEEP_KEY",
                     type=click.Path(path_type=Path), help=_help("own_key")),
        lang_option,
    )  # fmt: skip
    for option in reversed(options):
        verb = option(verb)
    return verb


def client_of(asked: Mapping[str, Any]) -> Client:
    """Return who asks the guard."""
    try:
        from hongxian.guards.keep.evidence.keys import load_key
        from hongxian.guards.keep.tickets.client import Client
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None

    def passphrase() -> bytes:
        return str(click.prompt(asked["key"].name, hide_input=True, err=True)).encode()

    return Client(asked["guard"], asked["person"], load_key(asked["key"], passphrase))


@ticket.command(help=_help("ticket_propose"))
@click.option("--database", help=_help("database"))
@click.option("--role", help=_help("role"))
@click.option("--why", required=True, help=_help("why"))
@click.option("--file", "-f", type=click.File("r", encoding="utf-8"), help=_help("file"))
@click.option("--refused", help=_help("refused"))
@click.option("--lifetime", help=_help("lifetime"))
@click.option("--break-glass", is_flag=True, help=_help("break_glass"))
@asking
def propose(lang: str, **asked: Any) -> None:
    """Propose a ticket."""
    from hongxian.guards.tables import span_of

    told: dict[str, Any] = {"why": asked["why"], "break_glass": asked["break_glass"]}
    if asked["lifetime"]:
        told["lifetime"] = span_of(asked["lifetime"])
    if asked["refused"]:
        told["refused"] = asked["refused"]
    elif asked["file"] and asked["database"] and asked["role"]:
        told |= {"text": asked["file"].read(), **{k: asked[k] for k in ("database", "role")}}
    else:
        raise WordedError("keep_no_text")
    _show(client_of(asked).propose(told), lang)


@ticket.command(help=_help("ticket_approve"))
@click.argument("number", metavar="ID")
@click.option("--yes", is_flag=True, help=_help("yes"))
@asking
def approve(number: str, lang: str, *, yes: bool, **asked: Any) -> None:
    """Show a ticket with its text, and sign it."""
    client = client_of(asked)
    shown = client.show(number)
    _show(shown, lang)
    if yes or click.confirm(say("keep.ticket_sure", lang), err=True):
        _show(client.approve(shown), lang, text=False)
    else:
        sys.exit(1)


@ticket.command(help=_help("ticket_withdraw"))
@click.argument("number", metavar="ID")
@asking
def withdraw(number: str, lang: str, **asked: Any) -> None:
    """Withdraw a ticket."""
    _show(client_of(asked).withdraw(number), lang, text=False)


@ticket.command("list", help=_help("ticket_list"))
@asking
def list_(lang: str, **asked: Any) -> None:
    """List tickets, the newest first."""
    found = client_of(asked).list()
    for one in found:
        click.echo(_row(one, lang))
    if not found:
        click.echo(say("keep.ticket_none", lang))


@ticket.command(help=_help("ticket_show"))
@click.argument("number", metavar="ID")
@asking
def show(number: str, lang: str, **asked: Any) -> None:
    """Show a ticket with its text."""
    _show(client_of(asked).show(number), lang)


def _row(told: Mapping[str, Any], lang: str) -> str:
    from hongxian.guards.keep.tickets.ticket import UNKNOWN_ROWS, read_ticket

    one = read_ticket(told["ticket"])
    rows = say("keep.ticket_rows_unknown", lang) if one.rows == UNKNOWN_ROWS else one.rows
    return say(
        "keep.ticket_row", lang, id=one.id, state=told["state"], database=one.database,
        role=one.role, rows=rows, proposer=one.proposer, until=one.expires_at[:19], why=one.why,
    )  # fmt: skip


def _show(told: Mapping[str, Any], lang: str, *, text: bool = True) -> None:
    from hongxian.guards.keep.tickets.ticket import read_ticket

    click.echo(_row(told, lang))
    objects = ", ".join(read_ticket(told["ticket"]).objects)
    if objects:
        click.echo(say("keep.ticket_objects", lang, objects=objects))
    if told["approvals"]:
        people = ", ".join(one["person"] for one in told["approvals"])
        click.echo(say("keep.ticket_approved_by", lang, people=people))
    if told["missing"] and told["state"] == "proposed":
        click.echo(say("keep.ticket_missing", lang, missing=told["missing"]))
    if text:
        click.echo(f"\n{plain(told['text'])}\n")


def plain(text: str) -> str:
    """Return a text in which nothing can steer the terminal or hide what stands there."""
    return "".join(
        one if one.isprintable() or one in "\n\t" else f"\\u{ord(one):04x}" for one in text
    )
