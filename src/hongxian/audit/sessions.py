"""Which session bundle belongs to which app, and what is kept of it."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.audit.outcome import keep_run
from hongxian.errors import ArtefactError
from hongxian.facts import Coverage, Fact, Reason, Run
from hongxian.folders import files_below
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from hongxian.facts import Store
    from hongxian.sensors.session.bundle import Bundle
    from hongxian.sensors.session.recipients import Hosts

SUFFIX = ".zip"


@dataclass(slots=True, kw_only=True)
class SessionRun:
    """What the session sensor found in one bundle, ready to be kept."""

    subject: str
    artefact: str
    facts: list[Fact] = field(default_factory=list)
    coverage: list[Coverage] = field(default_factory=list)
    damaged: list[Reason] = field(default_factory=list)

    def lines(self, lang: str) -> list[str]:
        """Return a line for each part that could not be read."""
        return [reason.say(lang) for reason in self.damaged]


@dataclass(slots=True)
class Sessions:
    """Bundles that were handed over."""

    bundles: list[Bundle] = field(default_factory=list)
    damaged: list[Reason] = field(default_factory=list)
    """One for each file that is no bundle."""
    used: set[str] = field(default_factory=set)

    def of(self, subject: str, hosts: Hosts | None = None) -> list[SessionRun]:
        """Return what the bundles of one app show.

        Args:
            subject: the app, ``app:<package>@<version>#<first 12 of sha256>``.
            hosts: what is known of hosts beyond the table and the bundle.
        """
        return [
            read_session(bundle, subject, hosts) for bundle in self.bundles
            if self._belongs(bundle, subject)
        ]  # fmt: skip

    def strangers(self) -> list[Reason]:
        """Return the bundles that belong to none of the apps that were audited."""
        return [
            Reason("session.no_app", {"package": b.manifest.package}, b.name)
            for b in self.bundles if b.name not in self.used
        ]  # fmt: skip

    def _belongs(self, bundle: Bundle, subject: str) -> bool:
        """Return whether a bundle is of this very build: by the APK's hash, else its version."""
        head, _, digest = subject.removeprefix("app:").rpartition("#")
        package, _, version = head.partition("@")
        manifest = bundle.manifest
        if manifest.package != package:
            return False
        if manifest.sha256:
            same = manifest.sha256.startswith(digest)
        else:
            same = version in (manifest.version, str(manifest.version_code or ""))
        if same:
            self.used.add(bundle.name)
        return same


def given_sessions(paths: Iterable[Path]) -> Sessions:
    """Open the bundles that ``--session`` names; those of a folder with all below it.

    Raises:
        HongxianError: a path is not there, or a folder holds no bundle.
    """
    from hongxian.sensors.session.bundle import open_bundle  # noqa: PLC0415 - only when asked
    from hongxian.sensors.session.bundle.faults import reason_of  # noqa: PLC0415 - as above

    sessions = Sessions()
    for path in _files(paths):
        try:
            sessions.bundles.append(open_bundle(path))
        except ArtefactError as error:
            sessions.damaged.append(reason_of(error))
    return sessions


def read_session(bundle: Bundle, subject: str, hosts: Hosts | None = None) -> SessionRun:
    """Read one bundle as evidence on an app."""
    from hongxian.sensors.session.sense import sense_bundle  # noqa: PLC0415 - only when asked

    sensed = sense_bundle(bundle, subject, hosts)
    return SessionRun(
        subject=subject, artefact=sensed.artefact, facts=sensed.facts,
        coverage=sensed.coverage(), damaged=sensed.damaged,
    )  # fmt: skip


def keep_session(store: Store, session: SessionRun) -> None:
    """Write what the session sensor found, and how far it got, as one run."""
    run = Run(sensor="session", subject=session.subject, artefact=session.artefact)
    partial = [one.scope for one in session.coverage if one.status == "partial"]
    keep_run(store, run, session.facts, session.coverage, partial)


def _files(paths: Iterable[Path]) -> Iterable[Path]:
    for path in paths:
        if not path.exists():
            raise WordedError("file_missing", path)
        if not path.is_dir():
            yield path
            continue
        found = [one for one in files_below(path) if one.name.endswith(SUFFIX)]
        if not found:
            raise WordedError("no_bundle", path)
        yield from found
