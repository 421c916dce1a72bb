"""What a vault and its drills hold against: real faults, real servers, each in a uid of its own.

PostgreSQL runs as ``postgres``, the vault as ``backup``, the operator's restic as ``www-data``, the
scratch server of drills as ``nobody``. Each fault prints whether it was healed or refused, and
the evidence; then the time of a restore stands beside bare pgBackRest's over the same data.

Run as root: ``python bench/keep_faults.py [--only NAME ...] [--scale 30]``; the Debian
packages postgresql, restic, pgbackrest and faketime are needed.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import http.client
import json
import os
import re
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

VAULT, SERVER, OPERATOR, SCRATCH = "backup", "postgres", "www-data", "nobody"
SOURCES = str(Path(__file__).parents[1] / "src")
SITES = os.pathsep.join([SOURCES, *(one for one in sys.path if one.endswith("site-packages"))])
PYTHON = f"python3.{sys.version_info.minor}"
INTERPRETER = shutil.which(PYTHON, path="/usr/bin:/usr/local/bin") or sys.executable
"""One that every user may run: those of people's homes are closed to others."""
MAIN = [INTERPRETER, "-c", "from hongxian.cli import main; main()", "keep"]
PROGRAMS = max(Path("/usr/lib/postgresql").glob("*/bin"))
SECRET, READING = "open-sesame", "reading"
LINES: list[tuple[str, bool, str]] = []


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


def ran(user: str, *command: str | Path, check: bool = True, **environment: str) -> str:
    """Run a program as a user; what it printed."""
    done = subprocess.run(
        [*map(str, command)], user=user, group=user if user != SCRATCH else "nogroup",
        extra_groups=[], capture_output=True, text=True, check=False, cwd="/",
        env={"PATH": os.environ["PATH"], "PYTHONPATH": SITES,
             "LANG": "C.UTF-8", "HONGXIAN_LANG": "en", **environment},
    )  # fmt: skip
    if check and done.returncode:
        raise RuntimeError(f"{command[0]}: {done.stdout}{done.stderr}")
    return done.stdout + done.stderr


class Stage:
    """A PostgreSQL server and a vault that keeps it."""

    def __init__(self, place: Path) -> None:
        """Make the folders of all users."""
        self.place, self.port, self.vault_port = place, free_port(), free_port()
        self.data = place / "server" / "data"
        self.server: subprocess.Popen[bytes] | None = None
        self.vault: subprocess.Popen[bytes] | None = None
        place.chmod(0o711)
        for name, user in (("server", SERVER), ("vault", VAULT), ("operator", OPERATOR)):
            (place / name).mkdir(mode=0o750)
            shutil.chown(place / name, user, user)

    @property
    def connection(self) -> str:
        """How libpq reaches the server."""
        return f"host=127.0.0.1 port={self.port} user=postgres dbname=postgres"

    @property
    def folder(self) -> Path:
        """Where the vault keeps its objects."""
        return self.place / "vault" / "store"

    def initdb(self) -> None:
        """Make the cluster."""
        ran(SERVER, PROGRAMS / "initdb", "-D", self.data, "-U", "postgres", "-A", "trust",
            "-E", "UTF8", "--locale=C", "--no-sync")  # fmt: skip

    def start(self) -> None:
        """Start the server and wait until it answers."""
        log = (self.place / "server" / "log").open("ab")
        self.server = subprocess.Popen(
            [PROGRAMS / "postgres", "-D", self.data, "-p", str(self.port), "-k",
             self.place / "server", "-c", "max_wal_size=2GB"],
            user=SERVER, group=SERVER, extra_groups=[], stdout=log, stderr=log,
        )  # fmt: skip
        until(lambda: not subprocess.run([PROGRAMS / "pg_isready", "-q", "-d", self.connection],
                                         check=False).returncode)  # fmt: skip

    def sql(self, *texts: str, check: bool = True) -> str:
        """Run statements; what they printed."""
        words = [word for text in texts for word in ("-c", text)]
        return ran(SERVER, PROGRAMS / "psql", "-XAtq", "-d", self.connection, *words,
                   check=check).strip()  # fmt: skip

    def stop(self, how: int = signal.SIGINT) -> None:
        """End the server, and with SIGKILL all its processes."""
        if self.server is not None:
            children = Path(f"/proc/{self.server.pid}/task/{self.server.pid}/children")
            pids = children.read_text().split() if how == signal.SIGKILL else []
            self.server.send_signal(how)
            for pid in pids:
                subprocess.run(["kill", "-9", pid], check=False, capture_output=True)
            self.server.wait(60)
            self.server = None

    def settings(self, line: str, every: str) -> Path:
        """Write the settings of the vault."""
        (self.place / "vault" / "reading").write_text(READING)
        shutil.chown(self.place / "vault" / "reading", VAULT, VAULT)
        path = self.place / "vault" / "vault.toml"
        path.write_text(
            f'[vault]\nfolder = "store"\nretention = "7d"\n[listen]\n'
            f'address = "127.0.0.1:{self.vault_port}"\n[clients.shop]\npassword = "{line}"\n'
            'objects_per_hour = 400\nreading_password_file = "reading"\n'
            f'[postgresql.shop]\nconnection = "{self.connection}"\nbase_every = "{every}"\n'
        )
        return path

    def serve(self, *, every: str = "7d", **environment: str) -> None:
        """Run the vault and wait until it listens."""
        path = self.settings(hashed(), every)
        log = (self.place / "vault" / "log").open("ab")
        env = {"PATH": os.environ["PATH"], "HONGXIAN_LANG": "en",
               "PYTHONPATH": SITES, **environment}  # fmt: skip
        self.vault = subprocess.Popen(
            [*MAIN, "vault", "serve", "--config", path], env=env,
            user=VAULT, group=VAULT, extra_groups=[], stdout=log, stderr=log, cwd="/",
        )  # fmt: skip
        until(lambda: reaches(self.vault_port))

    def unserve(self) -> None:
        """End the vault."""
        if self.vault is not None:
            self.vault.terminate()
            self.vault.wait(60)
            self.vault = None

    def alarms(self) -> list[str]:
        """Return the kinds of alarms so far."""
        path = self.folder / "alarms.jsonl"
        lines = path.read_text().splitlines() if path.exists() else []
        return [json.loads(line)["kind"] for line in lines]

    def rebase(self) -> None:
        """Let the vault take a base of what there is now."""
        self.unserve()
        known = len(self.bases())
        self.serve(every="1s")
        until(lambda: len(self.bases()) > known)
        self.unserve()
        self.serve()

    def bases(self) -> list[Path]:
        """Return what tells of each whole base."""
        return list((self.folder / "objects/postgresql/shop/base").glob("*/about.json"))

    def drill(self, *words: str, **told: str) -> dict:
        """Drill, or run another verb of drills."""
        rows = {"connection": self.connection, "user": SCRATCH, "patience": "5m", **told}
        lines = "\n".join(f'{key} = "{value}"' for key, value in rows.items())
        path = self.place / "drill.toml"
        path.write_text(f'[drill]\nfolder = "drills"\nvault = "vault/store"\n'
                        f"[postgresql.shop]\n{lines}\n")  # fmt: skip
        verb = words or ("run", "--format", "json")
        text = ran("root", *MAIN, "drill", *verb, "--config", path, check=False)
        found = text.find("[")
        return json.loads(text[found : text.rindex("]") + 1])[0] if not words else {"text": text}


def hashed() -> str:
    """Return the line of the client's password."""
    done = subprocess.run([*MAIN, "vault", "password"], input=SECRET + "\n", text=True,
                          capture_output=True, check=True, env={"PYTHONPATH": SITES})  # fmt: skip
    return done.stdout.strip()


def reaches(port: int) -> bool:
    """Whether somebody listens on a port."""
    with socket.socket() as one:
        return one.connect_ex(("127.0.0.1", port)) == 0


def until(fits: Callable[[], object], seconds: float = 90) -> None:
    """Wait until something holds."""
    ends = time.monotonic() + seconds
    while not fits():
        if time.monotonic() > ends:
            raise TimeoutError
        time.sleep(0.1)


@contextmanager
def stage() -> Iterator[Stage]:
    """Run a server and a vault, with a first base, until the fault has been shown."""
    made = Stage(Path(tempfile.mkdtemp(prefix="keep")))
    try:
        made.initdb()
        made.start()
        made.serve()
        until(made.bases)
        yield made
    finally:
        made.unserve()
        made.stop(signal.SIGKILL)
        shutil.rmtree(made.place, ignore_errors=True)


def told(name: str, healed: bool, evidence: str) -> None:
    """Print the outcome of a fault."""
    LINES.append((name, healed, evidence))
    print(f"{'ok  ' if healed else 'LOST'} {name}: {evidence}", flush=True)


def data_directory_lost() -> None:
    """Kill -9 and the data directory removed: every confirmed transaction is back."""
    with stage() as made:
        made.sql("create table acks (id int primary key)",
                 "alter system set synchronous_standby_names = 'hongxian_vault'",
                 "select pg_reload_conf()")  # fmt: skip
        confirmed: list[int] = []
        ended = threading.Event()
        number = iter(range(10**9))

        def writes() -> None:
            with subprocess.Popen(
                [PROGRAMS / "psql", "-XAtq", "-d", made.connection], text=True,
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
            ) as client:  # fmt: skip
                if client.stdin is None or client.stdout is None:
                    return
                while not ended.is_set():
                    one = next(number)
                    try:
                        client.stdin.write(f"insert into acks values ({one}) returning id;\n")
                        client.stdin.flush()
                    except OSError:
                        return
                    if client.stdout.readline().strip() != str(one):
                        return
                    confirmed.append(one)

        threads = [threading.Thread(target=writes) for _ in range(4)]
        for thread in threads:
            thread.start()
        time.sleep(15)
        made.drill("mark")
        time.sleep(5)
        made.stop(signal.SIGKILL)
        shutil.rmtree(made.data)
        ended.set()
        for thread in threads:
            thread.join(30)
        done = restored(made)
        lost = set(confirmed) - done
        told("kill -9 and data directory removed", not lost and len(confirmed) > 100,
             f"{len(confirmed)} confirmed, {len(lost)} of them lost")  # fmt: skip
        trial = made.drill()
        told("the drill of it", trial["outcome"] == "passed",
             f"RPO {trial['rpo']:.2f} s, RTO {trial['rto']:.1f} s")  # fmt: skip


def dropped() -> None:
    """A table and a database dropped by a superuser: the moment before comes back whole."""
    with stage() as made:
        made.sql("create table orders (id int primary key, what text)",
                 "insert into orders select g, md5(g::text) from generate_series(1, 200000) g",
                 "create database other")  # fmt: skip
        made.drill("mark")
        made.sql("insert into orders values (0, 'the last before')")
        last = time.time()
        time.sleep(1)
        moment = datetime.fromtimestamp(time.time(), UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")
        time.sleep(1)
        made.sql("drop table orders")
        made.sql("drop database other")
        time.sleep(3)
        text = made.drill("run", "--format", "json", "--until", moment)["text"]
        trial = json.loads(text[text.find("[") : text.rindex("]") + 1])[0]
        sums = [one for one in trial["checks"] if one["what"] == "sum"]
        told("DROP TABLE and DROP DATABASE, back to the moment before",
             trial["outcome"] == "passed" and bool(sums) and trial["latest"] > last - 1,
             f"{sums[0]['told']} rows equal; last transaction before the drop is back (RPO 0), "
             f"RTO {trial['rto']:.1f} s")  # fmt: skip


def restored(made: Stage) -> set[int]:
    """Restore as a person would, by what the drill is made of, and read the table."""
    from hongxian.guards.keep.drill.copies import hand_over  # noqa: PLC0415
    from hongxian.guards.keep.drill.postgresql.restore import restore  # noqa: PLC0415
    from hongxian.guards.keep.drill.postgresql.scratch import Scratch  # noqa: PLC0415
    from hongxian.guards.keep.drill.settings import SourceSettings  # noqa: PLC0415
    from hongxian.guards.keep.vault.clock import VaultClock  # noqa: PLC0415
    from hongxian.guards.keep.vault.objects import Store  # noqa: PLC0415

    place = made.place / "back"
    place.mkdir()
    store = Store(made.folder, VaultClock(made.folder / "clock.json"), readonly=True)
    own = Scratch(restore(store, "shop", place), place, SourceSettings(name="shop", user=SCRATCH))
    own.prepare()
    hand_over(place, SCRATCH)
    own.start()
    own.wait("select not pg_is_in_recovery()", "postgres", "postgres")
    rows = own.sql("select id from acks", "postgres", "postgres").split()
    own.end()
    return set(map(int, rows))


def restic(made: Stage, *words: str, check: bool = True) -> str:
    """Run restic as the operator."""
    address = f"rest:http://shop:{SECRET}@127.0.0.1:{made.vault_port}/shop/"
    return ran(OPERATOR, "timeout", "20", "restic", "--no-cache", *words, check=check,
               RESTIC_REPOSITORY=address, RESTIC_PASSWORD=READING,
               HOME=str(made.place / "operator"))  # fmt: skip


def asked(made: Stage, method: str, path: str, body: bytes | None = None) -> int:
    """Ask the vault with the operator's password; the status of its answer."""
    connection = http.client.HTTPConnection("127.0.0.1", made.vault_port)
    token = base64.b64encode(f"shop:{SECRET}".encode()).decode()
    connection.request(method, path, body, {"authorization": f"Basic {token}"})
    status = connection.getresponse().status
    connection.close()
    return status


def operators_credentials() -> None:
    """The operator's own credentials against the backup repository."""
    with stage() as made:
        source = made.place / "operator" / "data"
        source.mkdir()
        (source / "orders").write_bytes(os.urandom(3_000_000))
        shutil.chown(source, OPERATOR)
        restic(made, "init")
        restic(made, "backup", str(source))
        first = json.loads(restic(made, "snapshots", "--json"))[0]["id"]
        restic(made, "key", "list")
        tries = {
            "forget": ("forget", first), "prune": ("prune",),
            "forget --prune": ("forget", "--prune", first),
            "key remove": ("key", "remove", first[:8]),
        }  # fmt: skip
        for name, words in tries.items():
            restic(made, *words, check=False)
            restic(made, "unlock", "--remove-all")
            kept = json.loads(restic(made, "snapshots", "--json"))
            told(f"restic {name}", [one["id"] for one in kept] == [first], "the snapshot stands")
        objects = [
            path for path in (made.folder / "objects/restic/shop").rglob("*") if path.is_file()
        ]
        names = [path.relative_to(made.folder / "objects/restic").as_posix() for path in objects]
        flat = ["/" + re.sub(r"/data/../", "/data/", name) for name in names]
        for method, body in (("DELETE", None), ("POST", b"overwritten")):
            answers = {asked(made, method, path, body) for path in flat}
            told(f"raw {method} of {len(flat)} objects", answers == {403}, f"answers {answers}")
        touched = ran(
            OPERATOR, "sh", "-c", f"rm -rf {made.folder}; echo x > {objects[0]}", check=False
        )
        told("rm and overwrite by the operator's uid", "denied" in touched and objects[0].exists(),
             "Permission denied")  # fmt: skip
        restic(made, "check", "--read-data")
        restic(made, "restore", "latest", "--target", f"{made.place}/operator/back")
        same = (made.place / "operator/back" / source.relative_to("/") / "orders").read_bytes()
        told("the data afterwards", same == (source / "orders").read_bytes(),
             "restic check --read-data passes, restored bytes are equal")  # fmt: skip


def retention_poisoning() -> None:
    """Snapshots dated into the past and the future, and floods of them."""
    with stage() as made:
        source = made.place / "operator" / "data"
        source.mkdir()
        (source / "orders").write_text("orders")
        restic(made, "init")
        restic(made, "backup", str(source))
        for day in ("2035-01-01", "2001-01-01"):
            answer = restic(made, "backup", "--time", f"{day} 00:00:00", str(source), check=False)
            restic(made, "unlock", "--remove-all")
            told(f"a snapshot dated {day}", "403" in answer, "refused with 403")
        answers = []
        for one in range(500):
            body = f"flood {one}".encode()
            number = hashlib.sha256(body).hexdigest()
            answers.append(asked(made, "POST", f"/shop/data/{number}", body))
        told("a flood of 500 objects", answers.count(429) > 50,
             f"{answers.count(200)} taken, {answers.count(429)} refused with 429")  # fmt: skip
        count = len(json.loads(restic(made, "snapshots", "--json", "--no-lock")))
        wanted = {"refused_future", "refused_past", "refused_flood"}
        told("retention", count == 1 and wanted <= set(made.alarms()),
             f"the true snapshot stands; alarms {sorted(wanted)}")  # fmt: skip


def files_overwritten() -> None:
    """An object and the ledger overwritten under the vault."""
    with stage() as made:
        config = made.place / "vault" / "vault.toml"
        whole = ran(VAULT, *MAIN, "vault", "check", "--config", config)
        victim = next((made.folder / "objects").rglob("pg_control"))
        data = bytearray(victim.read_bytes())
        data[100] ^= 1
        victim.write_bytes(data)
        found = ran(VAULT, *MAIN, "vault", "check", "--config", config, check=False)
        told("one bit of an object flipped", "as they came" in whole and "pg_control" in found,
             found.strip().splitlines()[-1])  # fmt: skip
        trial = made.drill()
        told("a drill over it", trial["outcome"] == "failed", str(trial["reason"]))
        data[100] ^= 1
        victim.write_bytes(data)
        made.unserve()
        with sqlite3.connect(made.folder / "ledger.sqlite") as base:
            base.execute("update entries set until = 0 where seq = 3")
        found = ran(VAULT, *MAIN, "vault", "check", "--config", config, check=False)
        told("an entry of the ledger edited", "from entry 3" in found, found.strip())


def slow_corruption() -> None:
    """A page of an index is broken on disk: nothing notices but the drill."""
    with stage() as made:
        made.sql("create table orders (id int primary key, what text)",
                 "insert into orders select g, md5(g::text) from generate_series(1, 200000) g",
                 "checkpoint")  # fmt: skip
        path = made.data / made.sql("select pg_relation_filepath('orders_pkey')")
        made.stop()
        with path.open("r+b") as file:
            file.seek(8192 * 40 + 2000)
            file.write(b"\0" * 3000)
        made.start()
        serving = made.sql("select count(*) from orders where id < 1000")
        made.rebase()
        trial = made.drill()
        failed = [one for one in trial["checks"] if one["outcome"] == "failed"]
        told("slow corruption of an index page", serving == "999" and bool(failed),
             "server and base backup saw nothing; drill: "
             + "; ".join(f"{one['what']} {one['told'][:90]}" for one in failed))  # fmt: skip


def slot_dropped() -> None:
    """Archiving replaced by a no-op, the slot dropped by a superuser."""
    with stage() as made:
        made.sql("alter system set archive_command = '/bin/true'", "select pg_reload_conf()",
                 "create table t (id int)", "insert into t values (1)",
                 "select pg_switch_wal()")  # fmt: skip
        made.sql("select pg_terminate_backend(pid, 5000) from pg_stat_replication",
                 "select pg_drop_replication_slot('hongxian_vault')", check=False)  # fmt: skip
        until(lambda: {"slot_dropped", "stream_broken"} & set(made.alarms()))
        until(lambda: made.sql("select count(*) from pg_stat_replication") == "1")
        made.sql("insert into t values (2)")
        time.sleep(2)
        text = made.drill("mark")["text"]
        time.sleep(2)
        trial = made.drill()
        told("archive_command = /bin/true, slot dropped", trial["outcome"] == "passed",
             f"alarms {sorted(set(made.alarms()))}; {text.strip()}; the drill passes")  # fmt: skip


def clock_moved() -> None:
    """The wall clock of the vault set forward by 40 days, and back."""
    library = next(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    with stage() as made:
        before = {path for path in (made.folder / "objects").rglob("*") if path.is_file()}
        for shift in ("+40d", "-40d"):
            made.unserve()
            known = made.alarms().count("clock")
            made.serve(LD_PRELOAD=str(library), FAKETIME=shift, DONT_FAKE_MONOTONIC="1",
                       FAKETIME_DONT_FAKE_MONOTONIC="1")  # fmt: skip
            until(lambda known=known: made.alarms().count("clock") > known)
            time.sleep(3)
            line = (made.folder / "alarms.jsonl").read_text().splitlines()[-1]
            off = round(
                abs(datetime.fromisoformat(json.loads(line)["at"]).timestamp() - time.time())
            )
            told(f"wall clock moved by {shift}", off < 60 and all(one.exists() for one in before),
                 f"told, not followed (off by {off} s), nothing freed")  # fmt: skip


def rto(scale: int) -> None:
    """Time of a restore beside bare pgBackRest's over the same data, in turns."""
    with stage() as made:
        ran(SERVER, PROGRAMS / "pgbench", "-i", "-q", "-s", str(scale), "-d", made.connection)
        repo, conf = made.place / "server" / "repo", made.place / "server" / "pgbackrest.conf"
        conf.write_text(
            f"[global]\nrepo1-path={repo}\nlog-path={made.place}/server\nlock-path={made.place}/server\n"
            f"process-max=4\nlog-level-console=error\nstart-fast=y\n[shop]\npg1-path={made.data}\n"
            f"pg1-port={made.port}\npg1-socket-path={made.place}/server\n"
        )
        bare = ["pgbackrest", f"--config={conf}", "--stanza=shop"]
        made.stop()
        with (made.data / "postgresql.auto.conf").open("a") as out:
            out.write(
                "archive_mode = on\narchive_command = '"
                + " ".join([*bare, "archive-push", "%p"])
                + "'\n"
            )
        made.start()
        ran(SERVER, *bare, "stanza-create")
        ran(SERVER, *bare, "backup", "--type=full")
        made.rebase()
        ran(
            SERVER,
            PROGRAMS / "pgbench",
            "-t",
            "2000",
            "-c",
            "4",
            "-n",
            "-d",
            made.connection,
            check=False,
        )
        made.sql("select pg_switch_wal()")
        time.sleep(5)
        size = sum(p.stat().st_size for p in made.data.rglob("*") if p.is_file()) / 1e6
        ours, theirs = [], []
        for _ in range(3):
            theirs.append(bare_restore(made, bare))
            ours.append(made.drill()["rto"])
        ratio = sorted(a / b for a, b in zip(ours, theirs, strict=True))[1]
        load = os.getloadavg()[0]
        told("RTO beside pgBackRest", ratio <= 2,
             f"{size:.0f} MB: ours {min(ours):.1f} to {max(ours):.1f} s, bare {min(theirs):.1f} "
             f"to {max(theirs):.1f} s, median ratio {ratio:.2f}, load {load:.1f}")  # fmt: skip


def bare_restore(made: Stage, bare: Sequence[str]) -> float:
    """Restore by pgBackRest alone; seconds until the server takes statements."""
    place = made.place / "server" / "bare"
    began = time.monotonic()
    ran(SERVER, *bare, f"--pg1-path={place}", "restore", "--archive-mode=off")
    port = free_port()
    log = (made.place / "server" / "bare.log").open("ab")
    server = subprocess.Popen(
        [PROGRAMS / "postgres", "-D", place, "-p", str(port), "-k", made.place / "server", "-c",
         "fsync=off", "-c", "autovacuum=off"],
        user=SERVER, group=SERVER, extra_groups=[], stdout=log, stderr=log,
    )  # fmt: skip
    asked_ = [PROGRAMS / "psql", "-XAtqw", "-h", "127.0.0.1", "-p", str(port), "-U", "postgres",
              "-c",              "select not pg_is_in_recovery()"]  # fmt: skip
    until(
        lambda: subprocess.run(asked_, capture_output=True, text=True, check=False).stdout == "t\n",
        300,
    )
    took = time.monotonic() - began
    server.send_signal(signal.SIGINT)
    server.wait(60)
    shutil.rmtree(place)
    return took


FAULTS: dict[str, Callable[[], None]] = {
    "data": data_directory_lost, "dropped": dropped, "credentials": operators_credentials,
    "poisoning": retention_poisoning, "overwritten": files_overwritten,
    "corruption": slow_corruption, "slot": slot_dropped, "clock": clock_moved,
}  # fmt: skip


def main() -> None:
    """Show the faults."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--only", nargs="*", choices=[*FAULTS, "rto"])
    parser.add_argument("--scale", type=int, default=30)
    chosen = parser.parse_args()
    for name, fault in FAULTS.items():
        if not chosen.only or name in chosen.only:
            fault()
    if not chosen.only or "rto" in chosen.only:
        rto(chosen.scale)
    lost = [name for name, healed, _ in LINES if not healed]
    print(f"{len(LINES) - len(lost)} of {len(LINES)} healed or refused")
    sys.exit(bool(lost))


if __name__ == "__main__":
    main()
