"""The policy sensor: documents in, facts and coverage out.

Several documents may make up what one subject declares: the policy, its list of SDKs, its list of
collected PI. Several *versions* of one policy are compared; only the newest one speaks.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.facts import Coverage, Fact
from hongxian.facts.reason import Reason
from hongxian.sensors.policy.checks import check_document
from hongxian.sensors.policy.facts import About, declared_facts, section_facts
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.look import look_findings
from hongxian.sensors.policy.readability import readability_findings
from hongxian.sensors.policy.reading import read_policy
from hongxian.sensors.policy.relations import declare
from hongxian.sensors.policy.versions import compare

if TYPE_CHECKING:
    from collections.abc import Sequence
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


@dataclass(slots=True, kw_only=True)
class SensedPolicy:
    """What the sensor made of the policy of one subject."""

    subject: str
    artefact: str
    version: Version
    earlier: Sequence[Version] = ()
    facts: list[Fact] = field(default_factory=list)
    partial: dict[str, tuple[Reason, ...]] = field(default_factory=dict)
    """Scope -> why it was not looked at in full."""
    skipped: dict[str, Reason] = field(default_factory=dict)
    """Scope -> why it was not looked at."""

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked, scope by scope."""
        return [self._covered(scope) for scope in SCOPES]

    def _covered(self, scope: str) -> Coverage:
        if scope in self.skipped:
            status, reasons = "not_run", (self.skipped[scope],)
        else:
            reasons = self.partial.get(scope, ())
            status = "partial" if reasons else "ran"
        document = self.version.document
        detail = {"file": document.name, "characters": len(document.text)}
        return Coverage(
            subject=self.subject, scope=scope, status=status, reasons=reasons,
            artefact=self.artefact, detail=detail if scope == "policy.text" else {},
        )  # fmt: skip


def understand(document: Document) -> Version:
    """Find what one document declares and contains."""
    if document.shell:
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
    """Read the versions of one policy; the newest speaks, the others are compared with it.

    Args:
        paths: the versions. The dates that they give order them; of those without a date, or with
            the same, the one named later is newer.
        subject: whose policy it is; ``None`` makes the policy itself the subject.

    Raises:
        ArtefactError: one of them cannot be read.
    """
    return sense_documents([read_policy(path) for path in paths], subject)


def sense_documents(documents: Sequence[Document], subject: str | None = None) -> SensedPolicy:
    """Do what :func:`sense_policy` does with documents that were read already."""
    versions = _ordered([understand(document) for document in documents])
    newest, earlier = versions[-1], versions[:-1]
    document = newest.document
    sensed = SensedPolicy(
        subject=subject or f"policy:{document.name}#{document.sha256[:12]}",
        artefact=document.sha256, version=newest, earlier=earlier,
    )  # fmt: skip
    if earlier and not document.shell and not earlier[-1].document.shell:
        before = earlier[-1]
        newest.findings += compare(
            (before.document, before.declarations), (document, newest.declarations)
        )
    about = About(sensed.subject, sensed.artefact)
    sensed.facts += section_facts(about, document, newest.findings)
    sensed.facts += declared_facts(about, document, newest.declarations)
    _cover(sensed)
    return sensed


def _ordered(versions: list[Version]) -> list[Version]:
    """Order versions from old to new; a version without a date keeps its place in the row."""
    if any(version.day is None for version in versions):
        return versions
    return sorted(versions, key=lambda version: str(version.day))


def _cover(sensed: SensedPolicy) -> None:
    document = sensed.version.document
    if document.shell:
        shell = Reason(f"policy.shell_{document.shell}", {"count": document.han})
        sensed.partial["policy.text"] = (shell,)
    elif document.problems:
        sensed.partial["policy.text"] = document.problems
    if document.format != "html":
        sensed.skipped["policy.look"] = Reason("policy.no_look")
    if not sensed.earlier:
        sensed.skipped["policy.earlier"] = Reason("policy.no_earlier")
    elif sensed.earlier[-1].document.shell or document.shell:
        sensed.partial["policy.earlier"] = (Reason("policy.earlier_unreadable"),)
