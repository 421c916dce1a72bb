from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.guards.keep.tickets.desk import Desk
from tests.guards.keep.tickets.test_client import elsewhere, serving

from hongxian.cli.keep import command
from hongxian.guards.keep.tickets.ticket import read_ticket


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    import time

    made = Desk(tmp_path)
    made.hands.wall = time.time()
    made.log.clock.not_before(made.hands.wall)
    yield made
    made.close()


def run(desk: Desk, guard: str, who: str, *words: str, given: str = "") -> tuple[int, str]:
    environment = {
        "HONGXIAN_KEEP_GUARD": guard, "HONGXIAN_KEEP_PERSON": who,
        "HONGXIAN_KEEP_KEY": str(desk.place / f"{who}.key"),
    }  # fmt: skip
    done = CliRunner().invoke(
        command, ["ticket", *words, "--lang", "en"], input=given, env=environment
    )
    return done.exit_code, done.output or str(done.exception)


FOR = ("--database", "shop", "--role", "dba", "--why", "old", "--file", "-")
TEXT = "drop table public.orders;"


def test_a_ticket_from_proposal_to_withdrawal(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with serving(desk) as guard:
        assert run(desk, guard, "wang", "list") == (0, "there are no tickets\n")
        code, said = run(desk, guard, "li", "propose", *FOR, "--lifetime", "10m", given=TEXT)
        assert (code, TEXT in said, "1 approvals are missing" in said) == (0, True, True)
        (kept,) = desk.store.all()
        number = kept.ticket.id
        elsewhere(monkeypatch, tmp_path, "other")
        code, said = run(desk, guard, "wang", "approve", number, given="n\n")
        assert (code, TEXT in said) == (1, True)
        code, said = run(desk, guard, "wang", "approve", number, "--yes")
        assert (code, "approved by: wang" in said) == (0, True)
        code, said = run(desk, guard, "li", "show", number)
        assert (code, "touches: public.orders" in said) == (0, True)
        code, said = run(desk, guard, "li", "withdraw", number)
        assert (code, "withdrawn" in said) == (0, True)
        assert "withdrawn  shop  dba  100 rows  li" in run(desk, guard, "li", "list")[1]


def test_a_refused_statement_is_named(desk: Desk) -> None:
    with serving(desk) as guard:
        number = desk.office.remember(TEXT, ("shop", "dba"))
        code, said = run(desk, guard, "li", "propose", "--refused", number, "--why", "old")
        assert (code, TEXT in said) == (0, True)
        code, said = run(desk, guard, "li", "propose", "--why", "old")
        assert (code, "give the statement" in said) == (1, True)


def test_nothing_in_a_text_steers_the_terminal(desk: Desk) -> None:
    with serving(desk) as guard:
        run(desk, guard, "li", "propose", *FOR, given="drop table a;\x1b[2K\u202e select 1")
        (kept,) = desk.store.all()
        code, said = run(desk, guard, "li", "show", kept.ticket.id)
        assert (code, "drop table a;\\u001b[2K\\u202e select 1" in said) == (0, True)
        assert read_ticket(kept.ticket.canonical()) == kept.ticket


def test_rows_that_nobody_knows(desk: Desk) -> None:
    desk.said.rows = -1
    with serving(desk) as guard:
        assert "unknown rows" in run(desk, guard, "li", "propose", *FOR, given=TEXT)[1]


def test_a_locked_key_is_asked_for(desk: Desk, tmp_path: Path) -> None:
    import subprocess

    path, locked = desk.place / "li.key", tmp_path / "locked"
    subprocess.run(("openssl", "pkey", "-in", str(path), "-aes256", "-passout", "pass:secret",
                    "-out", str(locked)), check=True)  # fmt: skip
    locked.chmod(0o600)
    locked.rename(path)
    with serving(desk) as guard:
        assert run(desk, guard, "li", "list", given="secret\n")[0] == 0


def test_without_the_extra_it_is_named(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in [one for one in sys.modules if one.startswith("hongxian.guards.keep.evidence")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    assert "hongxian[keep]" in run(desk, "http://127.0.0.1:1", "li", "list")[1]
