"""Compares findings with those of an earlier run, by fingerprint."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hongxian.judge.run import Ruling

COUNTED = ("violated", "suspected")
"""Verdicts that a comparison tells of."""

FORMAT = "hongxian-report"
"""What a JSON report of ours says it is."""

Known = dict[str, tuple[str, str, str]]
"""Fingerprint -> rule id, verdict, and subject without its version."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the earlier run: fingerprint, rule id, verdict."""

    new: tuple[tuple[str, str, str], ...]
    gone: tuple[tuple[str, str, str], ...]
    same: tuple[tuple[str, str, str], ...]


def compare(rulings: Iterable[Ruling], earlier: Known) -> Comparison:
    """Compare violated and suspected findings with those of an earlier run.

    What the earlier run found on a subject that is not looked at now is not gone: it is left out.
    """
    found = list(rulings)
    looked_at = {_name(ruling.subject) for ruling in found}
    now: Known = {
        finding.fingerprint: (finding.rule, finding.verdict, _name(finding.subject))
        for ruling in found
        for finding in ruling.findings
        if finding.verdict in COUNTED
    }
    before = {
        key: value
        for key, value in earlier.items()
        if value[1] in COUNTED and value[2] in looked_at
    }
    return Comparison(
        new=_rows(now, set(now) - set(before)),
        gone=_rows(before, set(before) - set(now)),
        same=_rows(now, set(now) & set(before)),
    )


def load_earlier(path: Path) -> Known:
    """Read the findings of an earlier JSON report.

    Raises:
        HongxianError: it is not there, or no JSON report of this product.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise HongxianError(f"{path}: {error.strerror}") from None
    except (json.JSONDecodeError, UnicodeDecodeError) as error:
        raise HongxianError(f"{path}: no JSON report: {error}") from None
    except RecursionError:
        raise HongxianError(f"{path}: no JSON report: nested too deeply") from None
    try:
        return dict(_findings(content))
    except (KeyError, TypeError, AttributeError):
        raise HongxianError(f"{path}: JSON, but no report of ours (--format json)") from None


def _findings(content: Any) -> Iterable[tuple[str, tuple[str, str, str]]]:
    if content["format"] != FORMAT:
        raise KeyError(FORMAT)
    for subject in content["subjects"]:
        name = _name(subject["id"])
        for behaviour in subject["behaviours"]:
            for finding in behaviour["findings"]:
                yield finding["fingerprint"], (behaviour["rule"], finding["verdict"], name)


def _name(subject: str) -> str:
    return subject.split("@", 1)[0]


def _rows(known: Known, keys: Iterable[str]) -> tuple[tuple[str, str, str], ...]:
    return tuple(sorted((key, *known[key][:2]) for key in keys))
