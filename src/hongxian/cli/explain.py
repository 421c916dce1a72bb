"""``hongxian explain RULE``: the law behind a rule, how it judges, its limits and the remedy."""

from __future__ import annotations

from datetime import date, datetime

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say

_LANG = chosen_language()


@click.command(help=say("cli.verb_explain", _LANG))
@click.argument("rule")
@click.option("--on", type=click.DateTime(["%Y-%m-%d"]), help=say("rules.option_on", _LANG))
@lang_option
def command(rule: str, on: datetime | None, lang: str) -> None:
    """Print one rule with everything that a reader needs to check its verdicts."""
    from hongxian.reports.rule_page import text
    from hongxian.rules.load import find_rule

    day = on.date() if on else date.today()  # noqa: DTZ011 - the user's own calendar day
    click.echo(text(find_rule(rule), lang, day), nl=False)
