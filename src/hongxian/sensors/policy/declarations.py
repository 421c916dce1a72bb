"""What a policy declares, clause by clause, before it becomes facts."""

from __future__ import annotations

from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the document's text, in characters."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Declaration:
    """One thing that the policy says somebody does, or does not do, with one piece of PI."""

    act: str
    """One of ``facts.vocabulary.DECLARED``; a negation without condition is ``not_collect`` or
    ``not_share``."""
    info: str | None
    """Type key, group key, or ``None`` when only PI as such is named."""
    actor: str
    """``first_party``, an SDK key, ``third_party`` (unnamed) or ``named:<name as written>``."""
    recipient: str | None = None
    """Who gets it, written as ``actor`` is; also ``affiliate`` and ``authority``."""
    purpose: str | None = None
    """One of ``facts.vocabulary.PURPOSES``; ``None`` when none is told."""
    function: str | None = None
    """The app's function that it serves, as ``mentions`` writes it."""
    condition: str | None = None
    """``consent``, ``separate_consent``, ``legal_exception``, ``law`` or ``choice``."""
    days: float | None = None
    """How long it is kept, in days."""
    method: str | None = None
    permission: str | None = None
    """Android permission by which it is collected, when the text names one."""
    form: str | None = None
    """One of ``facts.vocabulary.FORMS`` when the text promises it."""
    possible: bool = False
    """Said to be possible (可能, may), not certain."""
    referred: bool = False
    """The PI was not named here but by a back reference (上述信息) that was resolved."""
    unresolved: bool = False
    """A back reference that could not be resolved: what it covers is not known."""
    span: Span = Span(0, 0)
    """The clause or the table row."""
    roles: dict[str, Span] = field(default_factory=dict)
    """Role (info, act, actor, recipient, purpose, condition ...) -> its place."""
