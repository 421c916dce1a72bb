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
from dataclasses import dataclass, field
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
from hongxian.guards.gate.exchange.json_mask import JsonMasker, masked_text
from hongxian.guards.gate.exchange.parts import value
from hongxian.guards.gate.findings import Decision
from hongxian.info.recognise import Scanner
from hongxian.sensors.traffic.model import Exchange
from hongxian.sensors.traffic.observe import Observer, info_of_recognisers, known
from hongxian.signals.observation import Observation

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

    from hongxian.guards.gate.core import Gate
    from hongxian.guards.gate.exchange.parts import Answer, Headers, Request
    from hongxian.guards.gate.exchange.settings import ExchangeSettings
    from hongxian.guards.gate.findings import Finding
    from hongxian.guards.gate.policy import EndpointRule
    from hongxian.guards.gate.question import Question

    Hits = list[tuple[int, int, str]]

PASS = Decision(action="allow", advised="allow")
"""Nothing to say."""
READABLE = (
    b"application/json", b"text/", b"+json", b"application/x-ndjson", b"application/xml", b"+xml",
    b"application/javascript", b"application/x-www-form-urlencoded", b"application/graphql",
)  # fmt: skip
"""Types of answers that are read."""
_MOST_COVERS = 20_000
_ODD = re.compile(r"[%;\\]|//|/\.")
_TELLING = re.compile(rb"[0-9%@=\x80-\xff]")
"""A target without any of these asks for nobody."""
_DIGEST = re.compile(
    rb"(?<![0-9A-Za-z])(?:[0-9A-Fa-f]{64}|[0-9A-Fa-f]{40}|[0-9A-Fa-f]{32})(?![0-9A-Za-z])"
)
_ESCAPED = re.compile(r"%[0-9A-Fa-f]{2}")


@dataclass(frozen=True, slots=True)
class Cover:
    """How an endpoint is guarded."""

    endpoint: str
    rule: EndpointRule
    named: bool
    """Whether the policy names it."""
    closed: bool
    """Whether what cannot be judged is stopped."""
    masked: frozenset[str]
    """PI types that are masked whatever is decided; ``*`` for all."""


@dataclass(slots=True, kw_only=True)
class Ruling:
    """What is to be done with an exchange, and why."""

    cover: Cover
    exchange: Exchange
    decision: Decision = PASS
    action: str = "allow"
    reason: str = ""
    """Why it could not be judged: ``coding``, ``corrupt``, ``large``, ``caller``, ``state``,
    ``error``, ``stream`` (never whole); empty when it was."""
    audience: str = "public"
    seen: Observation | None = None
    question: Question | None = None
    """What is asked of the core; ``None`` when that is nothing."""
    hits: list[tuple[int, str, str]] = field(default_factory=list)
    """Part, PI type and value of what stands in the request."""
    packed: bytes = b""
    """Coding of the new body."""
    body: bytes | None = None
    """The answer as it is to be sent; ``None`` when it is to stay as it is."""
    masked: int = 0
    """Values that were masked."""
    whole: bool = False
    """Whether all PI in the answer is masked, because of what was asked."""
    told: bool = False
    """Whether the core knows what the question was answered."""

    @property
    def passes(self) -> bool:
        """Whether the interface may answer, or its answer be sent."""
        return self.action in ("allow", "mask")


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
        self._observer = Observer()
        self._infos = info_of_recognisers()
        self._scanner = Scanner()
        self._covers: dict[str, Cover] = {}

    def cover(self, method: str, path: str) -> Cover:
        """Return how the endpoint of a request is guarded."""
        plain = canonical(path)
        name, _ = self._observer.templates.of(plain)
        endpoint = f"{method} {name}"
        found = self._covers.get(endpoint)
        if found is None:
            if len(self._covers) >= _MOST_COVERS:
                self._covers.clear()
            found = self._covers[endpoint] = self._covered(endpoint, f"{method} {plain}")
        return found

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
        cover = self.cover(request.method, request.path)
        exchange = Exchange(
            at=request.at, method=request.method, target=canonical(request.target),
            secure=request.secure,
        )  # fmt: skip
        ruling = Ruling(cover=cover, exchange=exchange, audience=self.settings.covers.audience)
        try:
            exchange.principals = self.settings.callers.of(request.headers, request.peer)
            ruling.audience = self.settings.audience(request.headers)
            exchange.request = self._request_text(request)
            ruling.hits = self._hits_in_request(exchange)
            if cover.rule.hashed:
                ruling.hits += self._digests(exchange, cover.rule.hashed)
            ruling.seen = self._observer.seen(exchange, ruling.hits).observation
            ruling.question = self.gate.question(ruling.seen)
        except AmbiguousCallerError:
            self.fail(ruling, "caller")
        except BodyError as error:
            self.fail(ruling, error.reason)
        except Exception:  # noqa: BLE001 - as in ask
            self.fail(ruling, "error")
        return ruling

    def decide(self, ruling: Ruling, findings: Sequence[Finding]) -> Ruling:
        """Take what the core found in a question into its ruling."""
        if findings and ruling.seen is not None:
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
        kind = value(headers, b"content-type").lower()
        return not kind or any(one in kind for one in READABLE)

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
        if not request.body:
            return b""
        codings = value(request.headers, b"content-encoding")
        body = (
            decoded(request.body, codings, self.settings.most_request) if codings else request.body
        )
        return asked(body)

    def _hits_in_request(self, exchange: Exchange) -> list[tuple[int, str, str]]:
        hits = []
        target = exchange.target.encode("utf-8", "surrogatepass")
        parts = [(0, asked(target))] if _TELLING.search(target) else []
        if exchange.request:
            parts.append((1, exchange.request))
        for part, data in parts:
            for start, end, info in self._found(data):
                hits.append((part, info, data[start:end].decode("utf-8", "replace")))
        return hits

    @staticmethod
    def _digests(exchange: Exchange, info: str) -> list[tuple[int, str, str]]:
        """Return digests of identifiers, which no recogniser can tell from other digests."""
        return [
            (part, info, found.decode().lower())
            for part, text in (
                (0, exchange.target.encode("utf-8", "replace")),
                (1, exchange.request),
            )
            for found in _DIGEST.findall(text)
        ]

    def _found(self, data: bytes) -> Hits:
        starts, ends, recognisers = self._scanner.columns(data)
        infos = list(map(self._infos.__getitem__, recognisers))
        found = list(zip(starts, ends, infos, strict=True))
        return [hit for hit in found if hit[2]] if "" in infos else found

    def _answered(self, ruling: Ruling, answer: Answer) -> None:
        exchange = ruling.exchange
        exchange.status = answer.status
        packed = value(answer.headers, b"content-encoding")
        text = answer.body
        if packed:
            text = decoded(text, packed, self.settings.most_answer)
        text = unescaped(text)
        exchange.response = text
        hits = self._found(spaced(text)) if text else []
        if self.settings.fields is not None and ruling.cover.named and text:
            hits = self.settings.fields.added(ruling.cover.endpoint, text, hits)
        seen = self._seen_in_answer(ruling, text, hits)
        if ruling.question is not None:
            records = sum(seen.given.values())
            hits_told = None if ruling.told else seen.hits
            if records or hits_told is not None:
                self.tell(ruling.question, records, hits_told)
                ruling.told = True
        before = {(one.kind, one.info) for one in ruling.decision.findings}
        exposed = [one for one in self.gate.exposed(seen) if (one.kind, one.info) not in before]
        if exposed:
            found = (*ruling.decision.findings, *exposed)
            ruling.decision = self.gate.decision(seen, found)
            ruling.action = ruling.decision.action
        if hits and self.gate.policy.mode == "enforce":
            kind = value(answer.headers, b"content-type").lower()
            self._mask(ruling, text, hits, structured=_is_json(kind, text))
            if ruling.body is not None and packed:
                made = encoded(ruling.body, packed.decode("latin-1").strip().lower())
                ruling.packed = b"" if made is ruling.body else packed
                ruling.body = made

    def _seen_in_answer(self, ruling: Ruling, text: bytes, hits: Hits) -> Observation:
        """Return what was asked together with what was given."""
        exchange, asked = ruling.exchange, ruling.seen
        given = {
            info: {text[start:end] for start, end, one in hits if one == info}
            for info in {hit[2] for hit in hits}
        }  # fmt: skip
        identifiers = asked.identifiers if asked is not None else ()
        people = [(one.info, one.value.encode("utf-8", "replace")) for one in identifiers]
        return Observation(
            at=exchange.at, endpoint=ruling.cover.endpoint, principals=exchange.principals,
            identifiers=identifiers, given={info: len(values) for info, values in given.items()},
            hits=known(exchange, people, given) if people else None,
            status=exchange.status, secure=exchange.secure,
        )  # fmt: skip

    def _mask(self, ruling: Ruling, text: bytes, hits: Hits, *, structured: bool) -> None:
        """Mask what is to be masked: by the endpoint's rule, or because of what was found."""
        always = ruling.cover.masked
        whole = ruling.whole or "*" in always
        infos = {
            one.info for one in ruling.decision.findings
            if one.action == "mask" and one.kind == "over_exposed"
        }  # fmt: skip
        infos |= always
        covers = {
            info: self.settings.covers.of(info, ruling.audience)
            for info in {hit[2] for hit in hits} if whole or info in infos
        }  # fmt: skip
        chosen = [
            (start, end, cover) for start, end, info in hits
            if (cover := covers.get(info)) is not None
        ]  # fmt: skip
        if chosen:
            ruling.body = (
                JsonMasker(text).masked(chosen) if structured else masked_text(text, chosen)
            )
            ruling.masked += len(chosen)


def _is_json(kind: bytes, text: bytes) -> bool:
    """Return whether an answer is JSON, or has it in its lines."""
    return b"json" in kind or b"event-stream" in kind or text.lstrip()[:1] in (b"{", b"[", b'"')


def canonical(target: str) -> str:
    """Return a target whose path is written in the plainest way, so that rules cannot be evaded."""
    path, sign, query = target.partition("?")
    if path.startswith("/") and not _ODD.search(path):
        return target
    if not path.startswith("/"):  # absolute form
        path = "/" + path.partition("://")[2].partition("/")[2] if "://" in path else path
    plain = _ESCAPED.sub(lambda found: _spelled(found[0]), path).replace("\\", "/")
    parts: list[str] = []
    for part in plain.split("/"):
        if part == "..":
            parts = parts[:-1]
        elif part not in ("", "."):
            parts.append(part.partition(";")[0])  # parameters, which some servers leave out
    end = "/" if plain.endswith("/") and parts else ""
    return "/" + "/".join(parts) + end + sign + query


def _spelled(escape: str) -> str:
    """Return the character of an escape where it means the same in a path; else the escape."""
    one = chr(int(escape[1:], 16))
    return (
        one if one.isascii() and (one.isalnum() or one in "-._~/@:+,=&!$'()*") else escape.upper()
    )
