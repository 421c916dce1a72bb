"""The command line: one file per verb, imported only when the verb is used."""

from __future__ import annotations

import importlib
import os
import sys
from typing import Any

import click
from click.core import ParameterSource

from hongxian.cli.spoken import language_of_help, spoken
from hongxian.errors import Exit, HongxianError, place_of
from hongxian.words import LANGUAGES, language, say
from hongxian.words.mask import warn
from hongxian.words.worded import said

VERBS = (
    "audit", "policy", "session", "scan", "record", "watch", "gate", "keep", "mask", "judge",
    "explain", "trace", "answer", "rules", "info", "laws", "parties", "demo",
)  # fmt: skip
"""Every verb, in the order of ``--help``; verb ``x`` is ``hongxian.cli.x.command``."""


INTERNAL = 70
"""Exit code of an error of our own (``EX_SOFTWARE`` of sysexits.h)."""

UNREAD = 141
"""Exit code when the reader of our output has gone: as if ended by SIGPIPE, and no verdict."""


class _Verbs(click.Group):
    """Lists verbs without importing them."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the verbs in the order of their importance."""
        del ctx
        return list(VERBS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Import a verb's module; ``None`` when there is no such verb."""
        del ctx
        if cmd_name not in VERBS:
            return None
        command: click.Command = importlib.import_module(f"hongxian.cli.{cmd_name}").command
        _name_variables(cmd_name, command)
        command.context_class = language_of_help(chosen_language())
        return command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Refuse a word that is no verb, in the user's language."""
        if args[0] not in VERBS and not ctx.resilient_parsing:
            known = ", ".join(VERBS)
            raise HongxianError(say("cli.no_verb", chosen_language(), word=args[0], verbs=known))
        return super().resolve_command(ctx, args)

    def invoke(self, ctx: click.Context) -> Any:
        """Run the verb; a reader that goes away half-way, as ``head`` does, ends it quietly."""
        try:
            return super().invoke(ctx)
        except BrokenPipeError:
            sys.exit(UNREAD)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs from the word list."""
        lang = chosen_language()
        rows = [(verb, say(f"cli.verb_{verb}", lang)) for verb in self.list_commands(ctx)]
        with formatter.section("命令" if lang == "zh" else "Verbs"):
            formatter.write_dl(rows)


def _name_variables(verb: str, command: click.Command) -> None:
    """Let every option be set by a variable: ``HONGXIAN_AUDIT_FAIL_ON`` for ``--fail-on``."""
    for option in command.params:
        if isinstance(option, click.Option) and option.envvar is None:
            word = max(option.opts, key=len).strip("-").replace("-", "_")
            option.envvar = f"HONGXIAN_{verb}_{word}".upper()


def chosen_language() -> str:
    """Return the language of this process, before click has parsed anything."""
    return language(_asked_language())


def _asked_language() -> str | None:
    """Look ``--lang`` up by hand, because help texts are made while click parses."""
    for place, word in enumerate(sys.argv):
        if word.startswith("--lang="):
            return word.split("=", 1)[1]
        if word == "--lang" and place + 1 < len(sys.argv):
            return sys.argv[place + 1]
    return os.environ.get("HONGXIAN_LANG")


def language_if_asked(lang: str) -> str | None:
    """Return a verb's ``lang`` if flag or environment gave it, else ``None``: the file may."""
    source = click.get_current_context().get_parameter_source("lang")
    unasked = source is ParameterSource.DEFAULT and not _asked_language()
    return None if unasked else lang


def lang_option(command: Any) -> Any:
    """Add ``--lang zh|en`` to a verb; the verb receives ``lang``, never ``None``."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=chosen_language,
        show_default=False,
        help=say("cli.lang", chosen_language()),
    )(command)


@click.group(
    cls=_Verbs,
    help=say("cli.about", chosen_language()),
    epilog=say("cli.variables", chosen_language()),
)
@click.version_option(package_name="hongxian", message="%(prog)s %(version)s")
@lang_option
def verbs(lang: str) -> None:
    """Take the options that stand before the verb."""
    del lang


def main() -> None:
    """Run the command line; a :class:`HongxianError` becomes one line and its exit code."""
    verbs.context_class = language_of_help(chosen_language())
    try:
        sys.exit(verbs.main(sys.argv[1:] or ["--help"], "hongxian", standalone_mode=False))
    except HongxianError as error:
        _stop(str(said(error, chosen_language())), error.code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.ClickException as error:
        _stop(spoken(" ".join(error.format_message().split()), chosen_language()), Exit.USAGE)
    except Exception as error:
        if os.environ.get("HONGXIAN_DEBUG"):
            raise
        _stop(say("cli.internal", chosen_language(), where=place_of(error)), INTERNAL)
    finally:
        _flush()


def _flush() -> None:
    """Write out what is left; a verb that was done keeps its exit code if nobody reads it."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _stop(line: str, code: int) -> None:
    warn(say("cli.error", chosen_language(), line=line))
    sys.exit(code)
