from __future__ import annotations

import random

from hongxian.signals.cohort import Cohort
from hongxian.signals.measures import Measure, leans, measure, measure_group, score
from hongxian.signals.pane import Pane

USUAL = Cohort()


def pane(size: int, *, cells: int | None = None, hits: float = 0.5, alike: float = 0.4) -> Pane:
    rng = random.Random(1)
    made = Pane(asked=size, hits=round(size * hits), regions={1: size}, located=size)
    for number in range(size):
        made.numbers.add(rng.getrandbits(60))
        made.cells.add(number % (cells or size))
    made.pairs = size * (size - 1) // 2
    made.alike = round(made.pairs * alike)
    return made


def of(name: str, found: list[Measure]) -> Measure:
    return next(one for one in found if one.name == name)


def test_an_address_book_scores_little() -> None:
    assert score(measure(pane(150), USUAL, 24)) < 1


def test_few_numbers_prove_nothing() -> None:
    assert measure(pane(10, cells=1, hits=0.0, alike=0.0), USUAL) == []


def test_numbers_in_a_row_score() -> None:
    found = measure(pane(200, cells=20), USUAL)
    assert of("adjacency", found).value == 0.9
    assert score(found) > USUAL.score


def test_colleagues_with_numbers_in_a_row_are_no_attack() -> None:
    assert score(measure(pane(150, cells=120), USUAL)) < USUAL.score


def test_numbers_that_nobody_knows_and_from_everywhere_score_together() -> None:
    low, wide = measure(pane(200, hits=0.02), USUAL), measure(pane(200, alike=0.01), USUAL)
    assert of("hit_rate", low).weight > 1
    assert of("spread", wide).weight > 1
    assert score(measure(pane(200, hits=0.02, alike=0.01), USUAL)) > max(score(low), score(wide))


def test_a_list_that_is_known_too_well_scores() -> None:
    assert of("hit_rate", measure(pane(200, hits=1.0), USUAL)).weight > 1


def test_canaries_score_by_number_and_a_slip_hardly() -> None:
    one, four = Pane(canaries=1), Pane(canaries=4)
    assert score(measure(one, USUAL)) < USUAL.score < score(measure(four, USUAL))


def test_who_never_sleeps_scores() -> None:
    awake = pane(150)
    awake.hours = 24
    assert of("duration", measure(awake, USUAL, 24)).weight > 1
    awake.hours = 10
    assert all(one.name != "duration" for one in measure(awake, USUAL, 24))


def group(members: int, **what: float) -> Pane:
    made = pane(600, **what)  # type: ignore[arg-type]
    for member in range(members):
        made.members.add(member)
    return made


def test_a_client_that_nobody_else_has_scores_a_little_and_a_common_one_not() -> None:
    made = pane(150)
    made.client = 7
    assert "client" not in {one.name for one in measure(made, USUAL)}  # nothing was learned
    rare = Cohort(common=frozenset({1}), strange=1e-4)
    assert 3 < of("client", measure(made, rare)).weight <= 5
    common = Cohort(common=frozenset({1, 7}), strange=1e-4)
    assert "client" not in {one.name for one in measure(made, common)}


def test_an_honest_group_scores_little_and_few_are_no_group() -> None:
    honest = group(50, alike=0.35)
    assert score(measure_group(honest, USUAL)) < 3
    assert measure_group(group(3), USUAL) == []


def test_a_group_that_shares_out_a_list_scores() -> None:
    assert score(measure_group(group(50, hits=0.1, alike=0.01), USUAL)) > USUAL.group_score
    assert score(measure_group(group(50, cells=30), USUAL)) > USUAL.group_score


def test_a_weight_is_never_below_nothing_nor_above_its_most() -> None:
    assert Measure("distinct", 1, 1.0).weight == 0
    assert Measure("distinct", 1, 0.0, 5.0).weight == 4


def test_an_honest_user_of_the_attackers_client_does_not_lean() -> None:
    assert not leans(pane(30, alike=0.4), USUAL)
    assert leans(pane(30, alike=0.02), USUAL)
    assert leans(pane(30, cells=10, alike=0.4), USUAL)
    assert not leans(pane(3), USUAL)
    assert leans(Pane(), USUAL)
