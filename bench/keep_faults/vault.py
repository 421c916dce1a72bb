"""The vault, its drills, and the operator's restic."""

from __future__ import annotations

import base64
import json
import secrets
import shutil
import subprocess
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from . import users
from .logs import Log
from .processes import INTERPRETER, KEEP, Done, ended, environment, free_port, until

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from .processes import Runner
    from .server import Server

ASK = """
import base64, http.client, json, ssl, sys
host, port, ca, token, asked = sys.argv[1:5] + [json.load(sys.stdin)]
context = ssl.create_default_context(cafile=ca)
one = http.client.HTTPSConnection(host, int(port), context=context)
for method, path, body in asked:
    data = None if body is None else base64.b64decode(body)
    one.request(method, path, data, {"authorization": "Basic " + token})
    answer = one.getresponse()
    answer.read()
    print(answer.status)
"""
"""The operator's raw requests, with the operator's own password."""


@dataclass(slots=True)
class Vault:
    """A vault that keeps a server.

    Args:
        runner: runs programs.
        place: its folder.
        server: what it keeps.
    """

    runner: Runner
    place: Path
    server: Server
    port: int = field(default_factory=free_port)
    word: str = field(default_factory=lambda: secrets.token_hex(8))
    """The operator's password here."""
    reading: str = field(default_factory=lambda: secrets.token_hex(8))
    """Password of the operator's repository."""
    process: subprocess.Popen[bytes] | None = None

    @property
    def folder(self) -> Path:
        """Where its objects are."""
        return self.place / "store"

    @property
    def config(self) -> Path:
        """Its settings."""
        return self.place / "vault.toml"

    @property
    def log(self) -> Log:
        """Its evidence."""
        return Log("vault", self.place / "evidence.log", self.place.parent / "vault.heads")

    @property
    def drills(self) -> Log:
        """The evidence of its drills."""
        return Log("drill", self.place.parent / "drill.log", self.place.parent / "drill.heads")

    @property
    def address(self) -> str:
        """Where the operator finds it."""
        return self.runner.network.address("vault", "operator")

    def make(self) -> None:
        """Make key, certificate and settings, start it, and wait for the first base."""
        user = users.name("vault")
        self.place.mkdir(mode=0o750)
        shutil.chown(self.place, user, user)
        self.runner.must("vault", "vault", *KEEP, "key", self.place / "log.key")
        self.runner.must("vault", "root", *KEEP, "key", self.place.parent / "drill.key")
        self.runner.must(
            "vault",
            "vault",
            "openssl",
            "req",
            "-x509",
            "-newkey",
            "ec",
            "-pkeyopt",
            "ec_paramgen_curve:P-256",
            "-nodes",
            "-days",
            "2",
            "-subj",
            "/CN=vault",
            "-addext",
            f"subjectAltName=IP:{self.address}",
            "-keyout",
            self.place / "key.pem",
            "-out",
            self.place / "cert.pem",
        )
        shutil.copyfile(self.place / "cert.pem", self.place.parent / "vault.pem")
        (self.place.parent / "vault.pem").chmod(0o644)
        (self.place / "reading").write_text(self.reading)
        shutil.chown(self.place / "reading", user, user)
        self.settle()
        self.start()
        until(self.bases, "the vault takes a base")
        self.server.sql(
            "alter system set synchronous_standby_names = 'hongxian_vault'",
            "select pg_reload_conf()",
        )

    def settle(self, base_every: str = "7d") -> None:
        """Write the settings."""
        line = subprocess.run(
            [*KEEP, "vault", "password"],
            input=self.word + "\n",
            text=True,
            capture_output=True,
            check=True,
            env=environment(),
        ).stdout.strip()
        self.config.write_text(
            f'[vault]\nfolder = "store"\nretention = "7d"\nevidence = "evidence.log"\n'
            'evidence_key = "log.key"\n'
            f'[listen]\naddress = "{self.address}:{self.port}"\n'
            '[tls]\ncertificate = "cert.pem"\nkey = "key.pem"\n'
            f'[clients.shop]\npassword = "{line}"\nobjects_per_hour = 400\n'
            'reading_password_file = "reading"\n'
            f'[postgresql.shop]\nconnection = "{self.server.connection("hx_vault", "")}"\n'
            f'base_every = "{base_every}"\n'
        )

    def start(self, **more: str) -> None:
        """Start it and wait until it listens."""
        self.process = self.runner.start(
            "vault",
            "vault",
            [*KEEP, "vault", "serve", "--config", self.config],
            self.place / "out",
            **more,
        )
        until(lambda: self.asked([("GET", "/", None)]), f"the vault listens ({self.said()})")

    def stop(self) -> None:
        """End it."""
        ended(self.process)
        self.process = None

    def rebase(self) -> None:
        """Let it take a base of what there is now."""
        self.stop()
        known = len(self.bases())
        self.settle("1s")
        self.start()
        until(lambda: len(self.bases()) > known, "the vault takes another base")
        self.stop()
        self.settle()
        self.start()

    def said(self) -> str:
        """Return the last line that it printed."""
        lines = (
            (self.place / "out").read_text().splitlines() if (self.place / "out").exists() else []
        )
        return lines[-1] if lines else ""

    def bases(self) -> list[Path]:
        """Return what tells of each whole base."""
        return list((self.folder / "objects/postgresql/shop/base").glob("*/about.json"))

    def caught_up(self) -> None:
        """Wait until it has all that the server has written."""
        told = self.server.sql("select pg_current_wal_flush_lsn()")
        asked = f"select count(*) from pg_stat_replication where flush_lsn >= '{told}'"
        until(lambda: self.server.sql(asked) == "1", "the vault has all WAL")

    def objects(self) -> list[Path]:
        """Return the files that it holds."""
        return [one for one in (self.folder / "objects").rglob("*") if one.is_file()]

    def restic(self, *words: str) -> Done:
        """Run restic as the operator."""
        address = f"rest:https://shop:{self.word}@{self.address}:{self.port}/shop/"
        return self.runner.run(
            "operator",
            "operator",
            "timeout",
            "20",
            "restic",
            "--no-cache",
            "--cacert",
            self.place.parent / "vault.pem",
            *words,
            RESTIC_REPOSITORY=address,
            RESTIC_PASSWORD=self.reading,
            HOME=str(self.place.parent / "operator"),
        )

    def asked(self, requests: Sequence[tuple[str, str, bytes | None]]) -> list[int]:
        """Ask with the operator's password; the status of each answer, none if it is not there."""
        told = [
            (method, path, None if body is None else base64.b64encode(body).decode())
            for method, path, body in requests
        ]
        token = base64.b64encode(f"shop:{self.word}".encode()).decode()
        done = self.runner.run(
            "operator",
            "operator",
            INTERPRETER,
            "-c",
            ASK,
            self.address,
            self.port,
            self.place.parent / "vault.pem",
            token,
            given=json.dumps(told),
        )
        return [] if done.code else list(map(int, done.text.split()))

    def check(self) -> Done:
        """Let it hash everything anew."""
        return self.runner.run("vault", "vault", *KEEP, "vault", "check", "--config", self.config)

    def drill(self, *words: object) -> Done:
        """Run a verb of drills as root on the vault's host."""
        path = self.place.parent / "drill.toml"
        path.write_text(
            '[drill]\nfolder = "drills"\nvault = "vault/store"\nevidence = "drill.log"\n'
            'evidence_key = "drill.key"\n'
            f'[postgresql.shop]\nconnection = "{self.server.connection("hx_mark", "shop")}"\n'
            f'user = "{users.name("scratch")}"\npatience = "3m"\n'
        )
        return self.runner.run("vault", "root", *KEEP, "drill", *words, "--config", path)

    def trial(self, *words: object) -> dict[str, Any]:
        """Drill now, and return what was seen."""
        text = self.drill("run", "--format", "json", *words).text
        found = text.find("[\n")
        try:
            told: dict[str, Any] = json.loads(text[found : text.rindex("]") + 1])[0]
        except ValueError:
            raise RuntimeError(text) from None
        return told
