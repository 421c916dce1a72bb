"""Facts that stand in the package itself, code aside: permissions, traits, signers, policies."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.facts import Fact

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from hongxian.laws.permissions import Permission
    from hongxian.sensors.app.package import AppPackage

MANIFEST = "AndroidManifest.xml"


@dataclass(frozen=True, slots=True)
class About:
    """What every fact of one app says: the subject, and the sha256 of the package."""

    subject: str
    artefact: str

    def fact(self, kind: str, **columns: Any) -> Fact:
        """Make a fact of sensor ``app``."""
        return Fact(
            subject=self.subject, sensor="app", kind=kind, artefact=self.artefact, **columns
        )


def subject_of(package: AppPackage) -> str:
    """Return the subject: ``app:<package>@<version>#<first 12 of sha256>``."""
    manifest = package.manifest
    name = manifest.package or package.path.stem
    return f"app:{name}@{manifest.version_name or manifest.version_code or 0}#{package.sha256[:12]}"


def manifest_facts(
    about: About, package: AppPackage, known: Mapping[str, Permission]
) -> Iterator[Fact]:
    """Yield permissions, traits and signers."""
    for used in package.manifest.permissions:
        permission = known.get(used.name)
        yield about.fact(
            "permission",
            item=used.name,
            certainty="declared",
            locator=f"{MANIFEST} uses-permission",
            detail={
                "level": permission.level if permission else "unknown",
                "max_sdk": used.max_sdk,
            },
        )
    yield from _traits(about, package)
    for signer in package.signers:
        yield about.fact(
            "trait",
            item="signer",
            certainty="seen",
            locator=" ".join(signer.schemes),
            detail={
                "subject": signer.subject, "sha256": signer.sha256, "debug": signer.debug,
                "not_after": str(signer.not_after), "schemes": list(signer.schemes),
            },
        )  # fmt: skip


def policy_facts(about: About, package: AppPackage) -> Iterator[Fact]:
    """Yield the policies and lists that resources and assets hold or link to.

    A link is given without its query; texts are kept for the policy sensor by their place alone.
    """
    items = {"policy": "policy", "sdk_list": "sdk_list", "collection_list": "collection_list",
             "children": "policy"}  # fmt: skip
    for part in package.policies:
        if part.kind in items:
            link = urlsplit(part.url) if part.url else None
            yield about.fact(
                "publish",
                item=items[part.kind],
                certainty="declared",
                locator=part.locator,
                detail={
                    "name": part.name,
                    "link": f"{link.scheme}://{link.hostname}{link.path}" if link else None,
                    "characters": len(part.text) if part.text else 0,
                    "for_children": part.kind == "children",
                },
            )


def _traits(about: About, package: AppPackage) -> Iterator[Fact]:
    manifest = package.manifest
    found: list[tuple[str, float | None, bool]] = [
        ("target_sdk", float(manifest.target_sdk), True),
        ("min_sdk", float(manifest.min_sdk), True),
        ("cleartext", None, manifest.cleartext_permitted),
        ("backup", None, manifest.allow_backup),
        ("debuggable", None, manifest.debuggable),
    ]
    for item, amount, holds in found:
        if holds:
            yield about.fact(
                "trait",
                item=item,
                amount=amount,
                unit="sdk" if amount is not None else None,
                certainty="declared",
                locator=MANIFEST,
            )
    exported = [c.name for c in manifest.components if c.exported and not c.launches]
    if exported:
        yield about.fact(
            "trait", item="exported", amount=float(len(exported)), unit="component",
            certainty="declared", locator=MANIFEST, detail={"components": exported[:50]},
        )  # fmt: skip
