"""Puts the moments of each session in order: phases, the person's choices, who did what when."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from hongxian.reports.session import Moment, Record, Session, Span, Tally
from hongxian.rules.load import VERDICTS

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import datetime

    from hongxian.reports.model import Behaviour, Evidence

LONGEST = 2000
"""So many moments of a session a report holds one by one at most."""

PERSON = "person"
"""The lane of the screen and the person before it."""
OTHERS = "others"
"""The lane of actors for whom there is no lane left."""

SHAPES = {
    "read": ("collect",),
    "asked": ("request",),
    "sent": ("transmit", "provide", "expose"),
    "shown": ("prompt", "state", "control"),
    "chosen": ("consent", "refuse", "withdraw", "function", "right"),
}
"""What happened, as the picture tells it apart -> kinds of facts."""
OTHER = "other"

CHOICES = ("consent", "refuse", "withdraw")
_ASKS = ("policy", "update")
_TELLING = ("collect", "transmit")
"""Kinds whose phase is that of the moment, and not one that a choice about something else sets."""
_MOST_SPANS = 24
_FINEST, _SECOND = 0.1, 1.0
_SHAPE_OF = {kind: shape for shape, kinds in SHAPES.items() for kind in kinds}
_UNTOLD = Record(bundle=None, device=None, uncertainty=None)

_Cited = dict[str, tuple[str, tuple[str, ...]]]


def make_sessions(
    facts: Iterable[Evidence], behaviours: Iterable[Behaviour], records: Mapping[str, Record]
) -> tuple[Session, ...]:
    """Return one session for each artefact that has moments.

    Args:
        facts: of one subject.
        behaviours: say which facts findings cite.
        records: artefact -> which bundle it is.
    """
    found: dict[str | None, list[tuple[datetime, Evidence]]] = defaultdict(list)
    for fact in facts:
        moment = fact.at
        if moment is not None:
            found[fact.artefact].append((moment, fact))
    cited = _cited(behaviours)
    made = [
        _session(artefact, sorted(rows, key=_order), cited, records.get(artefact or "", _UNTOLD))
        for artefact, rows in found.items()
    ]
    return tuple(sorted(made, key=lambda one: (one.start, one.artefact or "")))


def shape_of(fact: Evidence) -> str:
    """Return what happened, as the picture tells it apart."""
    if fact.kind == "request" and fact.item in _ASKS:
        return "shown"  # the question for consent is the prompt itself
    return _SHAPE_OF.get(fact.kind, OTHER)


def lane_of(fact: Evidence) -> str:
    """Return whose lane a fact stands in."""
    acted = shape_of(fact) not in ("shown", "chosen") and not (
        shape_of(fact) == "asked" and fact.actor is None
    )
    return fact.actor or "unknown" if acted else PERSON


def is_choice(fact: Evidence) -> bool:
    """Return whether it puts the policy before the person or answers that."""
    asked = fact.kind == "prompt" and fact.item in _ASKS
    return asked or (fact.kind in CHOICES and fact.item in (None, *_ASKS))


def keep(moments: Sequence[Moment], most: int) -> list[Moment]:
    """Return so many moments at most, in order: choices, what findings cite, then the earliest."""
    if len(moments) <= most:
        return list(moments)
    places = sorted(range(len(moments)), key=lambda place: (_rank(moments[place]), place))
    return [moments[place] for place in sorted(places[:most])]


def _rank(moment: Moment) -> int:
    if is_choice(moment.fact):
        return -1
    return len(VERDICTS) if moment.verdict is None else VERDICTS.index(moment.verdict)


def _order(row: tuple[datetime, Evidence]) -> tuple[datetime, bool, str]:
    moment, fact = row
    return moment, not is_choice(fact), fact.id


def _cited(behaviours: Iterable[Behaviour]) -> _Cited:
    """Return, per fact, the worst verdict that a finding gives it, and by which rules."""
    found: _Cited = {}
    for behaviour in behaviours:
        number = behaviour.rule.number
        for point in behaviour.points:
            for fact in point.evidence:
                found[fact.id] = _worse(found.get(fact.id), point.verdict, number)
    return found


def _worse(
    known: tuple[str, tuple[str, ...]] | None, verdict: str, number: str
) -> tuple[str, tuple[str, ...]]:
    if known is None or VERDICTS.index(verdict) < VERDICTS.index(known[0]):
        return verdict, (number,)
    if verdict == known[0] and number not in known[1]:
        return verdict, (*known[1], number)
    return known


def _session(
    artefact: str | None,
    rows: list[tuple[datetime, Evidence]],
    cited: _Cited,
    record: Record,
) -> Session:
    start = rows[0][0]
    moments = [_moment(fact, (moment - start).total_seconds(), cited) for moment, fact in rows]
    choices = [moment for moment in moments if is_choice(moment.fact)]
    agreed = [one.since_start for one in choices if one.fact.kind == "consent"]
    return Session(
        artefact=artefact,
        record=record,
        start=start,
        length=moments[-1].since_start,
        events=len(moments),
        consent=agreed[0] if agreed else None,
        choices=tuple(choices[:_MOST_SPANS]),
        spans=_spans(moments),
        tallies=_tallies(moments),
        moments=tuple(keep(moments, LONGEST)),
    )


def _moment(fact: Evidence, since: float, cited: _Cited) -> Moment:
    verdict, rules = cited.get(fact.id, (None, ()))
    return Moment(fact=fact, since_start=since, verdict=verdict, rules=rules)


def _spans(moments: Sequence[Moment]) -> tuple[Span, ...]:
    """Return the phases as the moments tell them; of very many only those that choices begin."""
    borders = _borders(moments, fine=True)
    if len(borders) > _MOST_SPANS:
        borders = _borders(moments, fine=False)[:_MOST_SPANS]
    ends = [*(at for at, _ in borders[1:]), moments[-1].since_start]
    counts = _counts(moments, [at for at, _ in borders])
    return tuple(
        Span(phase=phase, start=at, end=end, events=events)
        for (at, phase), end, events in zip(borders, ends, counts, strict=True)
    )


def _borders(moments: Sequence[Moment], *, fine: bool) -> list[tuple[float, str]]:
    """Return when each phase begins; what comes before the first that is told belongs to it."""
    found: list[tuple[float, str]] = []
    for moment in moments:
        fact = moment.fact
        telling = is_choice(fact) or (fine and _tells(fact))
        if telling and fact.phase != "unknown" and (not found or found[-1][1] != fact.phase):
            found.append((moment.since_start, fact.phase))
    if not found:
        return [(0.0, "unknown")]
    return [(0.0, found[0][1]), *found[1:]]


def _tells(fact: Evidence) -> bool:
    return fact.kind in _TELLING and not (fact.item or "").startswith("appops:")


def _counts(moments: Sequence[Moment], starts: list[float]) -> list[int]:
    counts = [0] * len(starts)
    place = 0
    for moment in moments:
        while place + 1 < len(starts) and moment.since_start >= starts[place + 1]:
            place += 1
        counts[place] += 1
    return counts


def _tallies(moments: Sequence[Moment]) -> tuple[Tally, ...]:
    """Return the events of one look together: a tenth of a second each, of many a second."""
    step = _FINEST if len(moments) <= LONGEST else _SECOND
    found: dict[tuple[object, ...], list[Moment]] = defaultdict(list)
    for one in moments:
        fact = one.fact
        key = (int(one.since_start / step), lane_of(fact), shape_of(fact), fact.info, one.verdict,
               fact.near, is_choice(fact))  # fmt: skip
        found[key].append(one)
    return tuple(map(_tally, found.values()))


def _tally(moments: list[Moment]) -> Tally:
    first = moments[0]
    return Tally(
        since_start=first.since_start,
        lane=lane_of(first.fact),
        shape=shape_of(first.fact),
        info=first.fact.info,
        verdict=None if is_choice(first.fact) else first.verdict,
        events=len(moments),
        times=sum(map(_times, moments)),
        fact=first.fact.id,
        choice=is_choice(first.fact),
        unsure=first.fact.near is not None,
    )


def _times(moment: Moment) -> int:
    fact = moment.fact
    return max(1, round(fact.amount)) if fact.unit == "read" and fact.amount else 1
