"""A text of SQL and a snapshot of the catalog, and what would be lost: the way in.

Judged texts are kept, by the text itself and by its shape where no literal had a part in the
verdict: an application sends few shapes. Only safe verdicts are kept by shape.
"""

from __future__ import annotations

from collections import OrderedDict
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

from .postgres.case import TOP, Case
from .postgres.creates import learn
from .postgres.judge import Judge, no_estimate, with_catalog
from .postgres.parse import Raw, UnreadableError, fingerprint, parse
from .postgres.shape import shape
from .verdict import Judgement, Limits, Statement, Verdict, refused

if TYPE_CHECKING:
    from collections.abc import Mapping

    from .catalog import Catalog
    from .postgres.judge import Estimate
    from .verdict import Reason

KEPT = 4096
"""Texts, and as many shapes, that are kept for a snapshot."""

LONGEST_KEPT = 4096
"""Characters of a text that is kept."""


class Classifier:
    """Judges texts against one snapshot; not for several threads at once."""

    def __init__(self, catalog: Catalog, limits: Limits | None = None) -> None:
        """Start with nothing kept."""
        self._judge = Judge(catalog, limits or Limits())
        self._texts: OrderedDict[str, Judgement] = OrderedDict()
        self._shapes: OrderedDict[str, Judgement] = OrderedDict()

    def classify(
        self,
        sql: str | bytes,
        estimate: Estimate | None = None,
        given: Mapping[int, int] | None = None,
    ) -> Judgement:
        """Return the judgement of a text.

        Args:
            sql: the exact text; bytes are UTF-8, anything else is refused.
            estimate: how many rows the planner says that a statement changes; asked only for
                those whose verdict hangs on it.
            given: how many values each parameter lists, by its number; ``None``: not yet known.
        """
        if isinstance(sql, bytes):
            try:
                text = sql.decode("utf-8")
            except UnicodeDecodeError:
                return refused(sql, "no_unicode")
        else:
            text = sql
        found = self._kept(text) if estimate is None and given is None else None
        if found is None:
            found = self.judge(text, estimate, given)
        return found if sql is found.sql else replace(found, sql=sql)

    def _kept(self, text: str) -> Judgement | None:
        if len(text) > LONGEST_KEPT:
            return None
        found = self._texts.get(text)
        if found is not None:
            self._texts.move_to_end(text)
            return found
        form = shape(text)
        found = self._shapes.get(form) if form is not None else None
        if found is None or form is None:
            return None
        self._shapes.move_to_end(form)
        (one,) = found.statements
        alone = Statement(
            one.kind, text.strip().rstrip(";").rstrip(), Verdict.SAFE, (), one.touched
        )
        return Judgement(text, Verdict.SAFE, (), (alone,), found.fingerprint, form)

    def judge(
        self,
        text: str,
        estimate: Estimate | None = None,
        given: Mapping[int, int] | None = None,
    ) -> Judgement:
        """Return the judgement of a text anew, whatever is kept."""
        try:
            raws = parse(text)
            statements, literal = _judge_all(
                replace(self._judge, given=given or {}), raws, estimate
            )
            made = Judgement(text, *_worst(statements), statements, fingerprint(text))
        except UnreadableError as error:
            return refused(text, str(error.args[0]))
        except RecursionError:
            return refused(text, "too_deep")
        except Exception:  # noqa: BLE001 - a guard that fails does not let through
            return refused(text, "fault")
        if estimate is None and given is None and len(text) <= LONGEST_KEPT:
            form = shape(text)
            safe = made.verdict is Verdict.SAFE and len(statements) == 1 and not literal
            if form is not None and safe:
                made = replace(made, shape=form)
                _keep(self._shapes, form, made)
            _keep(self._texts, text, made)
        return made


def _keep(kept: OrderedDict[str, Judgement], key: str, made: Judgement) -> None:
    kept[key] = made
    if len(kept) > KEPT:
        kept.popitem(last=False)


def _worst(statements: tuple[Statement, ...]) -> tuple[Verdict, tuple[Reason, ...]]:
    worst = max((one.verdict for one in statements), default=Verdict.SAFE)
    return worst, tuple(dict.fromkeys(reason for one in statements for reason in one.reasons))


def _judge_all(
    judge: Judge, raws: list[Raw], estimate: Estimate | None
) -> tuple[tuple[Statement, ...], bool]:
    """Judge the statements of a text in their order, each knowing what those before it made."""
    statements, literal = [], False
    judge = replace(judge, estimate=estimate or no_estimate)
    for raw in raws:
        case = Case()
        judge.statement(raw.kind, raw.node, TOP, case, raw.text)
        statements.append(case.statement(raw.kind, raw.text))
        literal = literal or case.literal
        if raw is not raws[-1]:
            after = _after(judge.catalog, raw, case)
            judge = with_catalog(judge, after) if after is not judge.catalog else judge
    return tuple(statements), literal


def _after(catalog: Catalog, raw: Raw, case: Case) -> Catalog:
    if raw.kind == "PrepareStmt":
        return catalog.with_prepared(raw.node.get("name", ""), raw.node["query"])
    return learn(catalog, raw.kind, raw.node, case, raw.text)


@lru_cache(maxsize=16)
def _classifier(version: str, limits: Limits, holder: _Holder) -> Classifier:  # noqa: ARG001 - the version is the key
    return Classifier(holder.catalog, limits)


class _Holder:
    """Hands a snapshot through a cache that must tell it by its version alone."""

    def __init__(self, catalog: Catalog) -> None:
        self.catalog = catalog

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Holder)

    def __hash__(self) -> int:
        return 0


def classify(
    sql: str | bytes,
    catalog: Catalog,
    estimate: Estimate | None = None,
    limits: Limits | None = None,
) -> Judgement:
    """Return what a text for PostgreSQL would do; see :meth:`Classifier.classify`."""
    return _classifier(catalog.version, limits or Limits(), _Holder(catalog)).classify(
        sql, estimate
    )


def after(sql: str | bytes, catalog: Catalog) -> Catalog:
    """Return the snapshot as a session sees it after a text, until it is read anew.

    A lane asks for it inside of a transaction, whose definitions nobody else sees.
    """
    text = sql.decode("utf-8", "replace") if isinstance(sql, bytes) else sql
    judge = Judge(catalog)
    try:
        for raw in parse(text):
            case = Case()
            judge.statement(raw.kind, raw.node, TOP, case, raw.text)
            judge = with_catalog(judge, _after(judge.catalog, raw, case))
    except (UnreadableError, RecursionError):
        return judge.catalog.with_taint()
    return judge.catalog
