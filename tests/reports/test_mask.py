"""No value of PI in any report, wherever a sensor, a person or another program put one."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

import pytest
from tests.reports.conftest import APP, START, judged, make_store

from hongxian.facts import Coverage, Fact
from hongxian.judge.run import Finding
from hongxian.reports import FORMATS, Origin, Report, build_report, write
from hongxian.reports.mask import cover
from hongxian.reports.model import Point
from hongxian.rules.load import load_rules
from hongxian.words.mask import COVER

if TYPE_CHECKING:
    from pathlib import Path

VALUES = (
    "13812345678",  # telephone
    "li.lei@mail.example.com",
    "11010519491231002X",  # resident identity number
    "6222021234567890123",  # bank card
    "860000000000017",  # IMEI
    "02:00:5e:10:00:ff",  # MAC
)
PLANTED = " ".join(VALUES)
LEAKY = f"app:{VALUES[0]}@1.0 {VALUES[4]}#5f0c3a9d17e2"
"""Even the subject's own name."""
KINDS = ("address", "collect", "consent", "declare", "embed", "permission", "provide", "publish",
         "reach", "request", "section", "state", "store", "trait", "transmit", "use")  # fmt: skip


def leaking(kind: str, subject: str, **fields: object) -> Fact:
    """A fact with a value in every field that takes free text."""
    free = ("item", "actor", "party", "recipient", "purpose", "basis", "outcome", "unit", "locator")
    filled = {name: f"{name} {PLANTED}" for name in free} | {"artefact": PLANTED}
    detail = {"path": [PLANTED], "edges": [PLANTED], "subject": PLANTED, "value": PLANTED,
              "level": PLANTED, PLANTED: PLANTED, "number": 13812345678}  # fmt: skip
    return Fact(**{
        "subject": subject, "sensor": "session", "kind": kind, "info": "device.imei",
        "phase": "before_prompt", "seen_at": START, "detail": detail,
    } | filled | fields)  # fmt: skip


def everything(subject: str) -> list[Fact]:
    """Facts of all kinds, with values in fields and with fields that rules look for."""
    facts = [leaking(kind, subject) for kind in KINDS]
    facts += [leaking(kind, subject, info=PLANTED) for kind in KINDS]
    facts += [leaking("trait", subject, item=item) for item in ("label", "signer", "packed")]
    facts += [
        leaking("collect", subject, actor="first_party", item="getImei", basis=None),
        leaking("transmit", subject, actor="jpush", basis=None, form="clear"),
        leaking("answer", subject, sensor="answer", item="method.6.4", outcome="satisfied"),
        leaking("answer", subject, sensor="answer", item="method.1.1", outcome="violated",
                effective_at=datetime.fromisoformat("2026-01-01")),
    ]  # fmt: skip
    return facts


@pytest.fixture(scope="module")
def report() -> Report:
    subject = LEAKY
    covered = [
        Coverage(subject=subject, scope=scope, status=status, reason=f"because {PLANTED}",
                 detail={"file": f"{PLANTED}.apk", "label": PLANTED, PLANTED: PLANTED})
        for scope, status in (("app.manifest", "partial"), ("app.code", "not_run"),
                              ("session.start", "ran"), ("session.hooks", "ran"))
    ]  # fmt: skip
    store = make_store(everything(subject), covered)
    origin = Origin(
        judged_at=START, version="0.1.0", command=f"hongxian audit /home/{VALUES[1]}/{PLANTED}.apk"
    )
    rulings = judged(store, [(subject, "map")])
    assert any(VALUES[0] in str(f.columns) for one in rulings for f in one.findings)
    return build_report(store, load_rules(), rulings, origin)


@pytest.mark.parametrize("lang", ["zh", "en"])
@pytest.mark.parametrize("form", FORMATS)
def test_no_format_shows_a_value(report: Report, form: str, lang: str, tmp_path: Path) -> None:
    path = tmp_path / "report"
    options = {"everything": True} if form == "sarif" else {}
    options |= {"width": 2000} if form == "table" else {}  # a broken line could hide a value
    write(report, form, path, lang, **options)
    text = path.read_text("utf-8-sig")
    assert COVER in text
    assert [value for value in VALUES if value.lower() in text.lower()] == []


def test_who_answered_keeps_the_name_alone(report: Report) -> None:
    told = {one.rule.number: one.answer for one in report.subjects[0].behaviours if one.answer}
    assert told["1.1"] is not None
    assert told["1.1"].actor == f"actor {' '.join([COVER] * len(VALUES))}"


def test_a_fingerprint_may_be_all_digits(report: Report) -> None:
    digits = "1234567890123456"
    finding = Finding("method.3.1", APP, "violated", (), {"item": digits, "amount": 3.0})
    point = cover(Point(finding=finding, fingerprint=digits, evidence=(), accepted=False))
    assert point.fingerprint == digits
    assert point.finding.columns == {"item": COVER, "amount": 3.0}
    assert point.finding.subject == APP
    assert report.subjects[0].id == f"app:{COVER}@1.0 {COVER}#5f0c3a9d17e2"


def test_what_holds_no_value_is_left_alone(static: Report) -> None:
    assert cover(static) is static
