"""``hongxian parties``: SDKs, owners of hosts, and who is behind a host."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say
from hongxian.words.listing import FORMATS, listing, terminal_width
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.laws.owners import Owner
    from hongxian.laws.sdks import Sdk

_LANG = chosen_language()

SDK = ["key", "name", "company", "function", "prefixes", "info", "domains", "confidence"]
LIBRARY = ["key", "name", "prefixes", "home", "confidence"]
OWNER = [
    "key", "name", "country", "function", "company", "domains", "tenants", "unverified",
    "confidence",
]  # fmt: skip
HOST = [
    "host", "suffix", "recipient", "name", "company", "country", "hosting", "sources", "confidence"
]  # fmt: skip


@click.command(help=say("cli.verb_parties", _LANG))
@click.argument("word", required=False)
@click.option("--function", "function", help=say("laws.option_function", _LANG))
@click.option(
    "--libraries", "other", flag_value="libraries", help=say("laws.option_libraries", _LANG)
)
@click.option("--owners", "other", flag_value="owners", help=say("laws.option_owners", _LANG))
@click.option("--format", "form", type=click.Choice(FORMATS), default="table",
              help=say("laws.option_format", _LANG))  # fmt: skip
@lang_option
def command(
    word: str | None, function: str | None, other: str | None, form: str, lang: str
) -> None:
    """List SDKs and the parties behind them, or tell whose a host is."""
    if other == "libraries":
        records, columns = _libraries(word), LIBRARY
    elif other == "owners":
        records, columns = [_owner(one, form, lang) for one in _owners(word)], OWNER
    elif word and not function and (told := _host(word, lang)):
        records, columns = [told], HOST
    else:
        records, columns = [_sdk(one, form, lang) for one in _chosen(word, function)], SDK
    if form == "table":
        records = [_worded(record, lang) for record in records]
    text = listing(records, columns, form, lang, terminal_width())
    click.echo(text or say("laws.nothing", lang), nl=not text)


def _host(word: str, lang: str) -> dict[str, Any] | None:
    """Return whose a host is; ``None`` for a word that is none, as a package of Java."""
    from hongxian.audit.settings import load_settings
    from hongxian.laws.hosts import UNKNOWN, clean_host, is_host, owner_of
    from hongxian.laws.owners import load_sources
    from hongxian.laws.suffixes import is_registry, registrable

    if "." not in word or not is_host(word):
        return None
    host = clean_host(word) or word
    found = owner_of(host, load_settings().hosts)
    if found is None:
        package = is_registry(host.partition(".")[0])
        nobody = {"host": host, "suffix": registrable(host), "recipient": UNKNOWN}
        return None if package else nobody
    sources = [load_sources()[key] for key in found.seen]
    return {
        "host": found.host,
        "suffix": found.suffix,
        "recipient": found.recipient,
        "name": found.name(lang),
        "company": found.company,
        "country": found.country,
        "hosting": found.hosting,
        "sources": [say("laws.source_told", lang)] if found.told else sources,
        "confidence": found.confidence,
    }


def _owners(word: str | None) -> list[Owner]:
    from hongxian.laws.owners import find_owners, load_owners

    found = find_owners(word) if word else list(load_owners().values())
    if not found:
        raise WordedError("no_owner", word=word)
    return found


def _owner(owner: Owner, form: str, lang: str) -> dict[str, Any]:
    from hongxian.info.source import UNVERIFIED
    from hongxian.laws.owners import load_kinds

    doubtful = [one.suffix for one in owner.domains if one.confidence == UNVERIFIED]
    return {
        "key": owner.key,
        "name": owner.name(lang),
        "country": owner.country,
        "function": [load_kinds()[kind][lang] if form == "table" else kind for kind in owner.kinds],
        "company": list(owner.companies),
        "domains": [one.suffix for one in owner.domains if not one.tenants],
        "tenants": [one.suffix for one in owner.domains if one.tenants],
        "unverified": doubtful,
        "confidence": owner.confidence,
    }


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

    sure = record.get("confidence")
    return record | {"confidence": confidence_word(sure, lang) if sure else None}
