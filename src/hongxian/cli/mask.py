"""The verb ``mask``: copy files, folders and databases with the personal information disarmed."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.plan import Plan
    from hongxian.guards.mask.run import Masked, Wanted


def _help(key: str) -> str:
    return say(f"mask.help_{key}", chosen_language())


@click.command(help=say("cli.verb_mask", chosen_language()))
@click.argument("source")
@click.option("--policy", type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--audience", help=_help("audience"))
@click.option("--output", "-o", help=_help("output"))
@click.option("--to", "table_form", default="parquet", type=click.Choice(["parquet", "csv"]),
              help=_help("to"))  # fmt: skip
@click.option("--table", "tables", multiple=True, help=_help("table"))
@click.option("--query", help=_help("query"))
@click.option("--skip-unknown", "skip", is_flag=True, help=_help("skip"))
@click.option("--in-place", is_flag=True, help=_help("in_place"))
@click.option("--column", "columns", multiple=True, metavar="NAME=TYPE:TECHNIQUE",
              help=_help("column"))  # fmt: skip
@click.option("--reveal", is_flag=True, help=_help("reveal"))
@click.option("--key-id", help=_help("key_id"))
@click.option("--quasi", multiple=True, help=_help("quasi"))
@click.option("--sensitive", multiple=True, help=_help("sensitive"))
@click.option("--least-k", type=click.IntRange(1), help=_help("least_k"))
@click.option("--threshold", type=click.FloatRange(0, 1), help=_help("threshold"))
@click.option("--store", type=click.Path(path_type=Path), help=_help("store"))
@click.option("--name", help=_help("name"))
@click.option("--strict", is_flag=True, help=_help("strict"))
@click.option("--format", "form", default="table", type=click.Choice(["table", "json"]),
              help=_help("format"))  # fmt: skip
@click.option("--engine", type=click.Choice(["duckdb", "spark"]), help=_help("engine"))
@lang_option
def command(source: str, output: str | None, form: str, lang: str, **asked: Any) -> None:
    """Mask a source to a copy and tell what was done."""
    from hongxian.guards.mask.many import mask_source
    from hongxian.guards.mask.run import exit_code

    if (output is None) != asked["in_place"]:
        raise WordedError("mask_where")
    wanted = _wanted(asked)
    if asked["engine"] == "spark":
        masked = _on_spark(source, output, wanted, asked | {"lang": lang})
    else:
        masked = mask_source(source, output, _plan(asked), wanted)
    if asked["store"]:
        _keep(source, output, masked, asked)
    _tell(masked, form, lang)
    code = exit_code(masked.outcomes, least_k=asked["least_k"], strict=asked["strict"])
    sys.exit(max(code, Exit.SENSOR) if masked.problems else code)


def _keep(source: str, output: str | None, masked: Masked, asked: dict[str, Any]) -> None:
    from hongxian.audit.masks import keep_masked, mask_subject

    copy = mask_subject(output or source, None).removeprefix("store:")
    subject = mask_subject(source, asked["name"])
    keep_masked(asked["store"], subject, copy, masked, asked["audience"])


def _wanted(asked: dict[str, Any]) -> Wanted:
    from hongxian.guards.mask.run import Asked, Wanted

    measured = Asked(
        quasi=_names(asked["quasi"]), sensitive=_names(asked["sensitive"]),
        least=asked["least_k"] or Asked().least, threshold=asked["threshold"],
    )  # fmt: skip
    if asked["least_k"] and not measured.quasi:
        raise WordedError("mask_least_k")
    if asked["query"] and asked["tables"]:
        raise WordedError("mask_table_or_query")
    return Wanted(
        form=asked["table_form"], tables=asked["tables"], query=asked["query"], asked=measured,
        skip=asked["skip"],
    )  # fmt: skip


def _plan(asked: dict[str, Any]) -> Plan:
    from hongxian.guards.mask.plan import Plan, named_column
    from hongxian.guards.mask.policy import Policy
    from hongxian.guards.mask.policy_file import load_policy

    policy = load_policy(asked["policy"]) if asked["policy"] else Policy()
    if asked["audience"] is None:
        raise WordedError("mask_audience", known=", ".join(policy.audiences))
    policy.audience(asked["audience"])
    from hongxian.guards.mask.known import recognised

    return Plan(
        policy=policy, audience=asked["audience"], recognise=recognised,
        named=dict(named_column(words) for words in asked["columns"]),
        reveal=asked["reveal"], key=asked["key_id"],
    )  # fmt: skip


def _on_spark(source: str, output: str | None, wanted: Wanted, asked: dict[str, Any]) -> Masked:
    from hongxian.guards.mask.spark import mask_on_spark
    from hongxian.guards.mask.spark_masking import Order

    if output is None or "://" in source or "://" in output or wanted.tables:
        raise WordedError("mask_spark_files")
    plan = _plan(asked)  # what is wrong with the words is told before Spark starts
    order = Order(
        policy=str(asked["policy"].absolute()) if asked["policy"] else None,
        audience=plan.audience, named=plan.named, reveal=plan.reveal, key=plan.key,
        lang=asked["lang"],
    )  # fmt: skip
    return mask_on_spark(Path(source), Path(output), order, wanted.asked)


def _names(words: tuple[str, ...]) -> tuple[str, ...]:
    """Return names of columns, given one by one or joined by commas."""
    return tuple(name.strip() for word in words for name in word.split(",") if name.strip())


def _tell(masked: Masked, form: str, lang: str) -> None:
    import json

    from hongxian.guards.mask.outcome import masked_record, masked_text
    from hongxian.words.listing import terminal_width
    from hongxian.words.mask import warn

    if form == "json":
        click.echo(json.dumps(masked_record(masked), ensure_ascii=False, indent=2))
    else:
        click.echo(masked_text(masked, lang, terminal_width()), nl=False)
    for outcome in masked.outcomes:
        if outcome.backup:
            warn(say("mask.backup", lang, path=outcome.backup))
