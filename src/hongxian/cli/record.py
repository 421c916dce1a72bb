"""The verb ``record``: a test session on a real device, step by step, into a bundle."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.sensors.session.record import Recorder
    from hongxian.sensors.session.record.background import Program
    from hongxian.sensors.session.record.sink import Sink


def _help(word: str) -> str:
    return say(f"cli.{word}", chosen_language())


@click.command(help=_help("verb_record"))
@click.option("--device", "serial", required=True, help=_help("record_device"))
@click.option("--app", "package", required=True, help=_help("record_app"))
@click.option("--output", "-o", type=click.Path(path_type=Path), help=_help("record_output"))
@click.option("--seconds", type=click.FloatRange(0, 3600), default=60.0, show_default=True,
              help=_help("record_seconds"))  # fmt: skip
@click.option("--clear", is_flag=True, help=_help("record_clear"))
@click.option("--network", type=click.Path(path_type=Path), help=_help("record_network"))
@click.option("--hooks", type=click.Path(path_type=Path), help=_help("record_hooks"))
@click.option("--frida", type=click.Path(exists=True, path_type=Path), help=_help("record_frida"))
@lang_option
def command(  # noqa: PLR0913, PLR0917 - one argument per option
    serial: str, package: str, output: Path | None, seconds: float, clear: bool,
    network: Path | None, hooks: Path | None, frida: Path | None, lang: str,
) -> None:  # fmt: skip
    """Lead the tester through a session."""
    from hongxian.sensors.session.record import Guide
    from hongxian.sensors.session.record.terminal import Terminal

    path = output or Path(f"{package}.session.zip")
    recorder = _recorder(serial, package, path, (network, hooks, frida), lang)
    Guide(recorder, Terminal(), lang, seconds=seconds, clear=clear).lead()
    click.echo(say("record.saved", lang, path=path))


def _recorder(
    serial: str, package: str, path: Path, files: tuple[Path | None, ...], lang: str
) -> Recorder:
    from hongxian.sensors.session.record import Device, LostError, Recorder
    from hongxian.sensors.session.record.recorder import Options
    from hongxian.words.mask import warn
    from hongxian.words.worded import WordedError, unreadable

    def open_sink(*about: Any) -> Sink:
        from hongxian.sensors.session.bundle import BundleWriter

        try:
            return BundleWriter(path, *about)
        except OSError as error:
            raise unreadable(path, error) from None

    def told(tool: str, word: str) -> None:
        reason = say(f"record.lost_{word}", lang)
        warn(say("record.lost", lang, tool=say(f"record.tool_{tool}", lang), reason=reason))

    device = Device(serial)
    programs = _programs(serial, package, path, files)
    options = Options(programs=programs, tools=_tools(programs))
    recorder = Recorder(device, package, open_sink, options, told=told)
    try:
        recorder.begin()
    except LostError as error:
        reason = say(f"record.lost_{error.word}", lang)
        raise WordedError("no_device", serial=serial, reason=reason) from None
    return recorder


def _programs(
    serial: str, package: str, path: Path, files: tuple[Path | None, ...]
) -> tuple[Program, ...]:
    from hongxian.sensors.session.record.background import Program

    network, hooks, frida = files
    found = [Program(role, file) for role, file in (("network", network), ("hooks", hooks)) if file]
    if frida is not None:
        log = path.with_suffix(".frida.log")
        line = ["frida", "-D", serial, "-f", package, "-l", str(frida), "-q", "-o", str(log)]
        found.append(Program("hooks", log, line))
    return tuple(found)


def _tools(programs: tuple[Program, ...]) -> tuple[tuple[str, str, str], ...]:
    from importlib.metadata import version

    ours = [("hongxian", version("hongxian"), "recorder"), ("adbutils", version("adbutils"), "adb")]
    return (*ours, *((program.name, "", program.role) for program in programs))
