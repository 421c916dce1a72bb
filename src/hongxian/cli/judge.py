"""The verb ``judge``: judges the facts of a store again, without looking at any artefact."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from hongxian.cli import chosen_language, lang_option, language_if_asked
from hongxian.cli.audit import choices, options
from hongxian.errors import HongxianError
from hongxian.words import say

if TYPE_CHECKING:
    from hongxian.facts import Store
    from hongxian.judge.engine import AnyStore


@click.command(help=say("cli.verb_judge", chosen_language()))
@click.option(
    "--rules", type=click.Path(path_type=Path), help=say("judge.opt_rules", chosen_language())
)
@options
@lang_option
def command(**given: Any) -> None:
    """Judge every subject of the store and exit with the code of the result."""
    from hongxian.audit.outcome import kept_subjects
    from hongxian.audit.report import finish

    given["lang"] = language_if_asked(given["lang"])
    settings, chosen = choices(given)
    if not chosen.get("store"):
        raise click.MissingParameter(param_hint="--store", param_type="option")
    store = _opened(chosen)
    try:
        for folder in chosen.pop("facts") or ():
            store.load(folder)
        subjects = kept_subjects(store, settings, chosen.get("app_type"))
        if not subjects:
            raise HongxianError(say("judge.empty_store", chosen["lang"], path=chosen["store"]))
        code = finish(store, subjects, settings, chosen)
    finally:
        store.close()
    sys.exit(code)


def _opened(chosen: dict[str, Any]) -> AnyStore:
    if chosen.get("engine") != "spark":
        return open_store(Path(chosen["store"]), chosen["lang"])
    from hongxian.facts.spark import SparkStore

    return SparkStore(chosen["store"])


def open_store(path: Path, lang: str) -> Store:
    """Open a store that must be there.

    Raises:
        HongxianError: there is no such file, or it is no store.
    """
    from hongxian.facts import Store

    if not path.is_file():
        raise HongxianError(say("judge.no_store", lang, path=path))
    return Store(path)
