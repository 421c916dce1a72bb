"""One drill: a copy is restored, replayed, looked at, and thrown away; what was seen is kept."""

from __future__ import annotations

import shutil
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.kinds import FAULTS, course_of
from hongxian.guards.keep.drill.marks import marks
from hongxian.guards.keep.drill.results import Check, Trial

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.guards.keep.drill.settings import AnySource, DrillSettings
    from hongxian.guards.keep.vault.objects import Store


_CAUGHT: tuple[type[Exception], ...] = (HongxianError, OSError, *FAULTS)


def tried(
    store: Store, settings: DrillSettings, source: AnySource, until: float | None = None
) -> Trial:
    """Restore a copy of a source for a trial.

    Args:
        store: the vault.
        settings: of the drills.
        source: whose copy.
        until: a moment (seconds since 1970) to which its log is replayed; ``None``: to its end.
    """
    at, began = time.time(), time.monotonic()
    settings.folder.mkdir(mode=0o711, parents=True, exist_ok=True)
    place = Path(tempfile.mkdtemp(prefix=f"{source.name}-", dir=settings.folder))
    told = marks(settings.folder / "marks" / source.name)
    course, rto, reason = course_of(store, source, place, told, until), None, None
    try:
        course.restore()
        course.replay()
        rto = time.monotonic() - began - course.looked
        course.look()
    except _CAUGHT as error:
        reason = " ".join(str(error).split())[:300]
    finally:
        course.end()
        shutil.rmtree(place, ignore_errors=True)
    rpo = max(0.0, at - course.latest) if course.latest and until is None else None
    checks = [*course.checks, *_limits(source, rpo, rto)]
    failed = reason is not None or any(one.outcome == "failed" for one in checks)
    return Trial(
        source=source.name, at=at, outcome="failed" if failed else "passed", rto=rto, rpo=rpo,
        latest=course.latest or None, base=course.base, size=course.size, every=source.every,
        reason=reason, mark=course.mark.number if course.mark else None, checks=tuple(checks),
    )  # fmt: skip


def _limits(source: AnySource, rpo: float | None, rto: float | None) -> Iterator[Check]:
    for name, most, found in (
        ("rpo", source.longest_rpo, rpo), ("rto", source.longest_rto, rto),
    ):  # fmt: skip
        if most and found is not None:
            yield Check(name, "", "failed" if found > most else "passed", f"{found:.1f} s")
