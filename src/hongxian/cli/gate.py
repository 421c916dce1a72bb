"""The verb ``gate``: a reverse proxy that guards interfaces which give personal information."""

from __future__ import annotations

from pathlib import Path

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say


def _help(key: str) -> str:
    return say(f"gate.help_{key}", chosen_language())


@click.command(help=say("cli.verb_gate", chosen_language()))
@click.option("--policy", required=True, type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--check", is_flag=True, help=_help("check"))
@lang_option
def command(policy: Path, lang: str, *, check: bool) -> None:
    """Guard what stands behind it until told to end."""
    from hongxian.words.worded import WordedError

    try:
        from hongxian.guards.gate.live.processes import run
        from hongxian.guards.gate.live.settings import load_live
    except ModuleNotFoundError:
        raise WordedError("no_gate_extra") from None
    settings = load_live(policy)
    if check:
        click.echo(say("gate.checked", lang, path=policy, mode=settings.gate.mode,
                       endpoints=len(settings.gate.endpoints)))  # fmt: skip
        return
    run(settings, lang)
