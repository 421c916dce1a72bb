"""The documents cannot drift: they are made from the product, or checked against it."""

from __future__ import annotations

import importlib
import re
import tomllib
from pathlib import Path

import click
import pytest
from docs.generate import PAGES, page

from hongxian.audit.settings import KEYS
from hongxian.cli import VERBS
from hongxian.errors import Exit
from hongxian.rules.load import VERDICTS, load_rules

ROOT = Path(__file__).parents[1]
DOCS = ROOT / "docs"
PROSE = sorted(
    path.relative_to(ROOT).as_posix() for path in [*ROOT.glob("*.md"), *DOCS.glob("*.md")]
)


def read(name: str) -> str:
    return (ROOT / name).read_text("utf-8")


@pytest.mark.parametrize("lang", PAGES)
def test_the_command_line_page_is_up_to_date(lang: str) -> None:
    assert (DOCS / PAGES[lang]).read_text("utf-8") == page(lang), "run `make docs`"


@pytest.mark.parametrize("verb", VERBS)
def test_every_verb_and_option_is_documented(verb: str) -> None:
    command = importlib.import_module(f"hongxian.cli.{verb}").command
    for name in PAGES.values():
        _, _, rest = read(f"docs/{name}").partition(f"\n## {verb}\n")
        section = rest.partition("\n## ")[0]
        for option in command.params:
            names = option.opts if isinstance(option, click.Option) else []
            assert all(f"`{word}`" in section for word in names), option.name
            assert not names or option.help, f"{verb} {names}: no help"


def test_every_verb_has_its_module_and_every_module_is_a_verb() -> None:
    modules = {path.stem for path in (ROOT / "src" / "hongxian" / "cli").glob("*.py")}
    assert modules - {"__init__"} >= set(VERBS)
    commands = {
        name
        for name in modules - {"__init__"}
        if hasattr(importlib.import_module(f"hongxian.cli.{name}"), "command")
    }
    assert commands == set(VERBS)


@pytest.mark.parametrize("rule", [rule.number for rule in load_rules()])
def test_every_rule_has_its_page(rule: str) -> None:
    assert any((DOCS / "rules").glob(f"*{rule}.md"))


@pytest.mark.parametrize("name", PROSE)
def test_links_lead_somewhere(name: str) -> None:
    for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", read(name)):
        if "://" not in target:
            assert (ROOT / name).parent.joinpath(target).exists(), target


@pytest.mark.parametrize("name", PROSE)
def test_commands_in_the_documents_exist(name: str) -> None:
    """Every ``hongxian VERB --option`` that a document shows is one that the program takes."""
    text = read(name).replace("\\\n", " ")
    for verb, rest in re.findall(r"(?:^|`)hongxian ([a-z]+)([^`\n]*)", text, re.MULTILINE):
        command = importlib.import_module(f"hongxian.cli.{verb}").command
        for word in rest.split():
            command = getattr(command, "commands", {}).get(word, command)
        known = {word for option in command.params for word in option.opts} | {"--help"}
        assert set(re.findall(r"--[a-z-]+", rest)) <= known, f"{verb}{rest}"


def test_both_readmes_tell_verdicts_and_exit_codes() -> None:
    codes = {int(code) for code in Exit}
    for name in ("README.md", "README.zh.md"):
        text = read(name)
        assert {code for code in codes if re.search(rf"\b{code}\b", text)} == codes, name
        assert "Apache-2.0" in text
    for verdict in VERDICTS:
        assert verdict.replace("_", " ") in read("README.md")


def test_every_target_of_make_is_explained() -> None:
    targets = re.search(r"^\.PHONY: (.+)$", read("Makefile"), re.MULTILINE)
    assert targets
    for target in ("demo", "test"):
        assert target in targets[1].split()
        assert f"make {target}" in read("README.md")
        assert f"make {target}" in read("README.zh.md")


def test_every_key_of_the_configuration_file_is_explained() -> None:
    text = read("docs/configuration.md")
    assert [key for key in KEYS if f"`{key}`" not in text] == []


def test_every_benchmark_is_listed() -> None:
    text = read("bench/README.md")
    scripts = [path.name for path in (ROOT / "bench").glob("*.py")]
    assert [name for name in scripts if f"`{name}`" not in text] == []


def test_the_changes_name_the_version() -> None:
    project = tomllib.loads(read("pyproject.toml"))["project"]
    assert f"## {project['version']}" in read("CHANGELOG.md")
