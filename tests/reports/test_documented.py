"""What docs/reports.md and the files for continuous integration promise is there."""

from __future__ import annotations

import json
import re
from importlib.resources import files
from pathlib import Path

import yaml

from hongxian.cli.audit import SUFFIXES, command
from hongxian.reports import FORMATS
from hongxian.reports.csv_ import COLUMNS

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "reports.md").read_text(encoding="utf-8")
WORDS = set(re.findall(r"`([\w.-]+)`", PAGE))


def test_every_format_and_column_is_described() -> None:
    assert set(FORMATS) <= WORDS
    assert set(COLUMNS) <= WORDS


def test_every_field_of_the_json_is_described() -> None:
    schema = json.loads((files("hongxian.reports") / "report.schema.json").read_text("utf-8"))
    parts = [
        schema,
        *(schema["$defs"][name] for name in ("subject", "behaviour", "finding", "law")),
    ]
    assert {field for part in parts for field in part["properties"]} <= WORDS


def test_the_hook_runs_on_every_kind_of_package() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
    assert hook["entry"] == "hongxian audit"
    for suffix in SUFFIXES:
        assert re.search(hook["files"], f"out/app{suffix}")
    assert not re.search(hook["files"], "src/app.java")


def test_the_action_uses_options_that_there_are() -> None:
    action = yaml.safe_load((ROOT / "action.yml").read_text(encoding="utf-8"))
    steps = action["runs"]["steps"]
    script = next(step["run"] for step in steps if step.get("name") == "Audit")
    known = {option for parameter in command.params for option in parameter.opts}
    assert set(re.findall(r"--[a-z-]+", script)) <= known
    assert "${{" not in script, "inputs come by environment, never into the script's text"
    used = set(re.findall(r"inputs\.([\w-]+)", json.dumps(action["runs"])))
    assert used == set(action["inputs"])
