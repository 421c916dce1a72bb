"""What drills report of themselves: one fact for each, and one for a source that never had one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.words.mask import mask

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from hongxian.guards.keep.drill.results import Trial
    from hongxian.guards.keep.drill.settings import AnySource

SCOPE = "guard.drill"


def drill_facts(
    subject: str, sources: Mapping[str, AnySource], known: Mapping[str, Sequence[Trial]]
) -> Iterator[Fact]:
    """Yield the facts of all drills.

    Args:
        subject: whose data it is.
        sources: what is to be tried.
        known: source -> its drills.
    """
    for name, source in sources.items():
        for trial in known.get(name, ()):
            yield _fact(subject, trial)
        if not known.get(name):
            detail = {"every": round(source.every)}
            yield Fact(subject=subject, sensor="guard", kind="drill", item=mask(name),
                       outcome="never", artefact=SCOPE, detail=detail)  # fmt: skip


def drill_coverage(subject: str, sources: Mapping[str, AnySource]) -> Coverage:
    """Return that all sources were looked at."""
    detail = {"sources": len(sources)}
    return Coverage(subject=subject, scope=SCOPE, status="ran", artefact=SCOPE, detail=detail)


def _fact(subject: str, trial: Trial) -> Fact:
    failed = [f"{one.what} {one.name}".strip() for one in trial.checks if one.outcome == "failed"]
    detail = {
        "every": round(trial.every), "checks": len(trial.checks),
        "failed": [mask(one) for one in failed], "bytes": trial.size,
        "rpo": None if trial.rpo is None else round(trial.rpo, 3),
    }  # fmt: skip
    return Fact(
        subject=subject, sensor="guard", kind="drill", item=mask(trial.source),
        outcome=trial.outcome, seen_at=datetime.fromtimestamp(trial.at, UTC), amount=trial.rto,
        unit="second", locator=mask(trial.base or ""), artefact=SCOPE, detail=detail,
    )  # fmt: skip
