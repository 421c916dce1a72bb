"""Audits packages where Spark's executors are: each reads its packages by their paths."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.audit.batch import Failed, Wanted, sense_apart
from hongxian.audit.kept import keep_observed
from hongxian.audit.sessions import given_sessions
from hongxian.facts import Store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

    from hongxian.audit.settings import Settings
    from hongxian.facts.spark import SparkStore


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSensor:
    """What an executor does with the paths of packages; Spark carries it there.

    A package that cannot be read, or that ends the process that reads it, costs itself alone.
    """

    wanted: Wanted
    settings: Settings
    app_type: str | None
    """Key of the type that all of them are judged as; ``None`` leaves it to the settings."""
    sessions: tuple[Path, ...]
    lang: str

    def __call__(self, paths: Iterator[str]) -> Iterator[tuple[Store, list[dict[str, Any]]]]:
        """Yield a store for each package, with what the driver is told of it."""
        sessions = given_sessions(self.sessions)
        for observed in sense_apart(map(Path, paths), self.wanted):
            store = Store()
            told: dict[str, Any] = {"lines": observed.lines(self.lang)}
            if not isinstance(observed, Failed):
                subject = observed.app.subject
                kind = self.app_type or self.settings.type_of(subject)
                told["lines"] += keep_observed(
                    store, observed, self.settings, sessions, app_type=kind, lang=self.lang
                )
                told |= {"subject": subject, "app_type": kind, "used": sorted(sessions.used)}
            yield store, [told]


def sense_on_spark(
    store: SparkStore, paths: Sequence[Path], sensor: AppSensor, warned: Callable[[list[str]], bool]
) -> tuple[dict[str, str | None], set[str], bool]:
    """Run the app sensor over packages and add what it finds to the store.

    Args:
        store: where to.
        paths: packages that every executor can read under these names.
        sensor: what to do with each.
        warned: says what could not be read, and returns whether there was anything.

    Returns:
        Subjects with the key of their app type, the names of the session bundles that belonged to
        one of them, and whether something could not be read.
    """
    subjects: dict[str, str | None] = {}
    used: set[str] = set()
    failed = False
    for told in store.sense([str(path.absolute()) for path in paths], sensor):
        failed = warned(told["lines"]) or failed
        if "subject" in told:
            subjects[told["subject"]] = told["app_type"]
            used.update(told["used"])
    return subjects, used, failed
