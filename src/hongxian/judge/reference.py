"""Fills the reference views: what the law's lists say, and which thresholds are in force."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info import load_types
from hongxian.judge.views import limit_rows
from hongxian.laws.app_types import load_app_types
from hongxian.laws.owners import family
from hongxian.laws.permissions import load_android
from hongxian.laws.sdks import load_sdks

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date, datetime

    from hongxian.rules.load import Rule

Rows = list[tuple[Any, ...]]


def reference_tables(
    subjects: Iterable[tuple[str, str | None, datetime]],
    rules: Iterable[Rule],
    changed_limits: dict[str, float],
    on: date,
) -> dict[str, Rows]:
    """Return the rows of every reference view, for :func:`hongxian.judge.views.prepare`.

    Args:
        subjects: subject, key of its app type or ``None``, moment of judgement.
        rules: whose heads give the thresholds.
        changed_limits: ``"<rule id>.<name>"`` -> value, from the configuration.
        on: the day whose law says what is sensitive.
    """
    return {
        "subjects": list(subjects),
        "limits": list(limit_rows(rules, changed_limits)),
        "info_types": [(key, kind.group, kind.sensitive(on)) for key, kind in load_types().items()],
        "app_necessary": [
            (kind.key, info) for kind in load_app_types().values() for info in kind.necessary
        ],
        "permission_info": [
            (permission.name, info, permission.group, permission.level)
            for permission in load_android().values()
            for info in permission.info
        ],
        "sdks": [(key, sdk.company, sdk.function, family(key)) for key, sdk in load_sdks().items()],
    }
