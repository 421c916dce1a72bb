"""The verb ``policy``: what a privacy policy declares and contains, and what it leaves out."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import Exit
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.sensors.policy.sense import SensedPolicy


def _help(key: str) -> str:
    return say(key, chosen_language())


@click.command(help=say("cli.verb_policy", chosen_language()))
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--format", "form", default="table", help=_help("audit.format"),
              type=click.Choice(["table", "html", "json"]))  # fmt: skip
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("audit.output"))
@click.option("--store", type=click.Path(path_type=Path), help=_help("audit.store"))
@lang_option
def command(
    files: tuple[Path, ...], form: str, output: Path | None, store: Path | None, lang: str
) -> None:
    """Read the versions of one policy and report on the newest."""
    from hongxian.reports import deliver
    from hongxian.reports.policy import build_views, render
    from hongxian.sensors.policy.sense import is_shell, sense_policy

    sensed = sense_policy(files)
    if store is not None:
        _keep(store, sensed)
    deliver(render(build_views(sensed), form, lang), output, lang)
    sys.exit(Exit.SENSOR if is_shell(sensed.version.document) else Exit.CLEAN)


def _keep(path: Path, sensed: SensedPolicy) -> None:
    from hongxian.audit.outcome import keep_policy
    from hongxian.audit.policies import run_of
    from hongxian.facts import Store

    store = Store(path)
    try:
        keep_policy(store, run_of(sensed))
    finally:
        store.close()
