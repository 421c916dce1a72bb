"""The policy sensor: documents in, facts and coverage out.

Several documents make up what one subject declares: the policy, its list of SDKs, its list of
collected PI. Of each there may be *versions*: the newest speaks, the one before is compared.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.facts.reason import Reason
from hongxian.sensors.policy.checks import check_document
from hongxian.sensors.policy.facts import About, declared_facts, section_facts
from hongxian.sensors.policy.kinds import LISTS, document_kind
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.look import look_findings
from hongxian.sensors.policy.readability import readability_findings
from hongxian.sensors.policy.reading import read_policy
from hongxian.sensors.policy.relations import declare
from hongxian.sensors.policy.versions import compare

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date
    from pathlib import Path

    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.findings import Finding
    from hongxian.sensors.policy.mentions import Mention

SCOPES = ("policy.text", "policy.look", "policy.earlier")


@dataclass(slots=True, kw_only=True)
class Version:
    """One document, read and understood."""

    document: Document
    mentions: Sequence[Mention] = ()
    declarations: Sequence[Declaration] = ()
    findings: list[Finding] = field(default_factory=list)

    @property
    def day(self) -> date | None:
        """When it takes effect or was last changed, as it says itself; the later of the two."""
        days = [
            found.day
            for found in self.findings
            if found.item in {"effective_date", "update_date"} and found.day is not None
        ]
        return max(days, default=None)

    def limits(self) -> Iterator[Reason]:
        """Yield why the document was not read in full."""
        document = self.document
        if is_shell(document):
            yield Reason(f"policy.shell_{document.shell}", {"count": document.han}, document.name)
        yield from document.problems


@dataclass(slots=True, kw_only=True)
class SensedPolicy:
    """What the sensor made of the documents of one subject."""

    subject: str
    version: Version
    """The newest version of the policy; of a list, when no policy was given."""
    earlier: Sequence[Version] = ()
    companions: Sequence[Version] = ()
    """The newest version of each other document: lists, rules for children."""
    facts: list[Fact] = field(default_factory=list)
    partial: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """Scope -> why it was not looked at in full."""
    skipped: dict[str, Reason] = field(default_factory=dict)
    """Scope -> why it was not looked at."""

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked, scope by scope."""
        return [self._covered(scope) for scope in SCOPES]

    def _covered(self, scope: str) -> Coverage:
        reasons: tuple[Reason, ...] = self.partial.get(scope, ())
        status = "partial" if reasons else "ran"
        if scope in self.skipped:
            status, reasons = "not_run", (self.skipped[scope],)
        read = [one.document for one in (self.version, *self.companions)]
        detail = {
            "file": ", ".join(document.name for document in read),
            "characters": sum(len(document.text) for document in read),
        }
        return Coverage(
            subject=self.subject, scope=scope, status=status, reasons=reasons,
            artefact=read[0].sha256, detail=detail if scope == "policy.text" else {},
        )  # fmt: skip


def is_shell(document: Document) -> bool:
    """Whether a document cannot be read as a policy; a list may well be short."""
    if document.shell == "short":
        return document_kind(document) not in LISTS
    return document.shell is not None


def understand(document: Document) -> Version:
    """Find what one document declares and contains."""
    if is_shell(document):
        return Version(document=document, findings=look_findings(document))
    mentions = find_mentions(document)
    declarations = declare(document, mentions)
    findings = [
        *check_document(document, mentions, declarations),
        *readability_findings(document, mentions),
        *look_findings(document),
    ]
    return Version(
        document=document, mentions=mentions, declarations=declarations, findings=findings
    )


def sense_policy(paths: Sequence[Path], subject: str | None = None) -> SensedPolicy:
    """Read what makes up one policy: versions of it, and its lists.

    Args:
        paths: the documents. The dates that they give order the versions of each; of those
            without a date, or with the same, the one named later is newer.
        subject: whose policy it is; ``None`` makes the policy itself the subject.

    Raises:
        ArtefactError: one of them cannot be read.
    """
    return sense_documents([read_policy(path) for path in paths], subject)


def sense_documents(documents: Sequence[Document], subject: str | None = None) -> SensedPolicy:
    """Do what :func:`sense_policy` does with documents that were read already."""
    kinds: dict[str, list[Version]] = {}
    for document in documents:
        kinds.setdefault(document_kind(document), []).append(understand(document))
    kinds = {kind: _ordered(versions) for kind, versions in kinds.items()}
    kind = "policy" if "policy" in kinds else next(iter(kinds))
    *earlier, newest = kinds.pop(kind)
    document = newest.document
    sensed = SensedPolicy(
        subject=subject or f"policy:{document.name}#{document.sha256[:12]}",
        version=newest, earlier=earlier, companions=[rest[-1] for rest in kinds.values()],
    )  # fmt: skip
    for before, after in [(earlier, newest), *((rest[:-1], rest[-1]) for rest in kinds.values())]:
        if before and not is_shell(after.document) and not is_shell(before[-1].document):
            after.findings += compare(
                (before[-1].document, before[-1].declarations),
                (after.document, after.declarations),
            )
    sensed.facts = [*_facts(sensed.subject, newest)]
    for companion in sensed.companions:
        sensed.facts += _facts(sensed.subject, companion, whole=False)
    _cover(sensed, kind)
    return sensed


def _facts(subject: str, version: Version, *, whole: bool = True) -> Iterator[Fact]:
    """Yield the facts of one document; how a list reads is nobody's question."""
    about = About(subject, version.document.sha256)
    found = [one for one in version.findings if whole or one.end > one.start]
    yield from section_facts(about, version.document, found)
    yield from declared_facts(about, version.document, version.declarations)


def _ordered(versions: list[Version]) -> list[Version]:
    """Order versions from old to new; when one has no date, all keep their place in the row."""
    if any(version.day is None for version in versions):
        return versions
    return sorted(versions, key=lambda version: str(version.day))


def _cover(sensed: SensedPolicy, kind: str) -> None:
    document = sensed.version.document
    reasons = [reason for one in (sensed.version, *sensed.companions) for reason in one.limits()]
    if kind in LISTS:
        reasons.append(Reason("policy.only_list", where=document.name))
    if reasons:
        sensed.partial["policy.text"] = tuple(reasons)
    if document.format != "html":
        sensed.skipped["policy.look"] = Reason("policy.no_look")
    if not sensed.earlier:
        sensed.skipped["policy.earlier"] = Reason("policy.no_earlier")
    elif is_shell(sensed.earlier[-1].document) or is_shell(document):
        sensed.partial["policy.earlier"] = (Reason("policy.earlier_unreadable"),)
