"""Which policy belongs to which app: files that were handed over, else the texts in the package."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError, HongxianError
from hongxian.facts import Coverage, Fact, Reason
from hongxian.folders import files_below
from hongxian.sensors.app.package.faults import reason_of
from hongxian.sensors.app.sense import BudgetError
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path

    from hongxian.sensors.app.package.model import PolicyPart
    from hongxian.sensors.app.sense import Sensed
    from hongxian.sensors.policy.document import Document
    from hongxian.sensors.policy.sense import SensedPolicy

SUFFIXES = (".html", ".htm", ".xhtml", ".mht", ".mhtml", ".txt", ".md", ".pdf", ".docx")
"""What a folder of policies is searched for."""

SUMMARY = 1000
"""A text in the package with fewer Han characters than this may be the short version alone."""

_VERSION = re.compile(r"[-_ ]v?(\d+(?:\.\d+)*)(?![\w.])")
_READ = ("policy", "sdk_list", "collection_list", "children")
_PARTS = 12
"""So many texts of one package are read at most."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """Policies that were handed over with the packages."""

    files: tuple[Path, ...] = ()
    """Of the only package."""
    folders: tuple[Path, ...] = ()
    """Files in them are named after the package, and where that matters the version:
    ``cn.example.html``, ``cn.example-sdk.html``, ``cn.example-2.0.html``."""

    def of(self, package: str, version: str) -> list[Path]:
        """Return the files that belong to a version of a package."""
        inside = (path for path in self._inside() if _named(path, package, version))
        return [*self.files, *inside]

    def _inside(self) -> list[Path]:
        found = (path for folder in self.folders for path in files_below(folder))
        return [path for path in found if path.suffix.lower() in SUFFIXES]


@dataclass(slots=True, kw_only=True)
class PolicyRun:
    """What the policy sensor found for one subject, ready to be kept."""

    subject: str
    facts: list[Fact] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    damaged: list[Reason] = field(default_factory=list)
    """One for each document that could not be read."""

    def lines(self, lang: str) -> list[str]:
        """Return a line for each document that could not be read."""
        return [reason.say(lang) for reason in self.damaged]


def given_policies(paths: Iterable[Path], packages: int, lang: str) -> Given:
    """Sort what ``--policy`` names into files and folders.

    Args:
        paths: as named.
        packages: how many packages are audited.
        lang: language of an error.

    Raises:
        HongxianError: one of them is not there, or files are named for several packages.
    """
    files: list[Path] = []
    folders: list[Path] = []
    for path in paths:
        if not path.exists():
            raise HongxianError(say("audit.policy_missing", lang, path=path))
        (folders if path.is_dir() else files).append(path)
    if files and packages > 1:
        raise HongxianError(say("audit.policy_of_several", lang, path=files[0]))
    return Given(files=tuple(files), folders=tuple(folders))


def read_policies(sensed: Sensed, given: Given) -> PolicyRun | None:
    """Read the policy of an app; ``None`` when there is none to read.

    Args:
        sensed: what the app sensor made of the package.
        given: what was handed over; it comes before what stands in the package.
    """
    if sensed.stopped:
        return None
    run = PolicyRun(subject=sensed.subject)
    paths = given.of(sensed.package, sensed.version)
    try:
        if paths:
            _sense(run, [_file_reader(path) for path in paths])
        elif any(part.text and part.kind in _READ for part in sensed.policies):
            _sense(run, [_part_reader(part) for part in _texts(sensed.policies)], inside=True)
        elif given.folders:
            run.coverage.append(_unread(run.subject, "not_run", Reason("policy.none_named")))
    except BudgetError as error:
        run.damaged.append(error.args[0])
    except MemoryError:
        run.damaged.append(Reason("audit.memory"))
    if run.damaged and not run.coverage:
        run.coverage.append(_unread(run.subject, "partial", *run.damaged))
    return run if run.coverage else None


def run_of(sensed: SensedPolicy) -> PolicyRun:
    """Return what is kept of a policy."""
    return PolicyRun(subject=sensed.subject, facts=sensed.facts, coverage=sensed.coverage())


def _sense(
    run: PolicyRun, readers: Sequence[Callable[[], Document]], *, inside: bool = False
) -> None:
    from hongxian.sensors.policy.sense import sense_documents  # noqa: PLC0415 - loads the lexicon

    documents = []
    for read in readers:
        try:
            documents.append(read())
        except ArtefactError as error:
            run.damaged.append(reason_of(error))
    if inside:
        documents = _one_of_each(documents)
    if not documents:
        return
    sensed = sense_documents(documents, run.subject)
    han = sensed.version.document.han
    lost = [Reason("policy.summary", {"count": han})] if inside and han < SUMMARY else []
    if lost or run.damaged:
        sensed.partial["policy.text"] = (
            *sensed.partial.get("policy.text", ()), *run.damaged, *lost
        )  # fmt: skip
    run.facts, run.coverage = sensed.facts, sensed.coverage()


def _file_reader(path: Path) -> Callable[[], Document]:
    from hongxian.sensors.policy.reading import read_policy  # noqa: PLC0415 - loads its libraries

    return lambda: read_policy(path)


def _part_reader(part: PolicyPart) -> Callable[[], Document]:
    from hongxian.sensors.policy.reading import read_bytes  # noqa: PLC0415 - loads its libraries

    # the text was decoded already; its mark comes before whatever charset the page names
    return lambda: read_bytes(part.locator, (part.text or "").encode("utf-8-sig"))


def _texts(parts: Iterable[PolicyPart]) -> list[PolicyPart]:
    """Return the longest texts of a package first."""
    texts = [part for part in parts if part.text and part.kind in _READ]
    return sorted(texts, key=lambda part: -len(part.text or ""))[:_PARTS]


def _one_of_each(documents: Sequence[Document]) -> list[Document]:
    """Of texts that are there in several languages, keep simplified Chinese, then the longest."""
    from hongxian.sensors.policy.kinds import document_kind  # noqa: PLC0415 - as above

    order = ("zh-Hans", "zh-Hant", "en", "other")
    found: dict[str, Document] = {}
    for document in sorted(documents, key=lambda d: (order.index(d.language), -len(d.text))):
        found.setdefault(document_kind(document), document)
    return list(found.values())


def _named(path: Path, package: str, version: str) -> bool:
    rest = path.stem.removeprefix(package)
    if rest == path.stem or (rest and rest[0] not in "-_ "):
        return False
    named = _VERSION.match(rest)
    return named is None or named[1] == version


def _unread(subject: str, status: str, *reasons: Reason) -> Coverage:
    return Coverage(subject=subject, scope="policy.text", status=status, reasons=reasons)
