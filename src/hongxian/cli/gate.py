"""The verb ``gate``: guards interfaces which give personal information, as a proxy or an agent."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.guards.gate.live.host import ConnectionHost

AGENTS = ("spoe", "auth-request")
"""Protocols by which a proxy can ask."""


def _help(key: str) -> str:
    return say(f"gate.help_{key}", chosen_language())


@click.command(help=say("cli.verb_gate", chosen_language()))
@click.option("--policy", required=True, type=click.Path(path_type=Path), help=_help("policy"))
@click.option("--agent", type=click.Choice(AGENTS), help=_help("agent"))
@click.option("--check", is_flag=True, help=_help("check"))
@lang_option
def command(policy: Path, agent: str | None, lang: str, *, check: bool) -> None:
    """Guard what stands behind it until told to end."""
    from hongxian.guards.gate.fast import use
    from hongxian.words.worded import WordedError

    if not check:
        use()
    try:
        from hongxian.guards.gate.live.processes import run
        from hongxian.guards.gate.live.settings import load_live

        host = _host(agent)
    except ModuleNotFoundError:
        raise WordedError("no_gate_extra") from None
    settings = load_live(policy, host.needs)
    host.check(settings)
    if check:
        click.echo(say("gate.checked", lang, path=policy, mode=settings.gate.mode,
                       endpoints=len(settings.gate.endpoints)))  # fmt: skip
        return
    run(settings, lang, host)


def _host(agent: str | None) -> type[ConnectionHost]:
    if agent == "spoe":
        from hongxian.guards.gate.agents.spoe import SpoeAgent

        return SpoeAgent
    if agent == "auth-request":
        from hongxian.guards.gate.agents.auth_request import AuthRequestAgent

        return AuthRequestAgent
    from hongxian.guards.gate.live.worker import Worker

    return Worker
