"""Tables and plans for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.guards.mask.rings import ring

from hongxian.guards.mask.many import mask_source
from hongxian.guards.mask.plan import Named, Plan
from hongxian.guards.mask.policy import Policy
from hongxian.guards.mask.run import Asked, Outcome, Wanted

if TYPE_CHECKING:
    from pathlib import Path

NAMED = {
    "phone": Named("basic.phone", "partial"), "age": Named("basic.age", "band"),
    "user.phone": Named("basic.phone", "partial"), "tags[]": Named("basic.phone", "partial"),
    "note": Named(None, "text"), "city": Named(None, "keep"),
}  # fmt: skip


def plan(audience: str = "analyst", vault: Path | None = None, **own: Any) -> Plan:
    """A plan that knows the columns above; all others are kept."""
    policy = own.pop("policy", None) or Policy(ring=ring(), vault=vault)
    return Plan(policy=policy, audience=audience, named=own.pop("named", NAMED), **own)


def mask_file(source: Path, target: Path | None, own: Plan, asked: Asked | None = None) -> Outcome:
    """Mask one file, and return what came of it."""
    [found] = mask_source(str(source), target, own, Wanted(asked=asked or Asked())).outcomes
    return found
