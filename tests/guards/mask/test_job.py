from __future__ import annotations

import gzip
import io
from typing import BinaryIO

import pytest
from tests.guards.mask.tables import plan

from hongxian.errors import Exit, HongxianError
from hongxian.facts.reason import Reason
from hongxian.guards.mask.job import InnerError, Job, Unit
from hongxian.guards.mask.run import Asked, Outcome
from hongxian.words.worded import WordedError

PROBLEM = WordedError("mask_no_source", "a.zip!z.png", Exit.SENSOR, kind="unknown")


def test_what_cannot_be_masked_ends_the_whole_unless_it_may_be_left_out() -> None:
    with pytest.raises(InnerError) as told:
        Job(plan=plan()).left_out(PROBLEM)
    assert told.value.say("en").startswith("a.zip!z.png: content of this kind")
    assert told.value.say("en").endswith("(--skip-unknown leaves it out)")
    assert "略去" in told.value.say("zh")
    assert (told.value.code, told.value.where, told.value.reason) == (
        Exit.SENSOR, "a.zip!z.png", None,
    )  # fmt: skip
    with pytest.raises(InnerError) as again:
        Job(plan=plan()).left_out(told.value)
    assert again.value is told.value
    job = Job(plan=plan(), skip=True)
    job.left_out(PROBLEM)
    assert job.problems == [PROBLEM]


def test_a_reason_stays_one() -> None:
    reason = Reason("store.damaged", {}, "x")
    assert InnerError(reason).reason is reason


def test_a_file_inside_has_columns_of_its_own_and_tells_the_same_job() -> None:
    job = Job(plan=plan(), form="csv", skip=True)
    own = job.own()
    own.problems.append(PROBLEM)
    assert own.plan.columns is not job.plan.columns
    assert own.plan.seen is job.plan.seen
    assert (job.problems, own.form, own.skip) == ([PROBLEM], None, True)


def writes(out: BinaryIO, job: Job) -> int:
    out.write(b"abc")
    job.inner.append(Outcome(place="inner", rows=1, columns=()))
    return 7


@pytest.mark.parametrize(("holds", "places"), [(True, ["inner"]), (False, ["a", "inner"])])
def test_a_unit_writes_packed_and_returns_what_came_of_it(
    *, holds: bool, places: list[str]
) -> None:
    unit, out = Unit(place="a", name="a", copy=writes, holds=holds), io.BytesIO()
    found = unit.copied(out, "gzip", Job(plan=plan()), Asked())
    assert gzip.decompress(out.getvalue()) == b"abc"
    assert [one.place for one in found] == places


def test_files_inside_cannot_be_measured_together() -> None:
    unit = Unit(place="a", name="a", copy=writes, holds=True)
    with pytest.raises(HongxianError, match="measure one table"):
        unit.copied(io.BytesIO(), None, Job(plan=plan()), Asked(quasi=("age",)))
