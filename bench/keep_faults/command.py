"""The command: which groups there are, what each needs, and what it prints."""

from __future__ import annotations

import argparse
import os
import shutil
import signal
import sys
import traceback
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from . import (
    audit,
    backups,
    clocks,
    corruption,
    guard,
    lost,
    network,
    powers,
    rto,
    statements,
    tickets,
    users,
)
from .network import Network
from .processes import FAKETIME
from .results import LOST, NOT_RUN, Outcome, Results
from .world import world

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

    from .world import World


@dataclass(frozen=True, slots=True)
class Group:
    """A group of faults, and what the machine must have for it."""

    name: str
    faults: Callable[[World], None]
    needs: tuple[str, ...] = ()


def groups() -> list[Group]:
    """Return all groups, in the order in which they are done."""
    return [
        Group("statements", statements.faults),
        Group("powers", powers.faults),
        Group("tickets", tickets.faults),
        Group("guard", guard.faults, ("netns",)),
        Group("evidence", audit.faults),
        Group("backups", backups.faults, ("restic",)),
        Group("lost", lost.faults),
        Group("corruption", corruption.faults),
        Group("clocks", clocks.faults, ("faketime",)),
        Group("rto", rto.faults, ("pgbackrest",)),
    ]


def missing() -> dict[str, str]:
    """Return what this machine lacks: word -> why."""
    found = {}
    if os.getuid() != 0:
        found["root"] = "not root"
    elif not network.possible():
        found["netns"] = "no network namespaces can be made"
    if not list(Path("/").glob(FAKETIME)):
        found["faketime"] = "libfaketime is not installed"
    for one in ("restic", "pgbackrest"):
        if not shutil.which(one):
            found[one] = f"{one} is not installed"
    return found


def run(chosen: Iterable[Group], lacks: dict[str, str], results: Results) -> None:
    """Do groups, each in a world of its own; one that breaks off is lost, and the next goes on."""
    for group in chosen:
        wanted = [lacks[one] for one in ("root", *group.needs) if one in lacks]
        if wanted:
            told = "; ".join(wanted)
            results.add(Outcome(group.name, "all of the group", "", told, "not run", ""))
            continue
        try:
            with world(group.name, Network("netns" not in lacks), results) as made:
                group.faults(made)
        except Exception as error:  # noqa: BLE001 - whatever it is, the group showed nothing
            traceback.print_exc()
            told = f"broke off: {type(error).__name__} {error}"
            results.add(Outcome(group.name, "the rest of the group", "", told, "lost", ""))


def main(words: Sequence[str] | None = None) -> None:
    """Do what was asked for, print the table, and end with its code."""
    known = groups()
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", nargs="*", choices=[one.name for one in known])
    parser.add_argument("--format", default="table", choices=["table", "markdown", "json"])
    asked = parser.parse_args(words)
    chosen = [one for one in known if not asked.only or one.name in asked.only]
    results, lacks = Results(quiet=asked.format != "table"), missing()
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(LOST))  # so that everything is taken down
    made = [] if "root" in lacks else users.make()
    try:
        run(chosen, lacks, results)
    finally:
        users.remove(made)
    forms = {"table": results.text, "markdown": results.markdown, "json": results.json}
    print(forms[asked.format]())
    code = results.code()
    if code == NOT_RUN:
        print("not all could be run here", file=sys.stderr)
    sys.exit(code)
