"""The command line: one file per verb, imported only when the verb is used."""

from __future__ import annotations

import importlib
import os
import sys
import traceback
from pathlib import Path
from typing import Any

import click

from hongxian.errors import Exit, HongxianError
from hongxian.words import LANGUAGES, language, say

VERBS = ("audit", "judge", "explain", "trace", "answer", "rules", "info", "laws", "parties", "demo")
"""Every verb, in the order of ``--help``; verb ``x`` is ``hongxian.cli.x.command``."""


INTERNAL = 70
"""Exit code of an error of our own (``EX_SOFTWARE`` of sysexits.h)."""


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
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of verbs from the word list."""
        lang = chosen_language()
        rows = [(verb, say(f"cli.verb_{verb}", lang)) for verb in self.list_commands(ctx)]
        with formatter.section("命令" if lang == "zh" else "Verbs"):
            formatter.write_dl(rows)


def chosen_language() -> str:
    """Return the language of this process, before click has parsed anything.

    ``--lang`` is looked up by hand because help texts are made while click parses.
    """
    for place, word in enumerate(sys.argv):
        if word.startswith("--lang="):
            return language(word.split("=", 1)[1])
        if word == "--lang" and place + 1 < len(sys.argv):
            return language(sys.argv[place + 1])
    return language(os.environ.get("HONGXIAN_LANG"))


def lang_option(command: Any) -> Any:
    """Add ``--lang zh|en`` to a verb; the verb receives ``lang``, never ``None``."""
    return click.option(
        "--lang",
        type=click.Choice(LANGUAGES),
        default=chosen_language,
        show_default=False,
        help=say("cli.lang", chosen_language()),
    )(command)


@click.group(cls=_Verbs, help=say("cli.about", chosen_language()))
@click.version_option(package_name="hongxian")
@lang_option
def verbs(lang: str) -> None:
    """Take the options that stand before the verb."""
    del lang


def main() -> None:
    """Run the command line; a :class:`HongxianError` becomes one line and its exit code."""
    try:
        verbs.main(standalone_mode=False)
    except HongxianError as error:
        _stop(str(error), error.code)
    except click.exceptions.Abort:
        sys.exit(130)
    except click.exceptions.Exit as stop:
        sys.exit(stop.exit_code)
    except click.ClickException as error:
        _stop(error.format_message(), Exit.USAGE)
    except BrokenPipeError:  # the reader of our output has gone, as `head` does
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(Exit.CLEAN)
    except Exception as error:
        if os.environ.get("HONGXIAN_DEBUG"):
            raise
        _stop(say("cli.internal", chosen_language(), where=_where(error)), INTERNAL)


def _where(error: Exception) -> str:
    """Return kind and place of an error; its text could hold a PI value."""
    frame = traceback.extract_tb(error.__traceback__)[-1]
    return f"{type(error).__name__}, {Path(frame.filename).name}:{frame.lineno}"


def _stop(line: str, code: int) -> None:
    click.echo(say("cli.error", chosen_language(), line=line), err=True)
    sys.exit(code)
