"""``hongxian rules``: the rules in the order of the law, by its six groups."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.rules.load import Rule

_LANG = chosen_language()


@click.command(help=say("cli.verb_rules", _LANG))
@click.option("--format", "form", type=click.Choice(("table", "json")), default="table",
              help=say("rules.option_format", _LANG))  # fmt: skip
@lang_option
def command(form: str, lang: str) -> None:
    """List the rules that are shipped."""
    from hongxian.rules.load import load_every_rule

    rules = load_every_rule()
    click.echo(_json(rules) if form == "json" else _table(rules, lang), nl=False)


def _json(rules: tuple[Rule, ...]) -> str:
    import json

    return json.dumps([_record(rule) for rule in rules], ensure_ascii=False, indent=2) + "\n"


def _record(rule: Rule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "number": rule.number,
        "title": rule.title,
        "group": rule.group,
        "principles": rule.principles,
        "severity": rule.severity,
        "needs": rule.needs,
        "thresholds": rule.thresholds,
        "status": rule.status,
        "since": rule.since,
    }


def _table(rules: tuple[Rule, ...], lang: str) -> str:
    from hongxian.words.listing import terminal_width
    from hongxian.words.table import table

    groups: dict[str, list[Rule]] = {}
    for rule in rules:
        group = str(rule.order[0]) if rule.name == rule.number else rule.id.split(".", 1)[0]
        groups.setdefault(group, []).append(rule)
    header = [say(f"rules.{key}", lang) for key in ("number", "severity", "title")]
    blocks = []
    for number, members in groups.items():
        rows = [[rule.name, _severity(rule, lang), rule.title[lang]] for rule in members]
        listed = table(rows, header, terminal_width())
        blocks.append(f"{number}  {members[0].group[lang]}\n{listed}")
    return "\n".join(blocks)


def _severity(rule: Rule, lang: str) -> str:
    return say(f"vocabulary.severity.{rule.severity}", lang)
