from __future__ import annotations

import dataclasses

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.app.dex.annotations import annotated_methods, type_index
from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.dex.tables import read_dex

BRIDGE = b"Lcn/hongxian/lantern/Bridge;"
MARK = b"Landroid/webkit/JavascriptInterface;"


def test_the_marked_methods_of_a_class(lantern: Program) -> None:
    (dex,) = lantern.dexes
    assert annotated_methods(dex, BRIDGE, MARK) == ["phone"]
    assert annotated_methods(dex, b"Lcn/hongxian/lantern/Torch;", MARK) == []


def test_names_that_the_file_does_not_have(lantern: Program) -> None:
    (dex,) = lantern.dexes
    assert annotated_methods(dex, b"Lcn/hongxian/Nowhere;", MARK) == []
    assert annotated_methods(dex, BRIDGE, b"Lcn/hongxian/Nowhere;") == []
    assert type_index(dex, b"~") == -1
    assert dex.string_bytes(int(dex.types[type_index(dex, MARK)])) == MARK


def test_a_class_that_the_file_only_names(lantern: Program) -> None:
    (dex,) = lantern.dexes
    assert annotated_methods(dex, b"Landroid/app/Activity;", MARK) == []


def test_a_directory_outside_the_file(lantern: Program) -> None:
    (dex,) = lantern.dexes
    classes = dex.classes.copy()
    classes["annotations"] = len(dex.raw) - 3
    assert annotated_methods(dataclasses.replace(dex, classes=classes), BRIDGE, MARK) == []


@given(st.integers(0, 2**32 - 1), st.integers(0, 15))
def test_any_directory_ends(lantern_dex: bytes, value: int, step: int) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    row = np.flatnonzero(dex.classes["type"] == type_index(dex, BRIDGE))[0]
    place = int(dex.classes["annotations"][row]) + step
    raw = lantern_dex[:place] + value.to_bytes(4, "little") + lantern_dex[place + 4 :]
    assert isinstance(annotated_methods(dataclasses.replace(dex, raw=raw), BRIDGE, MARK), list)
