"""Writes the pages that are made from the product itself: docs/cli.md, docs/cli.zh.md, docs/rules.

    python docs/generate.py

A test holds that they are up to date.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import click

FOLDER = Path(__file__).parent
PAGES = {"en": "cli.md", "zh": "cli.zh.md"}
HEADS = {
    "en": (
        "# Command line",
        "Made from the program by `make docs`.",
        (
            "Exit codes: 0 nothing violated, 1 violated, 2 usage or configuration, 3 unclear and "
            "`--strict`, 4 a package could not be read, 70 an error of our own."
        ),
        ("option", "meaning"),
    ),
    "zh": (
        "# 命令行",
        "本页由 `make docs` 从程序生成。",
        (
            "退出码：0 无违反；1 有违反；2 用法或配置有误；3 有不明项且使用 `--strict`；"
            "4 有安装包无法读取；70 产品自身出错。"
        ),
        ("选项", "含义"),
    ),
}


def page(lang: str) -> str:
    """Return the page of a language; the texts are those that the program itself prints."""
    environment = {**os.environ, "HONGXIAN_LANG": lang}
    command = [sys.executable, __file__, "--print", lang]
    done = subprocess.run(command, env=environment, capture_output=True, check=True)
    return done.stdout.decode("utf-8")


def _page(lang: str) -> str:
    from hongxian.cli import VERBS, verbs  # noqa: PLC0415 - the texts follow the environment

    title, made, codes, columns = HEADS[lang]
    lines = [title, "", made, "", codes]
    context = click.Context(verbs, info_name="hongxian")
    for name in VERBS:
        verb = verbs.get_command(context, name)
        if verb is None:
            raise LookupError(name)
        own = click.Context(verb, info_name=name, parent=context)
        usage = " ".join(verb.collect_usage_pieces(own))
        lines += ["", f"## {name}", "", f"{verb.help}", "", f"`hongxian {name} {usage}`", ""]
        lines += [f"| {columns[0]} | {columns[1]} |", "|---|---|"]
        lines += [_row(option) for option in verb.params if isinstance(option, click.Option)]
    return "\n".join(lines) + "\n"


def _row(option: click.Option) -> str:
    names = ", ".join(f"`{name}`" for name in [*option.opts, *option.secondary_opts])
    return f"| {names}{_value(option)} | {option.help} |"


def _value(option: click.Option) -> str:
    kind: Any = option.type
    if option.is_flag:
        return ""
    if isinstance(kind, click.Choice):
        return " " + " ".join(f"`{choice}`" for choice in kind.choices)
    return f" {kind.name.upper()}" if not isinstance(kind, click.DateTime) else " YYYY-MM-DD"


def main() -> None:
    """Write all pages, or print the one asked for."""
    if sys.argv[1:2] == ["--print"]:
        sys.stdout.buffer.write(_page(sys.argv[2]).encode())
        return
    for lang, name in PAGES.items():
        (FOLDER / name).write_text(page(lang), encoding="utf-8")
    command = [sys.executable, "-m", "hongxian.reports.rule_page", str(FOLDER / "rules")]
    subprocess.run(command, check=True)


if __name__ == "__main__":
    main()
