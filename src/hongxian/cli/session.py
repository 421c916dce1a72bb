"""The verb ``session``: what a session bundle holds, and what it leaves open."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.rules.load import Rule
    from hongxian.sensors.session.sense import SensedSession


def _help(key: str) -> str:
    return say(key, chosen_language())


@click.group(help=say("cli.verb_session", chosen_language()))
@lang_option
def command(lang: str) -> None:
    """Group what can be done with a session bundle."""
    del lang  # every verb of the group takes its own


@command.command(help=_help("session.help_check"))
@click.argument("bundle", type=click.Path(path_type=Path))
@click.option("--format", "form", default="table", type=click.Choice(["table", "json"]),
              help=_help("session.help_format"))  # fmt: skip
@lang_option
def check(bundle: Path, form: str, lang: str) -> None:
    """Say what is in a bundle, what is missing and which rules that leaves unclear."""
    from hongxian.rules.load import load_rules
    from hongxian.sensors.session.sense import sense_session

    sensed = sense_session(bundle)
    rules = left_open(load_rules(), sensed)
    click.echo(_json(sensed, rules, lang) if form == "json" else _table(sensed, rules, lang))
    sys.exit(Exit.SENSOR if sensed.damaged else Exit.CLEAN)


@command.command(help=_help("session.help_pack"))
@click.argument("description", type=click.Path(path_type=Path))
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("session.help_output"))
@lang_option
def pack(description: Path, output: Path | None, lang: str) -> None:
    """Pack what other tools recorded into a sealed bundle."""
    from hongxian.sensors.session.bundle.pack import pack as packed
    from hongxian.words.worded import unreadable

    path = output or description.with_suffix(".session.zip")
    try:
        packed(description, path)
    except OSError as error:
        raise unreadable(path, error) from None
    click.echo(say("record.saved", lang, path=path))


def left_open(rules: tuple[Rule, ...], sensed: SensedSession) -> list[tuple[Rule, list[str]]]:
    """Return the rules that the session alone leaves unclear, with the scopes that they lack.

    What another sensor must supply is no fault of the session and is not told here.
    """
    ran = {scope for scope, reach in sensed.reaches.items() if reach.status == "ran"}
    found = []
    for rule in rules:
        lacking = [
            " | ".join(scopes) for scopes in map(_of_session, rule.needs)
            if scopes and not ran.intersection(scopes)
        ]  # fmt: skip
        if lacking:
            found.append((rule, lacking))
    return found


def _of_session(need: list[str]) -> list[str]:
    """Return the scopes of a need when only a session can meet it."""
    return need if all(scope.startswith("session.") for scope in need) else []


def _json(sensed: SensedSession, rules: list[tuple[Rule, list[str]]], lang: str) -> str:
    import json

    scopes = {
        scope: {"status": reach.status, "reasons": [one.say(lang) for one in reach.reasons]}
        for scope, reach in sensed.reaches.items()
    }
    record: dict[str, Any] = {
        "subject": sensed.subject, "sha256": sensed.artefact, **sensed.about,
        "problems": [one.say(lang) for one in sensed.damaged], "scopes": scopes,
        "unclear": [{"rule": rule.id, "needs": lacking} for rule, lacking in rules],
    }  # fmt: skip
    return json.dumps(record, ensure_ascii=False, indent=2)


def _table(sensed: SensedSession, rules: list[tuple[Rule, list[str]]], lang: str) -> str:
    from hongxian.words.listing import terminal_width
    from hongxian.words.table import table

    width = terminal_width()
    scopes = [
        [say(f"vocabulary.scope.{scope}", lang), say(f"vocabulary.status.{reach.status}", lang),
         say("reason.semicolon", lang).join(one.say(lang) for one in reach.reasons)]
        for scope, reach in sensed.reaches.items()
    ]  # fmt: skip
    header = [say(f"session.column_{key}", lang) for key in ("scope", "status", "reason")]
    blocks = [_about(sensed, lang), table(scopes, header, width)]
    if sensed.damaged:
        lines = "\n".join(one.say(lang) for one in sensed.damaged)
        blocks.append(f"{say('session.problems', lang)}\n{lines}\n")
    if rules:
        told = [[rule.number, rule.title[lang], _scopes(lacking, lang)] for rule, lacking in rules]
        header = [say(f"session.column_{key}", lang) for key in ("rule", "title", "lacks")]
        blocks.append(f"{say('session.unclear', lang)}\n{table(told, header, width)}")
    return "\n".join(blocks).rstrip("\n")


def _scopes(lacking: list[str], lang: str) -> str:
    names = [
        say("session.or", lang).join(
            say(f"vocabulary.scope.{one}", lang) for one in need.split(" | ")
        )
        for need in lacking
    ]
    return say("reason.semicolon", lang).join(names)


def _about(sensed: SensedSession, lang: str) -> str:
    clock = sensed.about["clock"]
    device = sensed.about["device"]
    known = isinstance(clock, dict) and clock.get("uncertainty") is not None
    told = say("session.clock" if known else "session.unclocked", lang,
               **(clock if isinstance(clock, dict) else {}))  # fmt: skip
    model = ", ".join(device.values()) if isinstance(device, dict) else ""
    return "\n".join(line for line in (sensed.subject, model, told) if line) + "\n"
