"""Errors: one line for the user, and the exit code that goes with it."""

from __future__ import annotations

import pytest

from hongxian.errors import ArtefactError, Exit, HongxianError, place_of


def test_the_exit_codes_are_those_that_scripts_rely_on() -> None:
    codes = {code.name: code.value for code in Exit}
    assert codes == {"CLEAN": 0, "VIOLATED": 1, "USAGE": 2, "UNCLEAR": 3, "SENSOR": 4}


def test_an_error_is_its_line_and_a_wrong_use_unless_told() -> None:
    assert (str(HongxianError("no such rule")), HongxianError("x").code) == (
        "no such rule",
        Exit.USAGE,
    )
    assert HongxianError("x", Exit.SENSOR).code is Exit.SENSOR


def test_a_broken_artefact_says_where_and_what() -> None:
    with pytest.raises(HongxianError, match=r"^a\.apk: classes\.dex: cut off$") as caught:
        raise ArtefactError("a.apk: classes.dex", "cut off")
    assert caught.value.code is Exit.SENSOR
    assert (caught.value.where, caught.value.what) == ("a.apk: classes.dex", "cut off")


def test_the_place_of_a_fault_of_ours_does_not_hold_its_text() -> None:
    def look(phone: str) -> None:
        raise ValueError(phone)

    with pytest.raises(ValueError, match="13800138000") as caught:
        look("13800138000")
    place = place_of(caught.value)
    assert place.startswith("ValueError, test_errors.py:")
    assert "138" not in place.split(":")[0]
