"""``hongxian laws``: documents, clauses with dates, and the lists that the law brings with it."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say
from hongxian.words.listing import FORMATS, listing, terminal_width
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.laws.documents import Clause, Document

_LANG = chosen_language()

Listed = tuple[list[dict[str, Any]], list[str]]
"""Records, and the columns that a table shows."""


@click.command(help=say("cli.verb_laws", _LANG))
@click.argument("document", required=False)
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=say("laws.option_on", _LANG))
@click.option("--rule", help=say("laws.option_rule", _LANG))
@click.option("--all", "everything", is_flag=True, help=say("laws.option_drafts", _LANG))
@click.option("--list", "name", type=click.Choice((
    "app-types", "android", "harmony", "ios", "channels", "deadlines", "remedies", "dates",
    "duties")), help=say("laws.option_list", _LANG))  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              help=say("laws.option_format", _LANG))  # fmt: skip
@lang_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    document: str | None, on: datetime | None, rule: str | None, everything: bool,
    name: str | None, form: str, lang: str,
) -> None:  # fmt: skip
    """List documents; with a name, the clauses of that one."""
    day = on.date() if on else date.today()  # noqa: DTZ011 - the user's own calendar day
    if name:
        records, columns = _LISTS[name](lang)
    elif rule or document:
        records, columns = _clauses(document, rule, None if everything else day, lang)
    else:
        records, columns = _documents(None if everything else day, lang)
    if form == "table":
        records = [_worded(record, lang) for record in records]
    text = listing(records, columns, form, lang, terminal_width())
    click.echo(text or say("laws.nothing", lang), nl=not text)


def _worded(record: dict[str, Any], lang: str) -> dict[str, Any]:
    from hongxian.info.source import confidence_word

    words = {"confidence": confidence_word(record["confidence"], lang)}
    if "kind" in record:
        words["kind"] = say(f"laws.kind_{record['kind']}", lang)
    return record | words


def _documents(day: date | None, lang: str) -> Listed:
    from hongxian.laws.documents import load_documents

    documents = [one for one in load_documents().values() if day is None or one.in_force(day)]
    columns = ["key", "name", "number", "kind", "from", "to", "confidence"]
    return [_document(one, lang) for one in documents], columns


def _document(document: Document, lang: str) -> dict[str, Any]:
    return {
        "key": document.key,
        "name": document.name(lang),
        "number": document.number,
        "kind": document.kind,
        "from": document.valid_from,
        "to": document.valid_to,
        "confidence": document.confidence,
    }


def _clauses(word: str | None, rule: str | None, day: date | None, lang: str) -> Listed:
    from hongxian.laws.bearing import NUMBERS
    from hongxian.laws.documents import find_document, load_clauses

    if rule is not None and rule not in NUMBERS:
        raise WordedError("no_behaviour", number=rule)
    document = find_document(word) if word else None
    clauses = [one for one in load_clauses()
               if (document is None or one.document == document)
               and (rule is None or rule in one.rules)
               and (day is None or one.in_force(day))]  # fmt: skip
    columns = ["cite", "topic", "requires", "limit", "rules", "from", "to", "confidence"]
    return [_clause(one, lang) for one in clauses], columns


def _clause(clause: Clause, lang: str) -> dict[str, Any]:
    return {
        "cite": clause.cite(lang),
        "topic": clause.topic(lang),
        "requires": clause.text(lang),
        "limit": clause.limit(lang),
        "rules": list(clause.rules),
        "from": clause.valid_from,
        "to": clause.valid_to,
        "confidence": clause.confidence,
    }


def _app_types(lang: str) -> Listed:
    from hongxian.laws.app_types import load_app_types

    return [
        {
            "no": one.no,
            "key": one.key,
            "name": one.name(lang),
            "function": one.function(lang),
            "necessary": list(one.necessary),
            "confidence": one.confidence,
        }
        for one in load_app_types().values()
    ], ["no", "key", "name", "function", "necessary", "confidence"]


def _permissions(platform: str) -> Callable[[str], Listed]:
    def records(lang: str) -> Listed:
        del lang
        from hongxian.laws import permissions

        rows = [
            {
                "name": one.name,
                "group": one.group,
                "level": one.level,
                "since": one.since or None,
                "info": list(one.info),
                "confidence": one.confidence,
            }
            for one in getattr(permissions, f"load_{platform}")().values()
        ]
        columns = ["name", "group", "level", "since", "info", "confidence"]
        if platform != "android":
            columns = ["name", "level", "info", "confidence"]
        return rows, columns

    return records


def _remedies(name: str, columns: dict[str, str]) -> Callable[[str], Listed]:
    """Make a list of remedies; columns: title key -> field, ``*`` stands for the language."""

    def records(lang: str) -> Listed:
        from hongxian.laws import remedies

        rows = getattr(remedies, f"load_{name}")()
        rows = rows.values() if isinstance(rows, dict) else rows
        fields = {key: field.replace("*", lang) for key, field in columns.items()}
        return [{key: getattr(row, field) for key, field in fields.items()} for row in rows], [
            *columns
        ]

    return records


def _duties(lang: str) -> Listed:
    from hongxian.laws.duties import load_duties, load_roles, load_stages

    return [
        {
            "stage": getattr(load_stages()[one.stage], lang),
            "party": getattr(load_roles()[one.party], lang),
            "raci": one.raci,
            "duty": getattr(one, lang),
            "basis": one.basis,
            "confidence": one.confidence,
        }
        for one in load_duties()
    ], ["stage", "party", "raci", "duty", "basis", "confidence"]


_LISTS: dict[str, Callable[[str], Listed]] = {
    "app-types": _app_types,
    "android": _permissions("android"),
    "harmony": _permissions("harmony"),
    "ios": _permissions("ios"),
    "channels": _remedies("channels", {
        "key": "key", "name": "*", "how": "how_*", "scope": "scope_*", "confidence": "confidence"}),
    "deadlines": _remedies("deadlines", {
        "key": "key", "name": "*", "limit": "limit_*", "basis": "basis",
        "confidence": "confidence"}),
    "remedies": _remedies("weapons", {
        "key": "key", "cite": "where", "requires": "*", "confidence": "confidence"}),
    "dates": _remedies("events", {
        "date": "date", "event": "*", "effect": "effect_*", "confidence": "confidence"}),
    "duties": _duties,
}  # fmt: skip
