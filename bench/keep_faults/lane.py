"""The lane, the operator who must go through it, and the people who sign."""

from __future__ import annotations

import shutil
import signal
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from . import users
from .logs import Log
from .processes import INTERPRETER, KEEP, Done, ended, free_port, moved, until
from .server import PROGRAMS

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from .processes import Runner
    from .server import Server

PEOPLE = {
    "li": ("operator", ["propose"]),
    "qian": ("operator", ["propose", "approve"]),
    "wang": ("owner", ["approve", "break_glass"]),
    "zhao": ("owner", ["approve", "break_glass"]),
}
"""Person -> account that holds the key, and rights; li and qian are the operator."""
EXTENDED = """
import sys, psycopg
with psycopg.connect(sys.argv[1], autocommit=True) as one:
    try:
        for text in sys.argv[2:]:
            one.execute(text, prepare=True)
    except psycopg.Error as error:
        print(error.sqlstate, error)
"""
"""A client that prepares every statement (the extended protocol)."""


@dataclass(slots=True)
class Lane:
    """The lane before a server.

    Args:
        runner: runs programs.
        place: its folder.
        server: what it guards.
    """

    runner: Runner
    place: Path
    server: Server
    port: int = field(default_factory=free_port)
    admin: int = field(default_factory=free_port)
    mode: str = "refuse"
    """What the lane does with what can be put back: ``refuse`` or ``quarantine``."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def log(self) -> Log:
        """Its evidence."""
        return Log("lane", self.place / "evidence.log", self.place.parent / "lane.heads")

    @property
    def address(self) -> str:
        """Where the operator finds it."""
        return self.runner.network.address("lane", "operator")

    def make(self) -> None:
        """Make keys and settings, and start it."""
        for name, mode in (("lane", 0o700), ("operator", 0o700), ("owner", 0o711)):
            folder = self.place.parent / name
            folder.mkdir(mode=mode)
            shutil.chown(folder, users.name(name), users.name(name))
        rows = []
        for name, (account, may) in PEOPLE.items():
            key = self.place.parent / account / f"{name}.key"
            public = self.runner.must("lane", account, *KEEP, "key", key)
            rows.append(f'[people.{name}]\nkey = "{public}"\nmay = {may}\n'.replace("'", '"'))
            (self.place.parent / f"machine-{name}").write_text(f"{name:0<32}\n")
        self.runner.must("lane", "lane", *KEEP, "key", self.place / "log.key")
        (self.place / "people.toml").write_text("\n".join(rows))
        (self.place / "keeper").write_text(self.server.passwords["keeper"])
        shutil.chown(self.place / "keeper", users.name("lane"))
        quarantine = self.runner.run("lane", "lane", *KEEP, "undo", "--help").code == 0
        more = f'[quarantine]\nmode = "{self.mode}"\n' if quarantine else ""
        (self.place / "keep.toml").write_text(
            f'[listen]\naddress = "{self.address}:{self.port}"\nadmin = "127.0.0.1:{self.admin}"\n'
            f'[server]\naddress = "{self.server.address("lane")}:{self.server.port}"\n'
            '[guard]\nrole = "keeper"\npassword_file = "keeper"\n'
            '[evidence]\nlog = "evidence.log"\nkey = "log.key"\nevery = "2s"\n'
            '[tickets]\npeople = "people.toml"\nfile = "tickets.db"\n'
            f'[limits]\ndrain = "1s"\nstart = "5s"\n{more}'
        )
        self.start()

    def start(self, off: int = 0) -> None:
        """Start it, its wall clock off by so many seconds, and wait until it takes clients."""
        command = moved(off) if off else KEEP
        self.process = self.runner.start(
            "lane",
            "lane",
            [*command, "guard", "--config", self.place / "keep.toml"],
            self.place / "out",
        )
        until(lambda: not self.psql("select 1").code, f"the lane answers ({self.said()})")

    def stop(self, how: int = signal.SIGTERM) -> None:
        """End it."""
        ended(self.process, how)
        self.process = None

    def said(self) -> str:
        """Return the last line that it printed."""
        lines = (
            (self.place / "out").read_text().splitlines() if (self.place / "out").exists() else []
        )
        return lines[-1] if lines else ""

    def spec(self, database: str = "shop", address: str = "", port: int = 0) -> str:
        """Return how the operator's programs reach the lane, or another address."""
        return (
            f"host={address or self.address} port={port or self.port} user=dba "
            f"dbname={database} password={self.server.passwords['dba']}"
        )

    def psql(self, *texts: str, database: str = "shop") -> Done:
        """Run statements as the operator, in one session that goes on after errors."""
        words = [word for text in texts for word in ("-c", text)]
        return self.runner.run(
            "operator",
            "operator",
            PROGRAMS / "psql",
            "-XAt",
            "-v",
            "VERBOSITY=verbose",
            "-d",
            self.spec(database),
            *words,
        )

    def extended(self, *texts: str) -> Done:
        """Run statements as the operator, each prepared."""
        return self.runner.run(
            "operator", "operator", INTERPRETER, "-c", EXTENDED, self.spec(), *texts
        )

    def person(self, name: str, *words: object, machine: str = "", verb: str = "ticket") -> Done:
        """Do something with tickets as a person, on a machine of that person's own.

        The office listens on the lane's loopback: a person comes by a tunnel, here by the lane's
        namespace.

        Args:
            name: of the person.
            words: what ``hongxian keep VERB`` is told.
            machine: whose machine it is instead.
            verb: what is asked for.
        """
        account = PEOPLE[name][0]
        user, own = users.name(account), self.place.parent / f"machine-{machine or name}"
        text = (
            f"mount --bind {own} /etc/machine-id && exec setpriv --reuid {user} --regid {user} "
            '--clear-groups -- "$@"'
        )
        return self.runner.run(
            "lane",
            "root",
            "unshare",
            "-m",
            "sh",
            "-c",
            text,
            "person",
            *KEEP,
            verb,
            *words,
            HONGXIAN_KEEP_GUARD=f"http://127.0.0.1:{self.admin}",
            HONGXIAN_KEEP_PERSON=name,
            HONGXIAN_KEEP_KEY=str(self.place.parent / account / f"{name}.key"),
        )
