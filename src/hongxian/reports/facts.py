"""Takes from the store what reports show, in as few queries as possible."""

from __future__ import annotations

import json
from collections import defaultdict
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from hongxian.facts.reason import read_reason
from hongxian.reports.model import Evidence, Scope
from hongxian.reports.session import Record

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from hongxian.facts import Reason, Store

SHOWN = ("address", "embed", "permission", "publish", "request", "trait")
"""Kinds whose facts are shown in tables of their own, evidence or not."""

TOUCHING = ("call_site", "collect", "declare", "provide", "reach", "request", "transmit", "use")
"""Kinds that say that an actor touches PI."""

_COLUMNS = [f.name for f in fields(Evidence) if f.name not in ("id", "since_consent")]
_ORDER = """
case kind when 'trait' then 0 when 'permission' then 1 else 2 end,
seen_at nulls last, kind, item, info, actor, fact_id
"""


def load_evidence(store: Store, wanted: Iterable[str]) -> dict[str, list[Evidence]]:
    """Return, per subject, the wanted facts, those of tables and those with a moment.

    Args:
        store: its views are prepared.
        wanted: ids of facts that findings cite.
    """
    rows = store.con.execute(
        f"select fact_id, subject, {', '.join(_COLUMNS)} from facts "
        "where kind in (select unnest(?::varchar[])) or seen_at is not null "
        "or json_extract_string(detail, '$.around') is not null "
        f"or fact_id in (select unnest(?::varchar[])) order by {_ORDER}",
        [list(SHOWN), sorted(set(wanted))],
    ).fetchall()
    consent = _consent(store)
    found: dict[str, list[Evidence]] = defaultdict(list)
    for key, subject, *values in rows:
        found[subject].append(_evidence(key, subject, values, consent))
    return found


def load_touches(store: Store) -> dict[str, list[dict[str, Any]]]:
    """Return, per subject, one row for each PI type, actor and recipient that facts join."""
    rows = store.rows(
        "select subject, info, coalesce(actor, 'first_party') as actor, recipient, kind, "
        "any_value(party) as party, "
        "count(*) as places, bool_or(certainty = 'seen') as seen, "
        "bool_or(kind = 'declare' and item in ('not_collect', 'not_share')) as denied, "
        "bool_or(phase in ('before_prompt', 'prompt')) as early "
        "from facts where info is not null and kind in (select unnest(?::varchar[])) "
        "group by all order by info, actor, recipient nulls last, kind",
        [list(TOUCHING)],
    )
    found: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for row in rows:
        found[row.pop("subject")].append(row)
    return found


def load_coverage(store: Store) -> dict[str, list[Scope]]:
    """Return the coverage of every subject; of several runs over a scope the best word counts."""
    rows = store.con.execute(
        "select subject, scope, min_by(status, rank), min_by(reason, rank), min_by(detail, rank) "
        "from (select *, case status when 'ran' then 0 when 'partial' then 1 else 2 end as rank "
        "from coverage) as ranked group by subject, scope order by subject, scope"
    ).fetchall()
    found: dict[str, list[Scope]] = defaultdict(list)
    for subject, scope, status, reason, detail in rows:
        told = _json(detail)
        reasons = _reasons(told.pop("reasons", None))
        found[subject].append(
            Scope(scope=scope, status=status, reason=reason, detail=told, reasons=reasons)
        )
    return found


def load_subjects(store: Store) -> list[tuple[str, str | None]]:
    """Return each subject with the key of its app type."""
    return store.con.execute(
        "select subject, app_type from subjects order by subject").fetchall()  # fmt: skip


def load_records(store: Store) -> dict[tuple[str, str], Record]:
    """Return, per subject and artefact, which bundle a session is from."""
    rows = store.con.execute(
        "select subject, artefact, any_value(detail) from coverage "
        "where sensor = 'session' and artefact is not null group by subject, artefact"
    ).fetchall()
    return {(subject, artefact): _record(_json(detail)) for subject, artefact, detail in rows}


def _record(told: dict[str, Any]) -> Record:
    device, clock = told.get("device"), told.get("clock")
    named = [str(device[key]) for key in ("model", "rom") if device.get(key)] if device else []
    off = clock.get("uncertainty") if isinstance(clock, dict) else None
    return Record(
        bundle=str(told["bundle"]) if told.get("bundle") else None,
        device=" · ".join(named) or None,
        uncertainty=float(off) if isinstance(off, int | float) else None,
    )


def _consent(store: Store) -> dict[tuple[str, str | None], datetime]:
    """Return when the person agreed, per record: two sessions have a consent each, or none."""
    rows = store.con.execute(
        "select subject, artefact, min(seen_at) from facts where kind = 'consent' "
        "and item = 'policy' and seen_at is not null group by subject, artefact"
    ).fetchall()
    return {(subject, artefact): moment for subject, artefact, moment in rows}


def _evidence(
    key: str,
    subject: str,
    values: list[Any],
    consents: dict[tuple[str, str | None], datetime],
) -> Evidence:
    row = dict(zip(_COLUMNS, values, strict=True))
    row["detail"] = _json(row["detail"])
    moment, consent = row["seen_at"], consents.get((subject, row["artefact"]))
    known = moment is not None and consent is not None
    since = (moment - consent).total_seconds() if known else None
    return Evidence(id=key, since_consent=since, **row)


def _reasons(data: Any) -> tuple[Reason, ...]:
    """Return the reasons that coverage keeps as data; none unless all can be said."""
    read = [read_reason(one) for one in data] if isinstance(data, list) else []
    return tuple(one for one in read if one) if all(read) else ()


def _json(text: str | None) -> dict[str, Any]:
    told: dict[str, Any] = json.loads(text) if text else {}
    return told
