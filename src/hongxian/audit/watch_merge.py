"""What judges of single endpoints found becomes what one process would have found."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.audit.watch import MOST_FINDINGS, Watching
from hongxian.audit.watch_endpoint import flow, incident_of, opened
from hongxian.sensors.traffic.takers import Takers
from hongxian.signals.cohort import Cohort

if TYPE_CHECKING:
    from collections.abc import Iterable

    from hongxian.audit.watch import Incident, Watched
    from hongxian.audit.watch_endpoint import Court
    from hongxian.sensors.traffic.openapi import Documented
    from hongxian.sensors.traffic.sense import SensedTraffic


def merged(
    sensed: SensedTraffic, court: Court, judged: Iterable[tuple[str, bytes, bytes]],
    documented: list[Documented] | None = None,
) -> Watched:  # fmt: skip
    """Put together what was judged apart.

    Args:
        sensed: the logs with their inventory, as yet without flows of PI and takers.
        court: what was the same for all judges.
        judged: endpoint, what its judge told, and what it remembers.
        documented: operations of a given OpenAPI document.
    """
    watching = Watching(sensed, court.policy, court.secret)
    learned: dict[str, Cohort] = {}
    found: list[Incident] = []
    for endpoint, data, _ in judged:
        told = opened(data)
        flow(sensed.inventory.endpoints[endpoint], told["flows"])
        takers = Takers(court.salt)
        takers.load(told["takers"])
        sensed.takers.merge(takers)
        found += map(incident_of, told["incidents"])
        watching.dropped += told["dropped"]
        if told["learned"] is not None:
            learned[endpoint] = Cohort.load(told["learned"])
    found.sort(key=lambda one: one.order)
    for one in found[:MOST_FINDINGS]:
        watching.keep(one)
    watching.dropped += sum(one.requests for one in found[MOST_FINDINGS:])
    watched = watching.told(documented)
    watched.learned = dict(sorted(learned.items()))
    return watched
