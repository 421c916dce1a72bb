"""What holds the house together: directions, names, sizes, docstrings, a quick start."""

from __future__ import annotations

import ast
import subprocess
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "hongxian"
FILES = sorted(path.relative_to(SOURCE).as_posix() for path in SOURCE.rglob("*.py"))
WHOLE = {"bench", "clean", "fuzz", "samples"}
"""Folders of tests that hold the product as a whole, or what is beside it, not one source file."""
OF_MANY = {
    "guards/keep/lane/test_clients.py",
    "guards/keep/lane/mysql/test_clients.py",
    "guards/keep/lane/test_dumps.py",
    "guards/gate/live/test_faults.py", "guards/gate/live/test_laboratory.py",
    "guards/gate/live/test_wire.py",
    "reports/test_browser.py", "reports/test_documented.py",
    "rules/test_method.py", "rules/test_million.py", "rules/test_mutants.py", "rules/test_store.py",
    "sensors/policy/lexicon/test_english.py", "sensors/policy/gold/test_gold.py",
}  # fmt: skip
"""Tests that hold what several files make together, or files that are no Python."""
HEAVY = ("numpy", "duckdb", "sqlglot", "jinja2", "pyarrow", "cryptography", "yaml", "pyspark")
LONGEST = 400

Def = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef


@cache
def tree(file: str) -> ast.Module:
    return ast.parse((SOURCE / file).read_text("utf-8"))


def only_reexports(file: str) -> bool:
    """Whether a file defines nothing: a docstring, imports and names alone."""
    return not any(isinstance(node, Def) for node in tree(file).body)


def mirror(file: str) -> str:
    path = Path(file)
    return (path.parent / f"test_{path.stem.strip('_')}.py").as_posix()


def public(node: ast.Module | ast.ClassDef, prefix: str = "") -> Iterator[tuple[str, Def]]:
    for child in node.body:
        if isinstance(child, Def) and not child.name.startswith("_"):
            yield f"{prefix}{child.name}", child
            if isinstance(child, ast.ClassDef):
                yield from public(child, f"{child.name}.")


def run(*command: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_imports_run_downward() -> None:
    done = run(sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()")
    assert done.returncode == 0, done.stdout + done.stderr
    assert "0 broken" in done.stdout


@pytest.mark.parametrize(
    "file", [f for f in FILES if not (f.endswith("__init__.py") and only_reexports(f))]
)
def test_every_source_file_has_its_test(file: str) -> None:
    assert (ROOT / "tests" / mirror(file)).is_file(), f"tests/{mirror(file)} is missing"


def test_every_test_has_its_source_file() -> None:
    tests = (path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py"))
    strange = {
        path.as_posix() for path in tests if len(path.parts) > 1 and path.parts[0] not in WHOLE
    } - {mirror(file) for file in FILES}
    assert strange == OF_MANY


@pytest.mark.parametrize("file", FILES)
def test_files_are_short(file: str) -> None:
    assert len((SOURCE / file).read_text("utf-8").splitlines()) <= LONGEST


@pytest.mark.parametrize("file", FILES)
def test_modules_and_public_names_have_docstrings(file: str) -> None:
    assert ast.get_docstring(tree(file)), file
    assert not [name for name, node in public(tree(file)) if not ast.get_docstring(node)]


def test_help_imports_nothing_heavy() -> None:
    code = (
        "import sys\nsys.argv = ['hongxian', '--help']\n"
        "from hongxian.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        f"print('heavy:', sorted(set(sys.modules) & set({HEAVY})))"
    )
    done = run(sys.executable, "-c", code)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "heavy: []"
    assert "audit" in done.stdout
