"""Judges one exchange: finds what is asked and given, asks the core, masks the answer.

A host (proxy, middleware, agent) does this for each request::

    judge = Judge(policy, gate)
    cover = judge.cover(method, path)           # whether and how far bodies are to be read
    ruling = judge.ask(request)                 # before the interface sees it
    if ruling.action in ("allow", "mask"): ...  # let the interface answer
    ruling = judge.answer(ruling, answer)       # before the caller sees it
    send(ruling.body)                           # the answer, masked where that was decided

Hosts whose state is shared split :meth:`Judge.ask` in :meth:`Judge.question` (what is asked, as
keys alone) and :meth:`Judge.decide`, and give a ``tell`` of their own. Nothing here does I/O,
waits, or raises: what cannot be judged fails as the policy says, and tells why.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.bodies import (
    BodyError,
    asked,
    decoded,
    encoded,
    spaced,
    unescaped,
)
from hongxian.guards.gate.exchange.callers import AmbiguousCallerError
from hongxian.guards.gate.exchange.finder import Finder, Found
from hongxian.guards.gate.exchange.json_mask import chosen, masked_json
from hongxian.guards.gate.exchange.kinds import is_json, is_readable, is_utf8, spoken
from hongxian.guards.gate.exchange.parts import coding_of, holds, kind_of
from hongxian.guards.gate.exchange.ruling import Cover, Ruling
from hongxian.guards.gate.exchange.targets import canonical
from hongxian.guards.gate.exposure import figures
from hongxian.sensors.traffic.asked import asked_for, digests, known
from hongxian.sensors.traffic.templates import Templates
from hongxian.signals.keyed import COMPILED
from hongxian.signals.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.guards.gate.core import Gate
    from hongxian.guards.gate.exchange.parts import Answer, Headers, Request
    from hongxian.guards.gate.exchange.settings import ExchangeSettings
    from hongxian.guards.gate.exchange.texts import Find, Text
    from hongxian.guards.gate.findings import Decision, Finding
    from hongxian.guards.gate.question import Question

    Given = dict[str, set[bytes]]

_MOST_COVERS = 20_000
_MOST_PLACES = 20_000
"""Paths that are known again."""
_MOST_EXPOSED = 1_000
"""Kinds of exchanges whose findings are known again."""
_TELLING = re.compile(rb"[0-9%@=\x80-\xff]")
"""A target without any of these asks for nobody."""
_UNPLAIN = re.compile(rb"[\0%\\.]")
"""A request without any of these means what stands there."""
_UNPLAIN_BYTES = bytes(c in b"\0%\\." for c in range(256))


@dataclass(frozen=True, slots=True)
class KnownPath:
    """What a path says."""

    cover: Cover
    path: str
    """In its plainest way."""
    ids: tuple[str, ...]
    """What stood in it where its template has none."""
    telling: bool
    """Whether an identifier may stand in it."""


class Judge:
    """Judges exchanges by a policy.

    Args:
        settings: who is who, how far bodies are read, how values are covered.
        gate: the core.
        tell: takes in what a question was answered, when not the core itself does.
    """

    def __init__(
        self, settings: ExchangeSettings, gate: Gate,
        tell: Callable[[Question, int, int | None], None] | None = None,
    ) -> None:  # fmt: skip
        """Make the recognisers ready."""
        self.settings = settings
        self.gate = gate
        self.tell = tell or gate.tell
        self._templates = Templates()
        self._finder = Finder()
        self._covers: dict[str, Cover] = {}
        self._places: dict[tuple[str, str], KnownPath] = {}
        self._kinds: dict[bytes, bool] = {}
        self._exposed: dict[object, Decision] = {}

    def cover(self, method: str, path: str) -> Cover:
        """Return how the endpoint of a request is guarded."""
        return self._place(method, path).cover

    def _place(self, method: str, path: str) -> KnownPath:
        known = self._places.get((method, path))
        if known is not None:
            return known
        plain = canonical(path)
        name, ids = self._templates.of(plain)
        endpoint = f"{method} {name}"
        cover = self._covers.get(endpoint)
        if cover is None:
            if len(self._covers) >= _MOST_COVERS:
                self._covers.clear()
            cover = self._covers[endpoint] = self._covered(endpoint, f"{method} {plain}")
        telling = _TELLING.search(plain.encode("utf-8", "surrogatepass")) is not None
        if len(self._places) >= _MOST_PLACES:
            self._places.clear()
        place = self._places[method, path] = KnownPath(cover, plain, ids, telling)
        return place

    def ask(self, request: Request) -> Ruling:
        """Decide on a request before the interface sees it."""
        ruling = self.question(request)
        if ruling.question is not None:
            try:
                self.decide(ruling, self.gate.count(ruling.question))
            except Exception:  # noqa: BLE001 - a fault of ours is no reason to let anything through
                self.fail(ruling, "error")
        return ruling

    def question(self, request: Request) -> Ruling:
        """Return a ruling with what a request asks of the core, not yet decided."""
        path, sign, query = request.target, "", ""
        if "?" in path:
            path, sign, query = path.partition("?")
        place = self._place(request.method, path)
        settings = self.settings
        ruling = Ruling(cover=place.cover, at=request.at, secure=request.secure)
        try:
            callers = settings.callers
            ruling.principals = callers.of(request.headers, request.peer)
            ruling.audience = settings.audience(request.headers)
            text = self._request_text(request) if request.body else b""
            target = place.path + sign + query if sign else place.path
            hits = ruling.hits
            if place.telling or (sign and _TELLING.search(query.encode("utf-8", "surrogatepass"))):
                self._hits(0, asked(target.encode("utf-8", "surrogatepass")), hits)
            if text:
                self._hits(1, text, hits)
            if place.cover.rule.hashed:
                hits += digests(target, text, place.cover.rule.hashed)
            if hits or place.ids:
                self._asks(ruling, place)
        except AmbiguousCallerError:
            self.fail(ruling, "caller")
        except BodyError as error:
            self.fail(ruling, error.reason)
        except Exception:  # noqa: BLE001 - as in ask
            self.fail(ruling, "error")
        return ruling

    def _hits(self, part: int, data: bytes, hits: list[tuple[int, str, str]]) -> None:
        found = self._finder.find(data)
        for place in range(found.size):
            start, end, info = found.at(place)
            hits.append((part, info, data[start:end].decode("utf-8", "replace")))

    def _asks(self, ruling: Ruling, place: KnownPath) -> None:
        ruling.identifiers = identifiers = asked_for(ruling.hits, place.ids, place.path)
        if not identifiers:
            return
        made = self.gate.keys
        keys = [made.of(one.info, one.value) for one in identifiers]
        ruling.question = self.gate.asks(
            ruling.at, place.cover.endpoint, ruling.principals,
            [one.info for one in identifiers], keys,
        )  # fmt: skip

    def decide(self, ruling: Ruling, findings: Sequence[Finding]) -> Ruling:
        """Take what the core found in a question into its ruling."""
        if findings:
            ruling.decision = self.gate.decision(ruling.seen, findings)
            ruling.action = ruling.decision.action
            ruling.whole = ruling.action == "mask"
        return ruling

    def answer(self, ruling: Ruling, answer: Answer) -> Ruling:
        """Decide on an answer before the caller sees it, and mask it."""
        try:
            self._answered(ruling, answer)
        except BodyError as error:
            self.fail(ruling, error.reason)
        except Exception:  # noqa: BLE001 - as in ask
            self.fail(ruling, "error")
        return ruling

    def reads(self, headers: Headers) -> bool:
        """Return whether the body of an answer is to be read, by its type."""
        kind = kind_of(headers)
        known = self._kinds.get(kind)
        if known is None:
            if len(self._kinds) >= _MOST_COVERS:
                self._kinds.clear()
            known = self._kinds[kind] = not kind or is_readable(kind.lower())
        return known

    def fail(self, ruling: Ruling, reason: str) -> Ruling:
        """Let an exchange that cannot be judged through or not, as the policy says."""
        ruling.reason = reason
        if ruling.cover.closed and self.gate.policy.mode == "enforce":
            ruling.action = "block"
        return ruling

    def _covered(self, endpoint: str, sent: str) -> Cover:
        policy = self.gate.policy
        rule = next(
            (one for one in policy.endpoints if one.names(endpoint) or one.names(sent)), None
        )
        named = rule is not None
        rule = rule or policy.rule(endpoint)
        gives = bool(rule.needs or rule.limits) or endpoint in policy.cohorts
        closed = rule.fail == "closed" or (rule.fail is None and gives)
        return Cover(endpoint, rule, named, closed, frozenset(rule.mask))

    def _request_text(self, request: Request) -> bytes:
        codings = coding_of(request.headers)
        body = (
            decoded(request.body, codings, self.settings.most_request) if codings else request.body
        )
        plain = not (holds(body, _UNPLAIN_BYTES) if COMPILED else _UNPLAIN.search(body))
        return body if plain else asked(body)

    def _answered(self, ruling: Ruling, answer: Answer) -> None:
        packed = coding_of(answer.headers)
        text = answer.body
        if packed:
            text = decoded(text, packed, self.settings.most_answer)
        kind, lines, alone, plain = spoken(kind_of(answer.headers))
        if text and not (is_utf8(text, plain) if lines else is_json(kind, text)):
            self._text(ruling, answer.status, text, kind)
        else:
            self._json(ruling, answer.status, text, alone)
        if ruling.body is not None and packed:
            made = encoded(ruling.body, packed.decode("latin-1").strip().lower())
            ruling.packed = b"" if made is ruling.body else packed
            ruling.body = made

    def _json(self, ruling: Ruling, status: int, text: bytes, alone: bool) -> None:
        """Judge JSON, and mask it; if it is not ``alone`` a page may have it within."""
        escapes = b"\\" in text
        if escapes:
            text = unescaped(text, not alone)
        found = self._finder.find(spaced(text) if escapes else text)
        fields = self.settings.fields
        if fields is not None and ruling.cover.named and text:
            found = Found.of(fields.added(ruling.cover.endpoint, text, list(found)))
        given = found.given(text)
        self._given(ruling, given, text, status)
        covers = self._to_cover(ruling, given)
        if covers:
            ruling.body = masked_json(text, found, covers)
            every = len(covers) == len(given)
            ruling.masked += len(found) if every else len(chosen(found, covers))

    def _text(self, ruling: Ruling, status: int, data: bytes, kind: bytes) -> None:
        """Judge text of any other kind, and mask it."""
        from hongxian.guards.gate.exchange.texts import Text  # noqa: PLC0415 - not at each start

        text = Text(data, kind, self.find_in(ruling.cover, self._finder))
        covers = self.text_covers(ruling, status, text)
        if covers:
            ruling.body = text.covered(covers)
            ruling.masked += text.masked

    def find_in(self, cover: Cover, finder: Finder) -> Find:
        """Return what finds values in texts of an endpoint."""
        fields, named, endpoint = self.settings.fields, cover.named, cover.endpoint

        def find(data: bytes, script: bool) -> list[tuple[int, int, str]]:
            hits = list(finder.find(spaced(data)))
            if script and fields is not None and named:
                return fields.added(endpoint, data, hits)
            return hits

        return find

    def text_covers(
        self, ruling: Ruling, status: int, text: Text
    ) -> dict[str, Callable[[str], str]]:
        """Take into a ruling what a text gives, and return what of it is covered by what."""
        self._given(ruling, text.given, text.seen, status)
        return self._to_cover(ruling, text.given)

    def _given(self, ruling: Ruling, given: Given, text: bytes, status: int) -> None:
        """Take into a ruling what an answer gives."""
        self._told(ruling, given, text, status)
        if given or ruling.identifiers:
            self._expose(ruling, given, status)

    def _told(self, ruling: Ruling, given: Given, text: bytes, status: int) -> None:
        """Tell the core what its question was answered."""
        if ruling.question is None:
            return
        hits = None
        if not ruling.told:
            people = [
                (one.info, one.value.encode("utf-8", "replace")) for one in ruling.identifiers
            ]
            hits = known(status, text, people, given)
        records = 0
        for values in given.values():
            records += len(values)
        if records or hits is not None:
            self.tell(ruling.question, records, hits)
            ruling.told = True

    def _expose(self, ruling: Ruling, given: Given, status: int) -> None:
        """Take into a ruling what an exchange shows of the interface itself."""
        gate, before = self.gate, ruling.decision.findings
        place = None
        if not before:
            asked = [one.info + one.where for one in ruling.identifiers]
            who = ruling.principals
            place = (ruling.cover.endpoint, ruling.secure, "account" in who or "token" in who,
                     *given, *asked)  # fmt: skip
            decision = self._exposed.get(place)
            if decision is not None:
                self._decided(ruling, decision)
                return
            if gate.policy.allowed or figures(
                ruling.cover.endpoint, given, ruling.principals, gate.policy
            ):
                place = None
        seen = Observation(
            at=ruling.at, endpoint=ruling.cover.endpoint, principals=ruling.principals,
            identifiers=ruling.identifiers,
            given={info: len(values) for info, values in given.items()},
            status=status, secure=ruling.secure,
        )  # fmt: skip
        known = {(one.kind, one.info) for one in before}
        exposed = [one for one in gate.exposed(seen) if (one.kind, one.info) not in known]
        if exposed or place is not None:
            decision = gate.decision(seen, (*before, *exposed))
            self._decided(ruling, decision)
            if place is not None:
                if len(self._exposed) >= _MOST_EXPOSED:
                    self._exposed.clear()
                self._exposed[place] = decision

    def _decided(self, ruling: Ruling, decision: Decision) -> None:
        if decision.findings:
            ruling.decision = decision
            ruling.action = decision.action

    def _to_cover(self, ruling: Ruling, given: Given) -> dict[str, Callable[[str], str]]:
        """Return what covers which PI types: by the endpoint's rule, or for what was found."""
        covers: dict[str, Callable[[str], str]] = {}
        if not given or self.gate.policy.mode != "enforce":
            return covers
        always = ruling.cover.masked
        whole = ruling.whole or "*" in always
        infos = [
            one.info for one in ruling.decision.findings
            if one.action == "mask" and one.kind == "over_exposed"
        ]  # fmt: skip
        for info in given:
            if whole or info in always or info in infos:
                cover = self.settings.covers.of(info, ruling.audience)
                if cover is not None:
                    covers[info] = cover
        return covers
