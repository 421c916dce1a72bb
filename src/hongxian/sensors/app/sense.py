"""The app sensor: one package in, facts and coverage out, written as they are found.

Stages run one after the other; when one fails, what the earlier ones found stays, the scope's
coverage says why it is partial, and the later stages still run.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from hongxian.errors import ArtefactError
from hongxian.facts import Coverage, Fact, Reason
from hongxian.laws.permissions import load_android
from hongxian.laws.sdks import load_sdks
from hongxian.sensors.app.analysis import Analysis, analyse
from hongxian.sensors.app.attribution import Attribution
from hongxian.sensors.app.bridge_facts import bridge_facts
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.code_facts import reading_facts, request_facts, risk_facts
from hongxian.sensors.app.content_facts import address_facts, embed_facts, permission_uses
from hongxian.sensors.app.interface_facts import interface_facts
from hongxian.sensors.app.look_facts import look_facts
from hongxian.sensors.app.manifest_facts import About, manifest_facts, policy_facts, subject_of
from hongxian.sensors.app.pace_facts import pace_facts
from hongxian.sensors.app.package import open_package
from hongxian.sensors.app.package.faults import reason_of
from hongxian.sensors.app.packers import find_packer
from hongxian.sensors.app.refusal_facts import refusal_facts
from hongxian.sensors.app.rights_facts import rights_facts
from hongxian.sensors.app.scene import Scene
from hongxian.sensors.app.start_facts import start_facts
from hongxian.words import say

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from pathlib import Path

    from hongxian.sensors.app.package import AppPackage
    from hongxian.sensors.app.package.model import PolicyPart

SCOPES = ("app.manifest", "app.code", "app.resources", "app.native")


class BudgetError(Exception):
    """An app's time is used up; ``args[0]`` is the :class:`hongxian.facts.Reason`."""


@dataclass(slots=True)
class Sensed:
    """What the sensor made of one package."""

    path: Path
    subject: str
    artefact: str
    facts: list[Fact] = field(default_factory=list)
    partial: dict[str, list[Reason]] = field(default_factory=dict)
    """Scope -> why it was not looked at in full."""
    detail: dict[str, dict[str, object]] = field(default_factory=dict)
    damaged: list[Reason] = field(default_factory=list)
    """One for each part that should have been readable and was not."""
    stopped: bool = False
    """Whether the time ran out, so that no further stage is begun."""
    policies: tuple[PolicyPart, ...] = ()
    """Policies and lists that stand in the package, for the policy sensor."""

    @property
    def package(self) -> str:
        """The package's name."""
        return self.subject.removeprefix("app:").partition("@")[0]

    @property
    def version(self) -> str:
        """The package's version."""
        return self.subject.partition("@")[2].rpartition("#")[0]

    def coverage(self) -> list[Coverage]:
        """Return how far the sensor looked, scope by scope."""
        return [
            Coverage(
                subject=self.subject,
                scope=scope,
                status="partial" if scope in self.partial else "ran",
                reasons=tuple(self.partial.get(scope, ())),
                artefact=self.artefact,
                detail=self.detail.get(scope, {}),
            )
            for scope in SCOPES
        ]

    def miss(self, scope: str, reason: Reason, *, damaged: bool = False) -> None:
        """Note that a scope was not looked at in full, and whether the package is to blame."""
        self.partial.setdefault(scope, []).append(reason)
        if damaged:
            self.damaged.append(reason)

    def lines(self, lang: str) -> list[str]:
        """Return a line for each part that should have been readable and was not, each once."""
        name = f"{self.path.name}{say('reason.colon', lang)}"
        told = (reason.say(lang) for reason in self.damaged)
        return list(dict.fromkeys(name + line.removeprefix(name) for line in told))


def sense_app(path: Path, gates: Iterable[str] = ()) -> Sensed:
    """Read one app package.

    Args:
        path: the package.
        gates: methods that the configuration names as consent checks.

    Raises:
        ArtefactError: nothing of it can be read.
    """
    with open_package(path) as package:
        sensed = Sensed(path, subject_of(package), package.sha256)
        about = About(sensed.subject, sensed.artefact)
        known = load_android()
        sensed.detail["app.manifest"] = {"label": package.manifest.label, "file": path.name}
        _stage(sensed, "app.manifest", lambda: manifest_facts(about, package, known))
        _stage(sensed, "app.code", lambda: _code(sensed, about, package, frozenset(gates)))
        _stage(sensed, "app.resources", lambda: _policies(sensed, about, package))
        _stage(sensed, "app.resources", lambda: address_facts(about, _texts(package)))
        advertises = _advertises(sensed.facts)
        _stage(
            sensed,
            "app.resources",
            lambda: interface_facts(about, package, advertises=advertises),
        )
        _stage(sensed, "app.resources", lambda: look_facts(about, package))
        collects = any(fact.kind == "reach" for fact in sensed.facts)
        _stage(
            sensed,
            "app.resources",
            lambda: rights_facts(
                about, package, (raw for _, raw in package.dex()), collects=collects
            ),
        )
        for problem in package.problems:
            if not problem.harmless:
                sensed.miss(problem.scope, problem.reason, damaged=True)
    return sensed


def _stage(sensed: Sensed, scope: str, stage: Callable[[], Iterable[Fact]]) -> None:
    """Run a stage and keep its facts one by one, so that those before an error stay."""
    if sensed.stopped:
        return
    try:
        for fact in stage():
            sensed.facts.append(fact)
    except ArtefactError as error:
        sensed.miss(scope, reason_of(error), damaged=True)
    except BudgetError as error:
        sensed.stopped = True
        for later in SCOPES[SCOPES.index(scope) :]:
            sensed.miss(later, error.args[0], damaged=later == scope)
    except MemoryError:
        sensed.miss(scope, Reason("audit.memory"), damaged=True)


def _policies(sensed: Sensed, about: About, package: AppPackage) -> Iterator[Fact]:
    sensed.policies = package.policies
    return policy_facts(about, package)


def _code(
    sensed: Sensed, about: About, package: AppPackage, gates: frozenset[str]
) -> Iterator[Fact]:
    manifest = package.manifest
    catalogue = load_catalogue(manifest.target_sdk)
    analysis = analyse(package.dex(), manifest, catalogue, catalogue.gate_words(gates))
    whose = Attribution.of(package, analysis.program.class_names)
    yield from embed_facts(about, package, analysis, whose)
    yield from reading_facts(about, analysis, whose, manifest.permission_names)
    scene = Scene(about, analysis, whose, manifest)
    yield from request_facts(about, analysis, whose, load_android(), scene.telling)
    yield from risk_facts(about, analysis, whose)
    yield from refusal_facts(scene, load_android())
    yield from pace_facts(scene)
    yield from bridge_facts(scene)
    yield from start_facts(scene, package)
    yield from permission_uses(about, package, analysis, whose)
    yield from address_facts(about, (), analysis)
    _code_coverage(sensed, package, analysis)
    packer = find_packer(
        analysis.program.class_names, package.native_libraries, package.members,
        manifest.application,
    )  # fmt: skip
    if packer is not None:
        sensed.miss("app.code", Reason("audit.packed", {"packer": packer.name}))
        yield about.fact(
            "trait", item="packed", certainty="seen", locator=packer.evidence,
            detail={"packer": packer.name},
        )  # fmt: skip


def _code_coverage(sensed: Sensed, package: AppPackage, analysis: Analysis) -> None:
    program = analysis.program
    sensed.detail["app.code"] = {
        "dex_files": len(program.dexes),
        "classes": int(program.class_defined.sum()),
        "methods": int((program.method_body >= 0).sum()),
        "before_consent": int(analysis.early.method.sum()),
        "closed_by_gates": int(analysis.closed.sum()),
    }
    if program.broken:
        sensed.miss("app.code", Reason("audit.broken_code", {"count": program.broken}))
    if not program.dexes and not package.manifest.split:
        sensed.miss("app.code", Reason("audit.no_code"))
    if not analysis.kinds:
        sensed.miss("app.code", Reason("audit.no_entry"))


def _advertises(facts: Iterable[Fact]) -> bool:
    sdks = load_sdks()
    found = {fact.actor for fact in facts if fact.kind == "embed"}
    return any("ads" in sdks[key].functions for key in found if key in sdks)


def _texts(package: AppPackage) -> Iterator[tuple[str, str]]:
    for text in package.strings():
        yield text.value, text.locator
