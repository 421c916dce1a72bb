"""The verb ``demo``: audits the bundled sample apps and writes an HTML report."""

from __future__ import annotations

from pathlib import Path

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.errors import HongxianError
from hongxian.words import say

SAMPLES = ("lantern.apk", "lantern_clean.apk")
"""The app whose package and policy commit 21 of the 31 behaviours, and its clean twin."""

POLICIES = "policies"
"""Folder with the policy of the first; the twin carries its own."""

SESSIONS = "sessions"
"""Folder with a recorded test session of each."""

_HOMES = (Path(__file__).parents[1] / "data", Path(__file__).parents[3] / "samples")
"""Where the samples lie: in an installed package, and in a checkout."""


@click.command(help=say("cli.verb_demo", chosen_language()))
@click.option("--output", "-o", type=click.Path(path_type=Path), default="hongxian-demo.html",
              show_default=True, help=say("demo.output", chosen_language()))  # fmt: skip
@lang_option
def command(output: Path, lang: str) -> None:
    """Show the verdicts on the samples, and where their HTML report lies."""
    from hongxian.cli.audit import audit_paths

    apps = [sample(name, lang) for name in SAMPLES]
    # in memory, whatever store a configuration file names: a demonstration leaves no facts behind
    common = {
        "lang": lang, "store": ":memory:", "quiet": True, "jobs": 1, "app_type": "tool",
        "policy": (sample(POLICIES, lang),), "session": (sample(SESSIONS, lang),),
    }  # fmt: skip
    audit_paths(apps, form="table", **common)
    audit_paths(apps, form="html", output=output, **common)
    click.echo("\n" + say("demo.about", lang))
    click.echo(say("demo.report", lang, path=output.resolve()))


def sample(name: str, lang: str) -> Path:
    """Return where a bundled sample lies.

    Raises:
        HongxianError: it is neither in the package nor in a checkout around it.
    """
    for home in _HOMES:
        if (home / name).exists():
            return home / name
    raise HongxianError(say("demo.missing", lang, name=name))
