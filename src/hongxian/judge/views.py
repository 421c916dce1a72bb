"""The views that rules may read, and the reference tables behind them.

Rules see nothing else: not the raw tables, no file, no function that changes with the moment.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.facts.columns import COVERAGE_COLUMNS, FACT_COLUMNS
from hongxian.judge.engine import engine_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from hongxian.judge.engine import AnyStore
    from hongxian.rules.load import Rule

VIEWS: dict[str, dict[str, str]] = {
    "facts": FACT_COLUMNS,
    "coverage": COVERAGE_COLUMNS,
    "subjects": {"subject": "VARCHAR", "app_type": "VARCHAR", "judged_at": "TIMESTAMP"},
    "info_types": {"info": "VARCHAR", "grp": "VARCHAR", "sensitive": "BOOLEAN"},
    "app_necessary": {"app_type": "VARCHAR", "info": "VARCHAR"},
    "permission_info": {
        "permission": "VARCHAR",
        "info": "VARCHAR",
        "grp": "VARCHAR",
        "level": "VARCHAR",
    },
    "sdks": {"actor": "VARCHAR", "party": "VARCHAR", "purpose": "VARCHAR", "owner": "VARCHAR"},
    "limits": {"rule": "VARCHAR", "name": "VARCHAR", "value": "DOUBLE"},
}
"""View -> column -> type. ``facts`` and ``coverage`` are those of the newest runs; ``info_types``
is as sensitive as the law of the day of judgement says; ``app_type`` is null when not told;
``owner`` of an SDK is the key of the company behind it: two SDKs of one company are one party;
``limits`` are the thresholds of the rules' heads, as the configuration changed them."""

REFERENCE = {name: view for name, view in VIEWS.items() if name not in ("facts", "coverage")}
"""Those that the law's lists and the configuration fill."""


def prepare(store: AnyStore, tables: Mapping[str, Sequence[tuple[Any, ...]]]) -> None:
    """Publish the views of a store to the rules, and fill the reference tables.

    Args:
        store: holds the facts.
        tables: rows for each reference view, columns as in :data:`VIEWS`.
    """
    engine_of(store).publish(tables)


def limit_rows(rules: Iterable[Rule], changed: dict[str, float]) -> list[tuple[str, str, float]]:
    """Return the rows of ``limits``: each rule's thresholds, as changed by the configuration.

    Args:
        rules: whose heads give the thresholds.
        changed: ``"<rule id>.<name>"`` -> value.
    """
    return [
        (rule.id, name, float(changed.get(f"{rule.id}.{name}", threshold["value"])))
        for rule in rules
        for name, threshold in rule.thresholds.items()
    ]
