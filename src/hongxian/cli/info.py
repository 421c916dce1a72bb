"""``hongxian info``: the PI types, when they are sensitive, what others call them."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.info.maps import VOCABULARIES, load_map
from hongxian.words import say
from hongxian.words.listing import FORMATS, listing, terminal_width
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.info import InfoType, Standard

_LANG = chosen_language()


@click.command(help=say("cli.verb_info", _LANG))
@click.argument("word", required=False)
@click.option("--group", help=say("laws.option_group", _LANG))
@click.option("--sensitive", is_flag=True, help=say("laws.option_sensitive", _LANG))
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=say("laws.option_on", _LANG))
@click.option("--standard", help=say("laws.option_standard", _LANG))
@click.option("--map", "vocabulary", type=click.Choice(VOCABULARIES),
              help=say("laws.option_map", _LANG))  # fmt: skip
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              help=say("laws.option_format", _LANG))  # fmt: skip
@lang_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    word: str | None, group: str | None, sensitive: bool, on: datetime | None,
    standard: str | None, vocabulary: str | None, form: str, lang: str,
) -> None:  # fmt: skip
    """List PI types."""
    from hongxian.info import find_type, load_types
    from hongxian.info.sensitivity import listing as listed_by

    day = on.date() if on else date.today()  # noqa: DTZ011 - the user's own calendar day
    _check(group)
    records = []
    for kind in [find_type(word)] if word else load_types().values():
        by = listed_by(kind.key, day, standard)
        if group in (None, kind.group) and (by or not sensitive):
            records.append(_record(kind, by, form, lang) | _matched(kind, vocabulary, form, lang))
    columns = ["key", "name", "group", "sensitive", "by", "crime_tier", "confidence"]
    columns += ["target", "match"] if vocabulary else []
    text = listing(records, columns, form, lang, terminal_width())
    click.echo(text or say("laws.nothing", lang), nl=not text)


def _record(kind: InfoType, by: Sequence[Standard], form: str, lang: str) -> dict[str, Any]:
    from hongxian.info.source import confidence_word
    from hongxian.info.types import load_groups

    table = form == "table"
    return {
        "key": kind.key,
        "name": kind.name(lang),
        "group": load_groups()[kind.group].name(lang) if table else kind.group,
        "sensitive": bool(by),
        "by": [_cited(one, form, lang) for one in by],
        "crime_tier": kind.crime_tier,
        "confidence": confidence_word(kind.confidence, lang) if table else kind.confidence,
    }


def _matched(kind: InfoType, vocabulary: str | None, form: str, lang: str) -> dict[str, Any]:
    if vocabulary is None:
        return {}
    match = load_map(vocabulary)[kind.key]
    word = say(f"laws.match_{match.match}", lang) if form == "table" else match.match
    return {"target": match.target, "match": word}


def _cited(standard: Standard, form: str, lang: str) -> str:
    from hongxian.info.source import UNVERIFIED, confidence_word

    if form == "table" and standard.confidence == UNVERIFIED:
        return f"{standard.key} ({confidence_word(UNVERIFIED, lang)})"
    return standard.key


def _check(group: str | None) -> None:
    from hongxian.info.types import load_groups

    if group is not None and group not in load_groups():
        raise WordedError("no_group", word=group, known=", ".join(load_groups()))
