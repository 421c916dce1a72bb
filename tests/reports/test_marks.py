from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.reports.conftest import app_facts, coverage, make_report
from tests.reports.story import CONSENT, fact, near_consent, read, sent, story_coverage

from hongxian.reports import marks
from hongxian.reports.marks import MOST_MARKS, Mark, outline
from hongxian.reports.sessions import OTHER, SHAPES
from hongxian.reports.strip import draw_session

if TYPE_CHECKING:
    from hongxian.facts import Fact


def drawn(*facts: Fact, rows: tuple[str, ...] = (), lang: str = "en") -> tuple[Mark, ...]:
    report = make_report([*app_facts(), *facts], [*coverage(session=False), *story_coverage()])
    return draw_session(report.subjects[0].sessions[0], rows, lang).marks


def of(shape: str, found: tuple[Mark, ...]) -> list[Mark]:
    return [mark for mark in found if mark.shape == shape]


AGREED = fact(CONSENT, "consent", item="policy")


def test_a_mark_says_what_whose_and_when() -> None:
    found = drawn(read(0, "jpush"), AGREED)
    [one] = of("read", found)
    assert one.title == "read · Android ID (SSAID) · JPush · 0 s · 74.3 s before consent · violated"
    assert one.verdict == "violated"


def test_a_mark_leads_to_its_row_where_there_is_one() -> None:
    early = read(0, "jpush")
    [linked] = of("read", drawn(early, AGREED, rows=(early.fact_id,)))
    [bare] = of("read", drawn(early, AGREED))
    assert (linked.target, bare.target) == (early.fact_id, None)


def test_several_reads_of_one_moment_are_one_mark_with_their_number() -> None:
    [one] = of("read", drawn(read(0, "jpush", 7), AGREED))
    assert one.note == "7"
    assert one.title.startswith("7 × read")


def test_where_events_crowd_one_long_mark_counts_them() -> None:
    crowd = [read(CONSENT + 1 + n / 4, "amap", 3) for n in range(120)]
    [one] = [mark for mark in drawn(read(0, "jpush"), AGREED, *crowd) if "Amap" in mark.title]
    assert "× 360" in one.note
    assert "/s" in one.note
    assert "h-" in one.path


def test_slow_crowds_have_no_rate() -> None:
    slow = [read(CONSENT + 100 * n, "amap") for n in range(1, 40)]
    noted = [mark.note for mark in of("read", drawn(AGREED, *slow))]
    assert any("× " in note for note in noted)
    assert not any("/s" in note for note in noted)


def test_no_mark_reaches_over_consent() -> None:
    before = [read(CONSENT - 6 + n / 10, "jpush") for n in range(58)]
    after = [read(CONSENT + 0.2 + n / 10, "jpush") for n in range(58)]
    found = of("read", drawn(*before, AGREED, *after, lang="zh"))
    assert len(found) == 2
    counted = [mark.title.split(" × ")[0] for mark in found]
    assert counted == ["58", "58"]


def test_consent_stands_alone_beside_other_acts() -> None:
    other = fact(CONSENT + 0.1, "function", item="basic", outcome="available")
    chosen = of("chosen", drawn(read(0, "jpush"), AGREED, other))
    assert len(chosen) == 2
    assert all(mark.verdict is None for mark in chosen if "1:14" in mark.title)


def test_what_the_clocks_cannot_order_is_drawn_so() -> None:
    found = drawn(read(0, "jpush"), AGREED, near_consent())
    [unsure] = [mark for mark in found if mark.unsure]
    assert "the order is not known" in unsure.title


def test_however_many_events_there_are_the_marks_stay_few() -> None:
    actors = ("jpush", "umeng_analytics", "pangle", "amap")
    many = [
        one
        for n in range(900)
        for one in (
            read(n * 0.37, actors[n % 4], phase=("prompt", "background")[n // 40 % 2]),
            sent(n * 0.37 + 0.1, actors[n % 4], phase=("prompt", "background")[n // 40 % 2]),
        )
    ]
    assert len(drawn(*many)) <= MOST_MARKS


def test_cells_grow_until_the_marks_are_few(monkeypatch: pytest.MonkeyPatch) -> None:
    spread = [read(n, "jpush", n % 2 * 4 + 1) for n in range(0, 70, 5)]
    whole = len(drawn(*spread, AGREED))
    monkeypatch.setattr(marks, "MOST_MARKS", 4)
    assert len(drawn(*spread, AGREED)) < whole


def test_a_mark_names_four_kinds_of_pi_at_most() -> None:
    infos = ("device.imei", "device.mac", "device.oaid", "device.imsi", "basic.phone")
    facts = [read(1, "jpush")] + [
        fact(1.0, "collect", actor="jpush", info=info, item="a.B.c", amount=1, unit="read")
        for info in infos
    ]
    [one] = of("read", drawn(*facts))
    assert one.title.startswith("6 × read")
    assert "anonymous device id" in one.title
    assert "…" in one.title
    assert "IMSI" not in one.title


@given(
    shape=st.sampled_from([*SHAPES, OTHER]),
    x=st.floats(0, 1000),
    size=st.floats(1, 9),
    wide=st.sampled_from([0.0, 40.0]),
)
def test_outlines_are_closed_and_made_of_figures_alone(
    shape: str, x: float, size: float, wide: float
) -> None:
    assert re.fullmatch(r"M[-0-9.hvalz ]+z", outline(shape, (x, 10), size, wide))


def test_every_shape_has_an_outline_of_its_own() -> None:
    assert len({outline(shape, (8, 8), 5) for shape in (*SHAPES, OTHER)}) == len(SHAPES) + 1
