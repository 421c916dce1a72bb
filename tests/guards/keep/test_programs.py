from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.programs import ProgramError, program, ran, told


def test_programs_are_found_beside_path() -> None:
    assert Path(program("initdb")).is_file()
    assert program("sh", Path("/bin")) == "/bin/sh"


@pytest.mark.parametrize(("name", "folder"), [("no-such-program", None), ("sh", Path("/etc"))])
def test_a_program_that_is_not_there_is_named(name: str, folder: Path | None) -> None:
    with pytest.raises(HongxianError, match=f"the program {name} is not installed"):
        program(name, folder)


def test_what_it_printed_is_returned() -> None:
    assert ran(["sh", "-c", "echo $WORD"], {"WORD": "x"}) == b"x\n"


@pytest.mark.parametrize(
    ("command", "reason"),
    [
        (["sh", "-c", "echo call 13812345678 >&2; exit 3"], "call ***"),
        (["/no/such"], "No such file"),
    ],
)
def test_a_failure_is_told_without_values(command: list[str], reason: str) -> None:
    with pytest.raises(ProgramError) as failed:
        ran(command)
    assert reason in str(failed.value)


def test_only_the_end_is_told() -> None:
    assert told(b"x" * 1000 + b"\n the end").endswith("the end")
    assert len(told(b"x" * 1000)) == 300


def test_a_program_reads_what_it_is_given(tmp_path: Path) -> None:
    (tmp_path / "in").write_text("one")
    with (tmp_path / "in").open("rb") as source:
        assert ran(["cat"], stdin=source) == b"one"
    assert ran(["cat"]) == b""
