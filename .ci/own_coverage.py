"""Holds that each source file is covered by its own test: src/hongxian/a/b.py by tests/a/test_b.py.

Reads the data of one run, whose contexts are the files of tests (``tests/conftest.py``). A line
counts as covered by a file's own test when that test ran it, or when it is run by importing the
module.
"""

from __future__ import annotations

import ast
import sys
from pathlib import Path

import coverage

ROOT = Path(__file__).parents[1]
SOURCE = ROOT / "src" / "hongxian"
LEAST = 90.0
"""Percent of each file."""


def own_test(path: Path) -> Path:
    """Return the test file of a source file, as a path from the root."""
    relative = path.relative_to(SOURCE)
    return Path("tests") / relative.parent / f"test_{relative.stem.strip('_')}.py"


def inside_functions(path: Path) -> set[int]:
    """Return the lines that run when a function is called, not when the module is imported."""
    lines: set[int] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for part in node.body:
                lines.update(range(part.lineno, (part.end_lineno or part.lineno) + 1))
    return lines


def own_coverage(cov: coverage.Coverage, path: Path) -> tuple[float, list[int]]:
    """Return how much of a file its own test covers, in percent, and the lines that it misses."""
    _, statements, _, never, _ = cov.analysis2(str(path))
    if statements and never == statements:
        return 0.0, never
    within = inside_functions(path)
    own, contexts = str(own_test(path)), cov.get_data().contexts_by_lineno(str(path))
    missed = [line for line in statements if line in within and own not in contexts.get(line, ())]
    return 100.0 * (1 - len(missed) / max(len(statements), 1)), missed


def main() -> None:
    """Print the files below the bar and end with 1 if there is one."""
    cov = coverage.Coverage(
        data_file=str(ROOT / ".coverage"), config_file=str(ROOT / "pyproject.toml")
    )
    cov.load()
    low = []
    for path in sorted(SOURCE.rglob("*.py")):
        percent, missed = own_coverage(cov, path)
        if percent < LEAST:
            low.append(path)
            lines = ", ".join(map(str, missed[:12])) + (" ..." if len(missed) > 12 else "")
            print(f"{percent:5.1f} %  {path.relative_to(ROOT)} by {own_test(path)}: not {lines}")
    print(f"{len(low)} source files are covered below {LEAST:.0f} % by their own test")
    sys.exit(bool(low))


if __name__ == "__main__":
    main()
