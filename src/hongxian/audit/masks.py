"""Keeps what our own guard did in the fact store, so that its conduct is judged as all else is."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.audit.outcome import keep_run, partly
from hongxian.facts import Run, Store
from hongxian.guards.mask.facts import SCOPE, mask_coverage, mask_facts
from hongxian.sensors.store.sources.sources import plain_name

if TYPE_CHECKING:
    from hongxian.guards.mask.run import Masked


def mask_subject(spec: str, name: str | None) -> str:
    """Return whose data a source holds, called as the scan calls it unless the user names it."""
    path = Path(spec)
    own = plain_name(spec) if "://" in spec else path.name or path.resolve().name
    return f"store:{name or own}"


def keep_masked(path: Path, subject: str, copy: str, masked: Masked, audience: str) -> None:
    """Write the facts of a copy, and how much of the source it holds, as one run.

    Args:
        path: the fact store.
        subject: whose data was masked.
        copy: name of the file or folder that was written.
        masked: what was done.
        audience: for whom.
    """
    store = Store(path)
    try:
        run = Run(sensor="guard", subject=subject, artefact=SCOPE)
        facts = list(mask_facts(subject, copy, masked, audience))
        coverage = mask_coverage(subject, masked)
        keep_run(store, run, facts, [coverage], partly(coverage))
    finally:
        store.close()
