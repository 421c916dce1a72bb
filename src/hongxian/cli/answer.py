"""The verb ``answer``: records a person's judgement of a rule in a fact store."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say
from hongxian.words.mask import mask_subject

_VERDICTS = ("violated", "satisfied", "not_applicable")


def _help(name: str) -> str:
    return say(f"judge.opt_{name}", chosen_language())


@click.command(help=say("cli.verb_answer", chosen_language()))
@click.argument("rule")
@click.option("--subject", required=True, help=_help("subject"))
@click.option("--verdict", required=True, type=click.Choice(_VERDICTS), help=_help("verdict"))
@click.option("--by", "author", required=True, help=_help("by"))
@click.option("--since", type=click.DateTime(["%Y-%m-%d"]), help=_help("since"))
@click.option("--attach", type=click.Path(path_type=Path), help=_help("attach"))
@click.option("--note", default="", help=_help("note"))
@click.option("--store", required=True, type=click.Path(path_type=Path), help=_help("store"))
@lang_option
def command(rule: str, store: Path, lang: str, **given: Any) -> None:
    """Record the answer and print its fact id."""
    from hongxian.cli.judge import open_store
    from hongxian.judge.answers import make_answer, record_answer
    from hongxian.rules.load import find_rule

    found = find_rule(rule)
    opened = open_store(store, lang)
    today = datetime.now(UTC).replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    try:
        answer = make_answer(
            found, given["subject"], given["verdict"], author=given["author"],
            since=given["since"] or today, attachment=given["attach"], note=given["note"],
        )  # fmt: skip
        fact = record_answer(opened, answer)
    finally:
        opened.close()
    click.echo(
        say("judge.answered", lang, rule=found.number, subject=mask_subject(answer.subject),
            verdict=say(f"vocabulary.verdict.{answer.outcome}", lang), fact=fact)
    )  # fmt: skip
