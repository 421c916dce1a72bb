"""From counts to a verdict: what a column holds is confirmed, suggested or cleared."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from hongxian.info.recognise import load_recognisers
from hongxian.info.value_counts import enumerable
from hongxian.sensors.store.column_names import Named, named

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from hongxian.sensors.store.counts import ColumnCounts, HitCount, TableCounts

CONFIRMED, SUGGESTED, CLEARED = "confirmed", "suggested", "cleared"
MOST = 0.5
"""Share of different values from which they speak for themselves."""
NAMED = 0.1
"""Share that is enough when the name says the same."""
NEARLY_ALL, FEWER, HARDLY = 0.8, 0.3, 0.05
"""Shares of values of a shape: of all, of enough beside other PI, of none to speak of."""
MOSTLY = 0.9
"""Share of numbers in segments that are given out below which numbers are no telephones."""
_COUNTED = ("int", "uint", "bigint", "decimal", "numeric", "double", "float", "number", "real")
"""Beginnings of types of numbers, in the words of Arrow and of databases."""
SHAPES = {
    "basic.name": ("person_name",), "basic.gender": ("gender",), "basic.address": ("address",),
    "basic.age": ("age",), "basic.ethnicity": ("ethnicity",), "basic.marital": ("marital",),
    "basic.family": ("person_name",), "auth.password": ("hash", "password_hash"),
}  # fmt: skip
"""PI type that no recogniser knows by its form -> shapes that its values have."""
CHANCE = {
    "basic.phone": 0.6, "property.bank_card": 0.1, "device.imei": 0.1, "device.imsi": 0.3,
    "device.mac": 0.5, "netid.ip": 0.3, "location.precise": 0.5, "device.iccid": 0.1,
    "identity.doc_number": 0.001, "org.uscc": 0.04, "property.vehicle": 0.1,
}  # fmt: skip
"""Share of look-alike numbers that pass for a type: fewer valid ones say nothing."""
_PERSONAL = (
    "basic.name", "basic.phone", "basic.email", "basic.gender", "basic.birth_date",
    "identity.doc_number", "property.bank_card",
)  # fmt: skip
_ANY = ("netid.user_id", "netid.account")
"""PI types whose values may look like anything."""
_ALONE = ("basic.name", "basic.address")
"""PI types whose shape is told by a tagger, not by a short list."""
TEXTS = {"basic.name": ("told_name", "text_name"), "basic.address": ("text_address", "address")}
"""PI type that stands within texts -> shapes of values in which it was found."""
_OFTEN, _LEAST_OFTEN = 0.05, 5
"""Share and number of different texts from which the taggers speak for themselves."""
_SELDOM = 0.03
"""Share below which a tagger's finds are as likely its mistakes."""
DIFFERENT = 10
"""Fewer different values than this are as likely the members of a list."""
_OTHER = frozenset({"apart.order", "apart.waybill", "apart.measure"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What is said of one PI type in one column."""

    table: TableCounts
    column: ColumnCounts
    info: str
    status: str
    """``confirmed``, ``suggested`` or ``cleared``."""
    form: str = "clear"
    why: tuple[str, ...] = ()
    """Which evidence counted: ``name``, ``values``, ``shape``, ``text``, ``neighbours`` ..."""
    rows: int = 0
    """Rows that hold it."""
    hit: HitCount | None = None
    bare: bool = False
    """A hash without salt or cost of what can be enumerated."""
    decided: str = ""
    """Who decided, when a person did."""

    @property
    def place(self) -> str:
        """Table and column for people."""
        return f"{self.table.place}.{self.column.name}"


@dataclass(slots=True)
class Evidence:
    """A column with what its name says."""

    table: TableCounts
    counts: ColumnCounts
    named: Named
    text: bool
    """Its values are texts in which PI may stand, not single values."""
    neighbours: bool = False
    """Other columns hold PI of a person beyond doubt."""

    def say(self, info: str, status: str, *why: str, rows: int | None = None) -> Verdict:
        """Return a verdict; without a count all filled rows hold it."""
        held = self.counts.filled if rows is None else rows
        return Verdict(
            table=self.table, column=self.counts, info=info, status=status, why=why,
            rows=0 if status == CLEARED and rows is None else held,
            hit=self.counts.hits.get(info),
        )  # fmt: skip

    def share(self, shapes: Sequence[str]) -> float:
        """Return the share of different values that have one of some shapes."""
        tested = self.counts.shapes.get("tested", 0)
        most = max((self.counts.shapes.get(one, 0) for one in shapes), default=0)
        return most / tested if tested else 0.0

    def rate(self, hit: HitCount) -> float:
        """Return the share of different values that are hits."""
        if self.counts.distinct:
            return hit.distinct / self.counts.distinct
        return hit.rows / self.counts.filled if self.counts.filled else 0.0


def judge_table(table: TableCounts) -> list[Verdict]:
    """Return what is said of each column of a table, column by column."""
    found = [_evidence(table, counts) for counts in table.columns]
    sure = {one.counts.name for one in found if _personal(one)}
    verdicts: list[Verdict] = []
    for one in found:
        one.neighbours = bool(sure - {one.counts.name})
        judged = (_judge(one, info) for info in _infos(one))
        verdicts += [verdict for verdict in judged if verdict is not None]
    return verdicts


def _evidence(table: TableCounts, counts: ColumnCounts) -> Evidence:
    lines = table.medium in ("log", "text", "document")
    told = Named() if lines else named(counts.name, counts.comment)
    text = lines or any(hit.rows > hit.whole * 2 for hit in counts.hits.values())
    return Evidence(table, counts, told, text)


def _infos(one: Evidence) -> Iterable[str]:
    found = (info for info in one.counts.hits if info not in _OTHER)
    shaped = (info for info in _ALONE if not one.text and one.share(SHAPES[info]) >= NEARLY_ALL)
    amid = (info for info, shapes in TEXTS.items() if any(map(one.counts.shapes.get, shapes)))
    return dict.fromkeys((*one.named.infos[:1], *found, *shaped, *amid))


def _personal(one: Evidence) -> bool:
    """Whether a column holds PI of a person beyond doubt: it speaks for its neighbours."""
    judged = [_judge(one, info) for info in _infos(one) if info in _PERSONAL]
    return any(verdict and verdict.status == CONFIRMED for verdict in judged)


def _judge(one: Evidence, info: str) -> Verdict | None:
    """Return what evidence and neighbours say of a PI type in a column."""
    told = info in one.named.infos
    if told and one.named.doubtful and not one.neighbours and not _speaks(one, info):
        return None if one.counts.filled else one.say(info, SUGGESTED, "name")
    if told and (kept := _kept_otherwise(one, info)):
        return kept
    hit = one.counts.hits.get(info)
    if hit is None or not hit.rows:
        return _by_name(one, info) if told else _by_shape_alone(one, info)
    if told:
        enough = one.rate(hit) >= NAMED or hit.rows * 10 >= one.counts.filled
        return one.say(info, CONFIRMED if enough else SUGGESTED, "name", "values", rows=hit.rows)
    return _by_values(one, info, hit)


def _speaks(one: Evidence, info: str) -> bool:
    """Whether the values alone say what a doubtful name says."""
    hit = one.counts.hits.get(info)
    if hit is None:
        return info == "basic.address" and one.share(SHAPES[info]) >= MOST
    return one.rate(hit) >= MOST and info not in _ANY


def _kept_otherwise(one: Evidence, info: str) -> Verdict | None:
    """Return the verdict when nearly all values are hashed, covered or encrypted."""
    kept = one.say(info, CONFIRMED, "name", "shape")
    if info == "auth.password" and one.share(("password_hash",)) >= NEARLY_ALL:
        return replace(kept, form="hashed")
    if one.share(("cipher", "hash")) >= NEARLY_ALL and one.named.form == "encrypted":
        return replace(kept, form="encrypted")
    if one.share(("hash",)) >= NEARLY_ALL:
        return replace(kept, form="hashed", bare=info in enumerable() or info == "auth.password")
    return replace(kept, form="masked") if one.share(("masked",)) >= NEARLY_ALL else None


def _by_values(one: Evidence, info: str, hit: HitCount) -> Verdict:
    """Return what values say whose column is not named so."""
    rate, chance = one.rate(hit), CHANCE.get(info, 0.0)
    if one.text and hit.whole * 2 < hit.rows:
        return one.say(info, CONFIRMED, "text", rows=hit.rows)
    if _other_numbers(one, info, rate):
        return one.say(info, CLEARED, "chance", rows=hit.rows)
    if rate >= max(MOST, chance + 0.2):
        unsure = chance > 0.4 and not one.neighbours and one.counts.distinct < 3
        return one.say(info, SUGGESTED if unsure else CONFIRMED, "values", rows=hit.rows)
    numbers = one.share(("number",)) >= NEARLY_ALL and rate <= FEWER
    if chance and rate <= chance * 1.5 and (one.named.infos or not one.neighbours or numbers):
        return one.say(info, CLEARED, "chance", rows=hit.rows)
    return one.say(info, SUGGESTED if chance else CONFIRMED, "few", rows=hit.rows)


def _other_numbers(one: Evidence, info: str, rate: float) -> bool:
    """Whether the values as a whole are no addresses and no telephones, though each could be one.

    Addresses have numbers of three digits; amounts do not keep to the segments that are given out.
    """
    if one.counts.distinct < DIFFERENT:
        return False
    if info == "netid.ip":
        return one.share(("version",)) >= NEARLY_ALL * rate
    counted = one.counts.type.lower().startswith(_COUNTED)
    return info == "basic.phone" and counted and one.share(("mobile",)) < MOSTLY


def _by_name(one: Evidence, info: str) -> Verdict:
    """Return what the name says, as far as the values bear it."""
    counts = one.counts
    if not counts.filled:
        return one.say(info, SUGGESTED, "name", "empty")
    if counts.type in ("bool", "boolean"):
        return one.say(info, CLEARED, "type")
    if info in SHAPES and info != "auth.password":
        return _by_shape(one, info)
    if info in formed() and info not in _ANY:
        dated = counts.oldest and info == "basic.birth_date"
        return one.say(info, *((CONFIRMED, "name", "type") if dated else (CLEARED, "no_value")))
    if one.neighbours:
        return one.say(info, CONFIRMED, "name", "neighbours")
    return one.say(info, SUGGESTED, "name")


def _by_shape_alone(one: Evidence, info: str) -> Verdict | None:
    """Return what the shape of nearly all values says where the name says nothing."""
    if one.text or one.share(SHAPES.get(info, ())) < NEARLY_ALL:
        return _amid(one, info)
    if one.counts.distinct < DIFFERENT or one.named.infos or info not in _ALONE:
        return None
    return one.say(info, CONFIRMED if one.neighbours else SUGGESTED, "shape")


def _amid(one: Evidence, info: str) -> Verdict | None:
    """Return what labels and taggers found within the texts that were drawn.

    The rows are those of the draw, carried over to all.
    """
    shapes = one.counts.shapes
    counts = [shapes.get(shape, 0) for shape in TEXTS.get(info, ())]
    tested, found = shapes.get("tested", 0), sum(counts)
    if not found or one.named.infos:
        return None
    rows = max(1, round(one.counts.filled * found / tested))
    if shapes.get("told_name") and info == "basic.name":
        return one.say(info, CONFIRMED, "label", rows=rows)
    if found < _SELDOM * tested:
        return None
    often = found >= _LEAST_OFTEN and found >= _OFTEN * tested
    return one.say(info, CONFIRMED if often else SUGGESTED, "text", "shape", rows=rows)


def _by_shape(one: Evidence, info: str) -> Verdict:
    share = one.share(SHAPES[info])
    if share >= (FEWER if one.neighbours else MOST):
        return one.say(info, CONFIRMED, "name", "shape")
    if one.counts.shapes.get("tested") and share < HARDLY:
        return one.say(info, CLEARED, "shape")
    return one.say(info, SUGGESTED, "name")


@cache
def formed() -> frozenset[str]:
    """Return the PI types whose values a recogniser knows by their form."""
    return frozenset(row.info for row in load_recognisers() if not row.silent) - {"auth.password"}
