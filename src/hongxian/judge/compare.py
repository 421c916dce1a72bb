"""Compares findings with those of an earlier run, by fingerprint."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

    from hongxian.judge.run import Ruling
    from hongxian.rules.load import Rule

COUNTED = ("violated", "suspected")
"""Verdicts that a comparison tells of."""

FORMAT = "hongxian-report"
"""What a JSON report of ours says it is."""

_IN_PACKAGE = {
    "address": ("app.code", "app.resources"), "permission": ("app.manifest", "app.code"),
    "publish": ("app.resources",), "trait": ("app.manifest", "app.code"),
}  # fmt: skip
"""Kind of a fact of the app sensor -> where it is seen; any other is seen in code."""


class Row(NamedTuple):
    """One line of a comparison."""

    fingerprint: str
    rule: str
    verdict: str


class Past(NamedTuple):
    """A finding of the earlier run."""

    rule: str
    verdict: str
    subject: str
    """Without its version."""
    rests: frozenset[str] = frozenset()
    """Scopes that must be looked at in full again before its absence says anything."""


Known = dict[str, Past]
"""By fingerprint."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed since the earlier run."""

    new: tuple[Row, ...]
    gone: tuple[Row, ...]
    """Looked for again where it was found, and not there."""
    unseen: tuple[Row, ...]
    """Not found, yet not looked for in full where it was found, or unclear now: it may be there."""
    same: tuple[Row, ...]


def compare(
    rulings: Iterable[Ruling], earlier: Known, covered: Mapping[str, frozenset[str]]
) -> Comparison:
    """Compare violated and suspected findings with those of an earlier run.

    What the earlier run found on a subject that is not looked at now is left out.

    Args:
        rulings: those of now.
        earlier: findings of the earlier run.
        covered: subject -> scopes that are looked at in full now.
    """
    found = list(rulings)
    looked: dict[str, set[str]] = {}
    for ruling in found:
        looked.setdefault(_name(ruling.subject), set()).update(covered.get(ruling.subject, ()))
    now = {
        finding.fingerprint: Past(finding.rule, finding.verdict, _name(finding.subject))
        for ruling in found
        for finding in ruling.findings
        if finding.verdict in COUNTED
    }
    before = {
        key: past
        for key, past in earlier.items()
        if past.verdict in COUNTED and past.subject in looked
    }
    open_ = {
        finding.fingerprint
        for ruling in found
        for finding in ruling.findings
        if finding.verdict == "unclear" and finding.evidence
    }
    lost = set(before) - set(now)
    gone = {key for key in lost - open_ if before[key].rests <= looked[before[key].subject]}
    return Comparison(
        new=_rows(now, set(now) - set(before)),
        gone=_rows(before, gone),
        unseen=_rows(before, lost - gone),
        same=_rows(now, set(now) & set(before)),
    )


def load_earlier(path: Path, rules: Iterable[Rule] = ()) -> Known:
    """Read the findings of an earlier JSON report.

    Args:
        path: the report.
        rules: say what a finding rests on that cites no fact.

    Raises:
        HongxianError: it is not there, or no JSON report of this product.
    """
    try:
        content = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, json.JSONDecodeError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    except RecursionError:
        raise WordedError("too_deep", path) from None
    try:
        return dict(_findings(content, {rule.id: rule for rule in rules}))
    except (KeyError, TypeError, AttributeError):
        raise WordedError("no_report", path) from None


def _findings(content: Any, rules: Mapping[str, Rule]) -> Iterable[tuple[str, Past]]:
    if content["format"] != FORMAT:
        raise KeyError(FORMAT)
    for subject in content["subjects"]:
        name, facts = _name(subject["id"]), {fact["id"]: fact for fact in subject.get("facts", ())}
        looked = {one["scope"] for one in subject.get("coverage", ()) if one["status"] != "not_run"}
        for behaviour in subject["behaviours"]:
            rule = rules.get(behaviour["rule"])
            needs = {scope for need in rule.needs for scope in need} if rule else looked
            for finding in behaviour["findings"]:
                cited = [facts[key] for key in finding.get("evidence", ()) if key in facts]
                rests = frozenset(_rests(cited, looked) if cited else looked & needs)
                past = Past(behaviour["rule"], finding["verdict"], name, rests)
                yield finding["fingerprint"], past


def _rests(facts: list[dict[str, Any]], looked: set[str]) -> Iterable[str]:
    """Yield what the sensors behind facts had looked at, of a package the parts that matter."""
    for fact in facts:
        if fact["sensor"] == "app":
            wanted: Iterable[str] = _IN_PACKAGE.get(fact["kind"], ("app.code",))
        else:
            wanted = (scope for scope in looked if scope.split(".")[0] == fact["sensor"])
        yield from looked.intersection(wanted)


def _name(subject: str) -> str:
    return subject.split("@", 1)[0]


def _rows(known: Known, keys: Iterable[str]) -> tuple[Row, ...]:
    return tuple(sorted(Row(key, known[key].rule, known[key].verdict) for key in keys))
