"""The verb ``keep``: evidence of what was done to data, and who let it be done."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option
from hongxian.cli.keep_drill import drill
from hongxian.cli.keep_ticket import ticket
from hongxian.cli.keep_undo import undo
from hongxian.cli.keep_vault import vault
from hongxian.errors import Exit
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.keep.evidence.stamps import Stamped
    from hongxian.guards.keep.evidence.verify import Verified


def _help(key: str) -> str:
    return say(f"keep.help_{key}", chosen_language())


@click.group(help=say("cli.verb_keep", chosen_language()))
@lang_option
def command(lang: str) -> None:
    """Group what keeps data."""
    del lang  # every verb of the group takes its own


command.add_command(vault)
command.add_command(drill)
command.add_command(ticket)
command.add_command(undo)


@command.command(help=_help("verify"))
@click.argument("log", type=click.Path(path_type=Path))
@click.option("--head", "heads", multiple=True, type=click.Path(path_type=Path), help=_help("head"))
@click.option("--key", "public", help=_help("public"))
@click.option("--tsa-ca", "authorities", type=click.Path(path_type=Path), help=_help("tsa"))
@click.option("--prove", type=int, help=_help("prove"))
@click.option("--format", "form", default="table", type=click.Choice(["table", "json"]),
              help=_help("format"))  # fmt: skip
@lang_option
def verify(log: Path, heads: tuple[Path, ...], form: str, lang: str, **asked: Any) -> None:
    """Prove that a log is as it was written, or point at the first record that is not."""
    try:
        from hongxian.guards.keep.evidence.keys import public_bytes
        from hongxian.guards.keep.evidence.verify import heads_of, verify_log
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    public, prove = asked["public"], asked["prove"]
    if public is not None:
        public_bytes(public)
    files = [*heads_of(log), *heads]
    found = verify_log(log, files, public)
    stamped = _stamped(log, files, asked["authorities"])
    if prove is not None and not found.faults:
        click.echo(_proof(log, prove))
    elif form == "json":
        click.echo(_json(log, found, stamped, lang))
    else:
        _tell(log, found, lang)
        _tell_stamps(log, stamped, lang)
    wrong = found.faults or (stamped and stamped.faults)
    sys.exit(Exit.VIOLATED if wrong else Exit.CLEAN)


@command.command(help=say("keep_lane.help_guard", chosen_language()))
@click.option("--config", required=True, type=click.Path(path_type=Path),
              help=say("keep_lane.help_config", chosen_language()))  # fmt: skip
@click.option("--check", is_flag=True, help=say("keep_lane.help_check", chosen_language()))
@lang_option
def guard(config: Path, lang: str, *, check: bool) -> None:
    """Run the lane until told to end."""
    try:
        from hongxian.guards.keep.lane.serve import run
        from hongxian.guards.keep.lane.settings import load_lane
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    settings = load_lane(config)
    if check:
        click.echo(say("keep_lane.checked", lang, path=config))
        return
    run(settings, lang)


@command.command(help=_help("key"))
@click.argument("path", type=click.Path(path_type=Path))
@lang_option
def key(path: Path, lang: str) -> None:
    """Make a private key and print its public key."""
    del lang  # a public key is the same in both
    try:
        from hongxian.guards.keep.evidence.keys import make_key
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    click.echo(make_key(path).public)


def _tell(log: Path, found: Verified, lang: str) -> None:
    for fault in found.faults:
        click.echo(say("keep.altered", lang, path=log, line=fault.worded().say(lang)))
    if not found.faults:
        click.echo(say("keep.verified", lang, path=log, size=found.tree.size, heads=found.heads,
                       covered=found.covered))  # fmt: skip
        if not found.heads:
            click.echo(say("keep.unheaded", lang))


def _stamped(log: Path, files: list[Path], authorities: Path | None) -> Stamped | None:
    """Check the time stamps of a log by whom the user believes."""
    if authorities is None:
        return None
    try:
        from hongxian.guards.keep.evidence.stamps import check_stamps, stamps_beside
    except ModuleNotFoundError:
        raise WordedError("no_keep_extra") from None
    from hongxian.guards.keep.evidence.verify import load_heads

    heads = [head for file in files for head in load_heads(file)]
    return check_stamps(stamps_beside(log), heads, authorities)


def _tell_stamps(log: Path, found: Stamped | None, lang: str) -> None:
    if found is None:
        if log.with_name(f"{log.name}.stamps").is_file():
            click.echo(say("keep.unstamped", lang))
        return
    for fault in found.faults:
        click.echo(say("keep.altered", lang, path=log, line=fault.worded().say(lang)))
    if found.at is not None:
        at = found.at.isoformat(timespec="seconds")
        click.echo(say("keep.stamped", lang, good=found.good, covered=found.covered, at=at,
                       late=round(found.late)))  # fmt: skip


def _stamp_rows(found: Stamped | None, lang: str) -> dict[str, Any] | None:
    if found is None:
        return None
    return {
        "good": found.good, "covered": found.covered, "late": round(found.late, 3),
        "at": found.at.isoformat() if found.at else None,
        "faults": [
            {"kind": one.kind, "line": one.line, "says": one.worded().say(lang)}
            for one in found.faults
        ],
    }  # fmt: skip


def _json(log: Path, found: Verified, stamped: Stamped | None, lang: str) -> str:
    import json

    faults = [
        {"kind": one.kind, "line": one.line, "until": one.until or one.line, "seq": one.line - 1,
         "source": one.source, "says": one.worded().say(lang)} for one in found.faults
    ]  # fmt: skip
    told = {
        "log": str(log), "origin": found.origin, "key": found.key, "size": found.tree.size,
        "root": found.tree.root().hex(), "heads": found.heads, "covered": found.covered,
        "faults": faults, "stamps": _stamp_rows(stamped, lang),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2)


def _proof(log: Path, seq: int) -> str:
    import json

    from hongxian.guards.keep.evidence.entry import line_hash
    from hongxian.guards.keep.evidence.verify import prove

    entry, size, path, root = prove(log, seq)
    told = {
        "entry": entry.line().decode(), "leaf": line_hash(entry.line()), "index": seq, "size": size,
        "path": [one.hex() for one in path], "root": root.hex(),
    }  # fmt: skip
    return json.dumps(told, ensure_ascii=False, indent=2)
