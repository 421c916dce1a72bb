"""``hongxian parties``: SDKs common in Chinese apps, and who is behind them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say
from hongxian.words.listing import FORMATS, listing, terminal_width
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.laws.sdks import Sdk

_LANG = chosen_language()

COLUMNS = ["key", "name", "company", "function", "prefixes", "info", "domains", "confidence"]


@click.command(help=say("cli.verb_parties", _LANG))
@click.argument("word", required=False)
@click.option("--function", "function", help=say("laws.option_function", _LANG))
@click.option("--libraries", is_flag=True, help=say("laws.option_libraries", _LANG))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              help=say("laws.option_format", _LANG))  # fmt: skip
@lang_option
def command(word: str | None, function: str | None, libraries: bool, form: str, lang: str) -> None:
    """List SDKs and the parties behind them."""
    if libraries:
        records, columns = _libraries(word), ["key", "name", "prefixes", "home", "confidence"]
    else:
        records, columns = [_sdk(one, form, lang) for one in _chosen(word, function)], COLUMNS
    if form == "table":
        records = [_worded(record, lang) for record in records]
    text = listing(records, columns, form, lang, terminal_width())
    click.echo(text or say("laws.nothing", lang), nl=not text)


def _chosen(word: str | None, function: str | None) -> list[Sdk]:
    from hongxian.laws.sdks import find_sdks, load_sdks

    found = find_sdks(word) if word else list(load_sdks().values())
    if function is None:
        return found
    known = {name for sdk in load_sdks().values() for name in sdk.functions}
    if function not in known:
        raise WordedError("no_function", word=function, known=", ".join(sorted(known)))
    return [sdk for sdk in found if function in sdk.functions]


def _sdk(sdk: Sdk, form: str, lang: str) -> dict[str, Any]:
    return {
        "key": sdk.key,
        "name": sdk.name(lang),
        "company": sdk.company,
        "function": sdk.function_zh if form == "table" and lang == "zh" else sdk.function,
        "prefixes": list(sdk.prefixes),
        "info": list(sdk.info),
        "domains": list(sdk.domains),
        "confidence": sdk.confidence,
    }


def _libraries(word: str | None) -> list[dict[str, Any]]:
    from hongxian.laws.libraries import load_libraries

    asked = (word or "").casefold()
    found = [
        {
            "key": one.key,
            "name": one.name,
            "prefixes": list(one.prefixes),
            "home": one.home,
            "confidence": one.confidence,
        }
        for one in load_libraries().values()
        if asked in f"{one.key} {one.name} {' '.join(one.prefixes)}".casefold()
    ]
    if not found:
        raise WordedError("no_library", word=word)
    return found


def _worded(record: dict[str, Any], lang: str) -> dict[str, Any]:
    from hongxian.info.source import confidence_word

    return record | {"confidence": confidence_word(record["confidence"], lang)}
