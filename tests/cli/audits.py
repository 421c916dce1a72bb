"""Audits from the command line, for the tests of the verbs that work on their stores."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from click.testing import CliRunner

from hongxian.cli import verbs
from hongxian.errors import Exit, HongxianError
from hongxian.facts import Store
from hongxian.judge.answers import make_answer, record_answer
from hongxian.rules.load import find_rule

if TYPE_CHECKING:
    from click.testing import Result

SAMPLES = Path(__file__).parents[2] / "samples"
LANTERN, TWIN, LEGACY = (
    SAMPLES / f"lantern{name}.apk" for name in ("", "_clean", "_legacy")
)  # fmt: skip


def run(*words: object, **variables: str) -> Result:
    environment = {f"HONGXIAN_{name}": value for name, value in variables.items()}
    return CliRunner().invoke(
        verbs, [str(word) for word in words], env=environment, catch_exceptions=False
    )


def audit(*words: object, **variables: str) -> Result:
    return run("audit", *words, **variables)


def report(result: Result) -> dict[str, Any]:
    content: dict[str, Any] = json.loads(result.stdout)
    return content


def verdicts(result: Result) -> dict[str, dict[str, str]]:
    return {
        subject["id"]: {one["number"]: one["verdict"] for one in subject["behaviours"]}
        for subject in report(result)["subjects"]
    }


def refused(*words: object, **variables: str) -> str:
    """Return the line of a HongxianError with the exit code of wrong usage."""
    with pytest.raises(HongxianError) as caught:
        audit(*words, **variables)
    line = str(caught.value)
    assert caught.value.code is Exit.USAGE
    assert "\n" not in line
    return line


def answered(store: Path, number: str, verdict: str) -> None:
    opened = Store(store)
    [row] = opened.rows("select distinct subject, min(started_at) as at from runs group by 1")
    answer = make_answer(
        find_rule(number), row["subject"], verdict, author="王律师", since=row["at"]
    )
    record_answer(opened, answer)
    opened.close()


def exported(store: Path) -> Path:
    """Write the facts of a store as Parquet, as another machine would hand them over."""
    opened = Store(store)
    folder = store.parent / "facts"
    opened.export(folder)
    opened.close()
    return folder


def damaged(name: str = "broken.apk") -> Path:
    """A package cut off in the middle of its manifest, so that nothing of it can be read."""
    path = Path(name)
    path.write_bytes(LANTERN.read_bytes()[:600])
    return path
