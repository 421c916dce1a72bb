"""The three records that all parts of the product share: Fact, Coverage and Run.

Their fields are the columns of the store, in this order; :mod:`hongxian.facts.columns` gives
the SQL and Arrow types.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import InitVar, dataclass, field, fields
from datetime import UTC, datetime
from typing import Any
from uuid import uuid4

from hongxian.facts.reason import Reason, say_all
from hongxian.facts.vocabulary import CERTAINTIES, FORMS, KINDS, PHASES, SCOPES, SENSORS, STATUSES


def now() -> datetime:
    """Return the present moment in UTC, without a zone, as the store keeps times."""
    return datetime.now(UTC).replace(tzinfo=None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """One observation.

    ``detail`` holds what no column has, as JSON-able values, never a raw PI value. The word
    lists of :mod:`hongxian.facts.vocabulary` are checked; anything else raises ``ValueError``.
    Times with a zone become UTC without one, numbers become ``float``: as the store keeps them.
    """

    subject: str
    """What is audited, e.g. ``app:com.example@1.0#<first 12 of sha256>``."""
    sensor: str
    kind: str
    item: str | None = None
    """The thing itself: permission, API, host, section, control (see the kind)."""
    info: str | None = None
    """PI type key, such as ``device.imei``."""
    actor: str | None = None
    """Whose code or act: ``first_party``, an SDK key, ``unknown``, a person."""
    party: str | None = None
    """The legal entity behind the actor."""
    recipient: str | None = None
    """The party that got the PI; ``first_party``, an SDK or company key, ``unknown``."""
    purpose: str | None = None
    basis: str | None = None
    """Legal basis: ``consent``, ``separate_consent`` or another of PIPL article 13."""
    phase: str = "unknown"
    outcome: str | None = None
    seen_at: datetime | None = None
    effective_at: datetime | None = None
    amount: float | None = None
    unit: str | None = None
    form: str | None = None
    certainty: str = "seen"
    score: float | None = None
    """0 to 1, for ``inferred`` facts only."""
    locator: str | None = None
    """Byte, line, packet, class and method, or table and column."""
    artefact: str | None = None
    """sha256 of the file in which it was seen."""
    detail: dict[str, Any] = field(default_factory=dict)

    def __post_init__(self) -> None:
        """Refuse words that the vocabulary does not have."""
        _known("sensor", self.sensor, SENSORS)
        _known("kind", self.kind, KINDS)
        _known("phase", self.phase, PHASES)
        _known("certainty", self.certainty, CERTAINTIES)
        if self.form is not None:
            _known("form", self.form, FORMS)
        for name in ("seen_at", "effective_at"):
            moment = getattr(self, name)
            if moment is not None and moment.tzinfo is not None:
                object.__setattr__(self, name, moment.astimezone(UTC).replace(tzinfo=None))
        for name in ("amount", "score"):
            if isinstance(getattr(self, name), int):
                object.__setattr__(self, name, float(getattr(self, name)))

    @property
    def fact_id(self) -> str:
        """Hash of the content: the same observation twice is one fact."""
        content = [getattr(self, name) for name in _CONTENT]
        text = json.dumps(content, ensure_ascii=False, sort_keys=True, default=str)
        return hashlib.blake2b(text.encode(), digest_size=12).hexdigest()


@dataclass(frozen=True, slots=True, kw_only=True)
class Coverage:
    """How far a sensor looked at one scope of one subject."""

    subject: str
    scope: str
    status: str
    reason: str | None = None
    """Why not the whole of it; ``None`` when ``status`` is ``ran``. In English when ``reasons``
    are given, else as whoever wrote it said it."""
    artefact: str | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    """Holds the reasons as data, under ``reasons``."""
    reasons: InitVar[tuple[Reason, ...]] = ()
    """Why not the whole of it, sayable in every language; fills ``reason``."""

    def __post_init__(self, reasons: tuple[Reason, ...]) -> None:
        """Refuse scopes and states that the vocabulary does not have; keep the reasons."""
        _known("scope", self.scope, SCOPES)
        _known("status", self.status, STATUSES)
        if reasons:
            told = {"reasons": [one.data() for one in reasons]}
            object.__setattr__(self, "reason", say_all(reasons, "en"))
            object.__setattr__(self, "detail", self.detail | told)

    @property
    def sensor(self) -> str:
        """The sensor that the scope belongs to."""
        return self.scope.split(".", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """One run of one sensor over one artefact."""

    sensor: str
    subject: str
    artefact: str | None = None
    run: str = field(default_factory=lambda: uuid4().hex)
    started_at: datetime = field(default_factory=now)
    tool: str = "hongxian"

    def __post_init__(self) -> None:
        """Refuse a sensor that the vocabulary does not have."""
        _known("sensor", self.sensor, SENSORS)


def _known(what: str, word: str, words: dict[str, str]) -> None:
    if word not in words:
        raise ValueError(f"{what} '{word}' is not one of {', '.join(words)}")


_CONTENT = tuple(f.name for f in fields(Fact))
