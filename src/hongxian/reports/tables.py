"""The tables of a subject: PI by actor, flows, permissions, SDKs, hosts."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from hongxian.laws.permissions import load_android
from hongxian.laws.sdks import load_sdks
from hongxian.reports.model import About, Cell, Embedded, Endpoint, Flow, NeedRow, PermissionRow

if TYPE_CHECKING:
    from collections.abc import Sequence

    from hongxian.laws.app_types import AppType
    from hongxian.reports.model import Evidence, Scope

_ACTORS = ("first_party", "unknown", "library", "system")
_LABELS = ("label", "signer")
_TOLD = ("value", "subject", "packer", "api", "added")
"""Where in ``detail`` a trait without a figure tells more."""


def about(subject: str, facts: Sequence[Evidence], coverage: Sequence[Scope]) -> About:
    """Return the title block: from the subject's id, the traits and the manifest's coverage."""
    name, _, rest = subject.partition(":")[2].partition("@")
    version, _, digest = rest.rpartition("#")
    told: dict[str, Any] = {}
    for scope in coverage:
        if scope.scope == "app.manifest":
            told |= scope.detail
    traits: dict[str, list[Any]] = defaultdict(list)
    for fact in facts:
        if fact.kind == "trait" and fact.item:
            traits[fact.item].append(_figure(fact))
    traits.pop("app_type", None)  # stands in the title block as what it was judged by
    told |= {key: _joined(traits.pop(key)) for key in _LABELS if key in traits}
    whole = [fact.artefact for fact in facts if (fact.artefact or "").startswith(digest or "-")]
    return About(
        name=name or subject,
        version=version,
        digest=(whole[0] if whole else None) or digest,
        file=told.get("file"),
        label=told.get("label"),
        signer=told.get("signer"),
        traits={item: _joined(figures) for item, figures in traits.items()},
    )


def cells(touches: list[dict[str, Any]]) -> tuple[Cell, ...]:
    """Return the matrix of PI type and actor; own code first, then SDKs by name."""
    found: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for row in touches:
        if not row["denied"]:
            found.setdefault((row["info"], row["actor"]), []).append(row)
    return tuple(_cell(key, rows) for key, rows in sorted(found.items(), key=_cell_order))


def flows(touches: list[dict[str, Any]]) -> tuple[Flow, ...]:
    """Return who gets what; an SDK's company stands as recipient where its own code reads PI."""
    found: dict[tuple[str, str, str | None], bool] = {}
    for row in touches:
        if row["kind"] in ("declare", "request"):
            continue
        told = row["recipient"] and (_company(row["recipient"]) or row["recipient"])
        recipient = told or _company(row["actor"]) or row["party"]
        key = (row["info"], row["actor"], recipient)
        sent = bool(row["seen"] and row["recipient"])
        found[key] = found.get(key, False) or sent
    leaving = {(info, actor) for info, actor, recipient in found if recipient}
    return tuple(
        Flow(info=info, actor=actor, recipient=recipient, seen=seen)
        for (info, actor, recipient), seen in found.items()
        if recipient or (info, actor) not in leaving
    )


def permissions(
    facts: Sequence[Evidence],
    table: Sequence[Cell],
    coverage: Sequence[Scope],
    app_type: AppType | None,
) -> tuple[PermissionRow, ...]:
    """Return the declared permissions, those that reach PI first."""
    used = {cell.info for cell in table if cell.certainty}
    whole = any(scope.scope == "app.code" and scope.status == "ran" for scope in coverage)
    asked = {name for fact in facts if fact.kind == "request" for name in _names(fact)}
    rows = {
        fact.item: _permission(fact, used if whole else None, asked, app_type)
        for fact in facts
        if fact.kind == "permission" and fact.item
    }
    return tuple(sorted(rows.values(), key=lambda row: (not row.infos, row.name)))


def needs(table: Sequence[Cell], app_type: AppType | None) -> tuple[NeedRow, ...]:
    """Return what the app type needs and what the app takes, set against each other."""
    if app_type is None:
        return ()
    found = {cell.info for cell in table if cell.certainty}
    beyond = sorted(found - set(app_type.necessary))
    rows = [NeedRow(info=i, necessary=True, found=i in found) for i in app_type.necessary]
    return (*rows, *(NeedRow(info=info, necessary=False, found=True) for info in beyond))


def embedded(facts: Sequence[Evidence], table: Sequence[Cell]) -> tuple[Embedded, ...]:
    """Return the SDKs in the package, each with the PI that its code can read here."""
    found = {fact.actor: fact for fact in facts if fact.kind == "embed" and fact.actor}
    return tuple(
        Embedded(
            actor=actor,
            party=_company(actor) or fact.party,
            locator=fact.locator,
            infos=tuple(cell.info for cell in table if cell.actor == actor and cell.certainty),
        )
        for actor, fact in sorted(found.items())
    )


def endpoints(facts: Sequence[Evidence]) -> tuple[Endpoint, ...]:
    """Return the hosts, those of clear text and of known parties first."""
    found: dict[str, Endpoint] = {}
    for fact in facts:
        if fact.kind == "address" and fact.item:
            before = found.get(fact.item)
            found[fact.item] = Endpoint(
                host=fact.item,
                recipient=fact.recipient or (before.recipient if before else None),
                cleartext=bool(fact.detail.get("cleartext")) or bool(before and before.cleartext),
                seen=fact.certainty == "seen" or bool(before and before.seen),
            )
    return tuple(
        sorted(found.values(), key=lambda one: (not one.cleartext, one.recipient or "~", one.host))
    )


def _figure(fact: Evidence) -> Any:
    if fact.amount is not None:
        return int(fact.amount) if fact.amount == int(fact.amount) else fact.amount
    told = (fact.detail.get(key) for key in _TOLD)
    return next((value for value in told if value), True)


def _joined(figures: list[Any]) -> Any:
    """Return the one figure, or all different ones as text."""
    different = sorted(set(map(str, figures)))
    return figures[0] if len(different) == 1 else ", ".join(different)


def _cell_order(entry: tuple[tuple[str, str], object]) -> tuple[str, int, str]:
    info, actor = entry[0]
    return info, _ACTORS.index(actor) if actor in _ACTORS else len(_ACTORS), actor


def _cell(key: tuple[str, str], rows: list[dict[str, Any]]) -> Cell:
    spoken = [row for row in rows if row["kind"] == "declare"]
    touched = [row for row in rows if row["kind"] != "declare"]
    certainty = None
    if touched:
        certainty = "seen" if any(row["seen"] for row in touched) else "reachable"
    return Cell(
        info=key[0],
        actor=key[1],
        certainty=certainty,
        early=any(row["early"] for row in touched),
        declared=bool(spoken),
        places=sum(row["places"] for row in touched),
    )


def _company(actor: str) -> str | None:
    sdk = load_sdks().get(actor)
    return sdk.company if sdk else None


def _names(fact: Evidence) -> list[str]:
    """Return the permissions that a request asks for: one, or a batch."""
    return (fact.item or "").replace(",", " ").split()


def _permission(
    fact: Evidence, used: set[str] | None, asked: set[str], app_type: AppType | None
) -> PermissionRow:
    name = fact.item or ""
    known = load_android().get(name)
    infos = known.info if known else ()
    return PermissionRow(
        name=name,
        level=str(fact.detail.get("level") or (known.level if known else "")),
        infos=infos,
        necessary=bool(set(infos) & set(app_type.necessary)) if app_type and infos else None,
        used=bool(used.intersection(infos)) if used is not None and infos else None,
        asked=name in asked,
    )
