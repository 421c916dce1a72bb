"""The core of the gate: observation in, decision out.

:meth:`Gate.ask` decides on a request before it is answered, from the identifiers in it;
:meth:`Gate.answer` learns what came back and decides on the response.
"""

from __future__ import annotations

import secrets
from datetime import UTC, datetime
from operator import attrgetter
from typing import TYPE_CHECKING, Any

from hongxian.guards.gate.enumeration import Asked, Principal, enumeration, grouped, shared
from hongxian.guards.gate.exposure import exposure
from hongxian.guards.gate.findings import ACTIONS, STRICT, Decision, Finding, strictest
from hongxian.guards.gate.question import Question, asked_by
from hongxian.guards.gate.state import State
from hongxian.signals.cohort import fit, with_clients, with_score
from hongxian.signals.keys import Key, Keys
from hongxian.signals.measures import leans, measure, score
from hongxian.signals.observation import PRINCIPALS

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.signals.cohort import Cohort
    from hongxian.signals.observation import Observation
    from hongxian.signals.track import Track


COMMON = 20
"""Principals with one client that make it a common one."""
_MOST_COMMON = 10_000
_MOST_KNOWN = 10_000
"""Principals whose hash is kept ready."""
_MOST_HEARD = 1 << 16
"""Callers whose principals are kept ready."""
NAMELESS = {kind: f"{kind} alone" for kind in PRINCIPALS}
"""Kind of principal -> kind of the place of those who show nothing nearer."""
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
            self.keys.of(info, value).value for info, value in policy.canaries
        )
        self._whos: dict[tuple[str, str], int] = {}
        self._many = frozenset(policy.shared)
        self._heard: dict[Any, tuple[list[Principal], list[Principal]]] = {}

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
        keys = seen.keys or [self.keys.of(one.info, one.value) for one in seen.identifiers]
        infos = [one.info for one in seen.identifiers]
        return self.asks(seen.at, seen.endpoint, seen.principals, infos, keys)

    def asks(
        self, at: float, endpoint: str, principals: Mapping[str, str], infos: Sequence[str],
        keys: Sequence[Key],
    ) -> Question:  # fmt: skip
        """Return what a request asks.

        Args:
            at: when.
            endpoint: where.
            principals: kind -> who.
            infos: PI type of each identifier.
            keys: their keys.
        """
        groups = [
            Principal(kind, self._who(kind, principals[kind]), alone=False)
            for kind in self.policy.groups if kind in principals
        ]  # fmt: skip
        return Question(
            at=at, endpoint=endpoint, groups=groups,
            who=sorted(self.principals(principals), key=attrgetter("alone")),
            asked=asked_by(at, endpoint, infos, keys),
        )  # fmt: skip

    def heard(  # noqa: PLR0913, PLR0917 - plain data of one line of a page
        self, at: float, endpoint: str, kinds: tuple[str, ...], names: tuple[str, ...],
        infos: Sequence[str], keys: Sequence[Any], records: int, hits: int | None,
    ) -> list[Finding]:  # fmt: skip
        """Count what is asked and take in its answer, as when a log is read; return what it shows.

        Args:
            at: when.
            endpoint: where.
            kinds: of the principals.
            names: of the same; most of them come again.
            infos: PI type of each identifier.
            keys: their keys as plain data.
            records: values of PI that were given.
            hits: how many of the identifiers were known, if that can be told.
        """
        made = [tuple.__new__(Key, key) for key in keys]
        known = self._heard.get((kinds, names))
        if known is None:
            question = self.asks(at, endpoint, dict(zip(kinds, names, strict=True)), infos, made)
            if len(self._heard) >= _MOST_HEARD:
                self._heard.clear()
            self._heard[kinds, names] = question.who, question.groups
        else:
            question = Question(
                at=at, endpoint=endpoint, who=known[0], groups=known[1],
                asked=asked_by(at, endpoint, infos, made),
            )  # fmt: skip
        found = self.count(question)
        if hits is not None or records:
            self.tell(question, records, hits)
        return found

    def count(self, question: Question) -> list[Finding]:
        """Count what is asked; return what that shows."""
        findings: list[Finding] = []
        for asked in question.asked:
            self._count(asked, question, findings)
        return findings

    def take(self, question: Question) -> None:
        """Count what another process was asked and decides: all but the findings."""
        for asked in question.asked:
            self._count(asked, question, None)

    def tell(self, question: Question, records: int, hits: int | None) -> None:
        """Take in what a question was answered.

        Args:
            question: the question.
            records: values of PI that were given.
            hits: how many of the identifiers were known, if that can be told.
        """
        for asked in question.asked:
            if not asked.counted:  # by another process
                judged = [one for one in question.who if one.alone]
                for one in (*judged, *question.groups):
                    asked.counted += self._tracks(one, asked)
            for track in asked.counted:
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

    def principals(self, principals: Mapping[str, str]) -> list[Principal]:
        """Return who is counted: the nearest to a person, and each that many share.

        Who shows nothing nearer is one person by what many share, an address mostly: limits hold
        for all that comes from there, all else is judged by what nobody else has answered for.
        """
        found: list[Principal] = []
        person = False
        for kind in self.policy.principals:
            name = principals.get(kind)
            alone = kind not in self._many
            if name is not None and not (alone and person):
                person = person or alone
                found.append(Principal(kind, self._who(kind, name), alone))
        if found and not person:  # nobody nearer is known
            found.append(Principal(found[0].kind, found[0].who, alone=True))
        return found

    def _who(self, kind: str, name: str) -> int:
        """Return the keyed hash of a principal; most of them come again."""
        known = self._whos.get((kind, name))
        if known is None:
            if len(self._whos) >= _MOST_KNOWN:
                self._whos.clear()
            known = self._whos[kind, name] = self.keys.text(f"{kind} {name}")
        return known

    def _count(self, asked: Asked, question: Question, findings: list[Finding] | None) -> None:
        """Count identifiers, and add what that shows to the findings if these are wanted."""
        if self._canaries:
            asked.canaries = sum([key.value in self._canaries for key in asked.keys])
        asked.counted = []
        person: Principal | None = None
        own: tuple[Track, ...] = ()
        who, groups, policy = question.who, question.groups, self.policy
        client = self._client(groups, asked) if groups else 0
        limit = policy.rule(asked.endpoint).limits.get(asked.info)
        for one in who:
            if limit is None and not one.alone:
                continue  # what many share is only held to limits
            own = self._tracks(one, asked)
            asked.counted += own
            for track in reversed(own):
                asked.count(track)
                if one.alone:
                    track.client(client)
            if findings is not None:
                findings += enumeration(one, own, asked, policy, limit)
            if one.alone:
                person = one
        if person is not None:
            if findings is not None and groups:
                asked.leaning = leans(own[0].whole, policy.cohort(asked.endpoint))
            self._count_groups(asked, groups, person, findings)

    def _count_groups(
        self, asked: Asked, groups: list[Principal], person: Principal,
        findings: list[Finding] | None,
    ) -> None:  # fmt: skip
        """Count a person's identifiers in all that may stand behind many persons."""
        for group in groups:
            tracks = self._tracks(group, asked)
            asked.counted += tracks
            for track in tracks:
                asked.join(track, person.who)
            if findings is not None:
                findings += grouped(group, tracks, asked, self.policy)
        found = shared(self.state.blocks(asked.endpoint), person, asked, self.policy)
        if findings is not None:
            findings += found

    def _client(self, groups: list[Principal], asked: Asked) -> int:
        """Return the client, unless it is that of many: a new version of an app, for instance."""
        many = len(self._tracks(groups[0], asked)[0].whole.members) >= COMMON
        return 0 if many else groups[0].who

    def _tracks(self, one: Principal, asked: Asked) -> tuple[Track, ...]:
        kind = one.kind
        if one.alone and kind in self._many:
            kind = NAMELESS[kind]  # apart from what those asked who have a name
        return self.state.tracks((kind, one.who, asked.endpoint, asked.info), asked.at)

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
