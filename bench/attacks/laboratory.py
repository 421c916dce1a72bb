"""Runs the parts of the laboratory: PostgreSQL, the social app, and the gate before it."""

from __future__ import annotations

import os
import sys
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[2]))

from bench.gate_live import free_port, running
from tests.sensors.store.sources.servers import postgres

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[2]
SECRET = b"of the laboratory alone"
"""What the gate hashes with: what it learned holds only together with this."""
POLICY = """
[gate]
mode = "enforce"
principals = ["account", "ip"]
groups = ["fingerprint"]
{cohorts}
[listen]
address = "127.0.0.1:{port}"
trusted = ["127.0.0.0/8"]
[upstream]
servers = ["http://127.0.0.1:{app}"]
[callers]
account = ["claim:sub"]
token = []
[endpoints."POST /contacts/match"]
needs = ["netid.user_id", "basic.nickname", "basic.phone"]
hashed = "basic.phone"
[endpoints."GET /users/search"]
needs = ["netid.user_id", "basic.nickname"]
[endpoints."GET /users/search".limits."basic.phone"]
distinct = 30
action = "block"
[endpoints."GET /users/*"]
needs = ["netid.user_id", "basic.nickname"]
[endpoints."GET /orders/*"]
needs = ["basic.name", "basic.phone", "basic.address"]
[endpoints."POST /login"]
open = true
[state]
secret_file = "secret"
[log]
file = "gate.log"
"""


@contextmanager
def database() -> Iterator[str]:
    """Run PostgreSQL; give its address."""
    with postgres() as address:
        yield address


@contextmanager
def app(address: str) -> Iterator[tuple[int, int]]:
    """Run the app on a database; give its port and its process."""
    told = {"LAB_DATABASE": address, "LAB_SECRET": "signs the tokens of the laboratory"}
    port = free_port()
    command = [sys.executable, "-m", "uvicorn", "bench.attacks.app.social:app", "--port", str(port),
               "--app-dir", str(ROOT), "--log-level", "error", "--no-access-log"]  # fmt: skip
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    try:
        with running(command, port) as pid:
            yield port, pid
    finally:
        for name, value in before.items():
            os.environ.pop(name) if value is None else os.environ.update({name: value})


@contextmanager
def gate(folder: Path, upstream: int, cohorts: str = "") -> Iterator[tuple[int, int, Path]]:
    """Run the gate before an app; give its port, its process and the file of its clock.

    Args:
        folder: where its files are put.
        upstream: port of the app.
        cohorts: what was learned, as JSON.
    """
    from bench.attacks.gate_with_clock import Clock  # noqa: PLC0415 - after the path is set

    port, clock = free_port(), folder / "clock"
    Clock(clock, make=True)
    (folder / "secret").write_bytes(SECRET)
    (folder / "learned.json").write_text(cohorts)
    line = 'cohorts = "learned.json"' if cohorts else ""
    policy = folder / "gate.toml"
    policy.write_text(POLICY.format(port=port, app=upstream, cohorts=line))
    script = str(Path(__file__).parent / "gate_with_clock.py")
    with running([sys.executable, script, str(policy), str(clock)], port) as pid:
        yield port, pid, clock
