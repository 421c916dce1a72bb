"""The core of the gate: observation in, decision out.

:meth:`Gate.ask` decides on a request before it is answered, from the identifiers in it;
:meth:`Gate.answer` learns what came back and decides on the response.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from hongxian.guards.gate.enumeration import Asked, Principal, enumeration, grouped, shared
from hongxian.guards.gate.exposure import exposure
from hongxian.guards.gate.findings import ACTIONS, STRICT, Decision, Finding, strictest
from hongxian.guards.gate.question import Question
from hongxian.guards.gate.state import State
from hongxian.signals.cohort import fit, with_clients, with_score
from hongxian.signals.keys import Keys
from hongxian.signals.measures import leans, measure, score
from hongxian.signals.observation import Identifier

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.signals.cohort import Cohort
    from hongxian.signals.keys import Key
    from hongxian.signals.observation import Observation
    from hongxian.signals.track import Track


COMMON = 20
"""Principals with one client that make it a common one."""
_MOST_COMMON = 10_000
NOTHING = Decision(action="allow", advised="allow")
"""What is decided on nothing."""


class Gate:
    """Decides on requests by a policy.

    Args:
        policy: what it is told.
        secret: what identifiers are hashed with; the same for all that share their state.
    """

    def __init__(self, policy: GatePolicy, secret: bytes | None = None) -> None:
        """Remember nothing yet."""
        self.policy = policy
        self.secret = secret or secrets.token_bytes(32)
        self.keys = Keys(self.secret)
        self.state = State(policy.most_principals, policy.windows)
        self._canaries = frozenset(
            self.keys.key(Identifier(info, value)).value for info, value in policy.canaries
        )

    def judge(self, seen: Observation) -> Decision:
        """Decide on a request and its answer at once, as when a log is read."""
        question = self.question(seen)
        found = [] if question is None else self.count(question)
        self._told(seen, question)
        return self.decision(seen, (*found, *self.exposed(seen)))

    def ask(self, seen: Observation) -> Decision:
        """Decide on a request before it is answered."""
        question = self.question(seen)
        return self.decision(seen, () if question is None else self.count(question))

    def answer(self, seen: Observation) -> Decision:
        """Take in what a request was answered, and decide on that."""
        self._told(seen, self.question(seen))
        return self.decision(seen, self.exposed(seen))

    def _told(self, seen: Observation, question: Question | None) -> None:
        records = sum(seen.given.values())
        if question is not None and (seen.hits is not None or records):
            self.tell(question, records, seen.hits)

    def exposed(self, seen: Observation) -> list[Finding]:
        """Return what an exchange shows of the interface itself."""
        return list(exposure(seen, self.policy))

    def question(self, seen: Observation) -> Question | None:
        """Return what a request asks, as keys alone; ``None`` when it asks for nobody."""
        if not seen.identifiers:
            return None
        return Question(
            at=seen.at, endpoint=seen.endpoint, who=self.principals(seen),
            groups=self._groups(seen), asked=self._asked(seen),
        )  # fmt: skip

    def count(self, question: Question) -> list[Finding]:
        """Count what is asked; return what that shows."""
        findings: list[Finding] = []
        for asked in question.asked:
            findings += self._counted(asked, question)
        return findings

    def tell(self, question: Question, records: int, hits: int | None) -> None:
        """Take in what a question was answered.

        Args:
            question: the question.
            records: values of PI that were given.
            hits: how many of the identifiers were known, if that can be told.
        """
        for asked in question.asked:
            for one in (*question.who, *question.groups):
                for track in self._tracks(one, asked):
                    track.told(len(asked.keys), hits, records)

    def learn(self) -> Mapping[str, Cohort]:
        """Return what is usual at each endpoint, from all that is remembered."""
        learned = {}
        own = tuple(kind for kind in self.policy.principals if kind not in self.policy.shared)
        for endpoint in self.state.endpoints():
            panes = [track.whole for _, track in self.state.of(endpoint, own)]
            groups = {
                place[1]: track.whole
                for place, track in self.state.of(endpoint, self.policy.groups)
            }
            cohort = fit(panes, list(groups.values()), self.policy.cohort(endpoint))
            common = sorted(who for who, pane in groups.items() if len(pane.members) >= COMMON)
            cohort = with_clients(cohort, panes, frozenset(common[:_MOST_COMMON]))
            scores = [score(measure(pane, cohort)) for pane in panes if len(pane.numbers)]
            learned[endpoint] = with_score(cohort, scores)
        return learned

    def principals(self, seen: Observation) -> list[Principal]:
        """Return who is counted: the nearest to a person, and each that many share."""
        found: list[Principal] = []
        for kind in self.policy.principals:
            name = seen.principals.get(kind)
            alone = kind not in self.policy.shared
            if name is not None and not (alone and any(one.alone for one in found)):
                found.append(Principal(kind, self.keys.text(f"{kind} {name}"), alone))
        if found and not any(one.alone for one in found):
            found[0] = replace(found[0], alone=True)  # nobody nearer is known
        return found

    def _asked(self, seen: Observation) -> list[Asked]:
        """Return the identifiers by kind."""
        keys = seen.keys or map(self.keys.key, seen.identifiers)
        by_info: dict[str, list[Key]] = {}
        for one, key in zip(seen.identifiers, keys, strict=True):
            by_info.setdefault(one.info, []).append(key)
        return [
            Asked(endpoint=seen.endpoint, info=info, at=seen.at, keys=found)
            for info, found in by_info.items()
        ]

    def _counted(self, asked: Asked, question: Question) -> Iterable[Finding]:
        asked.canaries = sum(key.value in self._canaries for key in asked.keys)
        person = next((one for one in question.who if one.alone), None)
        own: tuple[Track, ...] = ()
        client = self._client(question.groups, asked)
        for one in sorted(question.who, key=lambda one: one.alone):  # the person's are the last
            own = self._tracks(one, asked)
            for track in reversed(own):
                asked.count(track)
                if one.alone:
                    track.client(client)
            yield from enumeration(one, own, asked, self.policy)
        if person is None:
            return
        asked.leaning = leans(own[0].whole, self.policy.cohort(asked.endpoint))
        for group in question.groups:
            tracks = self._tracks(group, asked)
            for track in tracks:
                asked.join(track, person.who)
            yield from grouped(group, tracks, asked, self.policy)
        yield from shared(self.state.blocks(asked.endpoint), person, asked, self.policy)

    def _client(self, groups: list[Principal], asked: Asked) -> int:
        """Return the client, unless it is that of many: a new version of an app, for instance."""
        if not groups or len(self._tracks(groups[0], asked)[0].whole.members) >= COMMON:
            return 0
        return groups[0].who

    def _groups(self, seen: Observation) -> list[Principal]:
        return [
            Principal(kind, self.keys.text(f"{kind} {seen.principals[kind]}"), alone=False)
            for kind in self.policy.groups if kind in seen.principals
        ]  # fmt: skip

    def _tracks(self, one: Principal, asked: Asked) -> tuple[Track, ...]:
        return self.state.tracks((one.kind, one.who, asked.endpoint, asked.info), asked.at)

    def _spared(self, seen: Observation) -> str | None:
        """Return who answers for a caller on an allow list."""
        on = datetime.fromtimestamp(seen.at, UTC).date()
        return next((
            entry.owner for entry in self.policy.allowed for kind, who in seen.principals.items()
            if entry.names(kind, who, seen.endpoint, on)
        ), None)  # fmt: skip

    def decision(self, seen: Observation, findings: Sequence[Finding]) -> Decision:
        """Return what is done on findings: allow lists spare, and learning does nothing."""
        if not findings and not self.policy.allowed:
            return NOTHING
        found = tuple(sorted(findings, key=lambda one: -ACTIONS.index(one.action)))
        spared = self._spared(seen) if self.policy.allowed else None
        if spared is not None:
            kept = (one.action for one in found if one.kind not in STRICT)
            advised = strictest(kept)
        else:
            advised = strictest(one.action for one in found)
        action = advised if self.policy.mode == "enforce" else "allow"
        return Decision(action=action, advised=advised, findings=found, spared=spared)
