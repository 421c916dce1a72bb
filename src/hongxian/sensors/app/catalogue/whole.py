"""The catalogues together, in the shapes that the analysis of code takes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from hongxian.sensors.app.catalogue.apis import Api, load_apis
from hongxian.sensors.app.catalogue.edges import function_types, load_edges, platform_types
from hongxian.sensors.app.catalogue.entries import MANIFEST_RECEIVERS_LIMITED, load_lifecycle
from hongxian.sensors.app.catalogue.gates import load_gate_words
from hongxian.sensors.app.catalogue.permissions_used import PermissionUse, permission_uses
from hongxian.sensors.app.graph.sites import Wanted

if TYPE_CHECKING:
    from collections.abc import Mapping

    from hongxian.sensors.app.graph.entries import Lifecycle
    from hongxian.sensors.app.graph.gate_words import GateWords
    from hongxian.sensors.app.graph.implicit import Edge


@dataclass(frozen=True, slots=True, kw_only=True)
class Catalogue:
    """What the sensor looks for."""

    apis: tuple[Api, ...]
    wanted: tuple[Wanted, ...]
    """The same rows, at the same places, as the search takes them."""
    edges: tuple[Edge, ...]
    functions: Mapping[str, tuple[str, ...]]
    """Further types whose objects are followed to where they are called, with the methods."""
    lifecycle: Lifecycle
    platform_types: Mapping[bytes, tuple[bytes, ...]]
    permission_uses: Mapping[str, PermissionUse]

    def gate_words(self, configured: frozenset[str] = frozenset()) -> GateWords:
        """Return the words of a consent check, with the checks that the user configured."""
        return load_gate_words(configured)


@cache
def load_catalogue(target_sdk: int = MANIFEST_RECEIVERS_LIMITED) -> Catalogue:
    """Return the catalogues for an app with this targetSdk."""
    apis = tuple(load_apis().values())
    return Catalogue(
        apis=apis,
        wanted=tuple(_wanted(api) for api in apis),
        edges=load_edges(),
        functions=function_types(),
        lifecycle=load_lifecycle(target_sdk),
        platform_types=platform_types(),
        permission_uses=permission_uses(),
    )


def _wanted(api: Api) -> Wanted:
    return Wanted(
        key=api.key,
        owner=api.owner,
        methods=api.methods,
        fields=api.fields,
        texts=api.texts,
        whole=not api.prefix,
        argument=api.argument,
    )
