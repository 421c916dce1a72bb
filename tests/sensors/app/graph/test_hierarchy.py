from __future__ import annotations

import numpy as np

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.graph.hierarchy import Hierarchy, descriptor


def names(program: Program, numbers: object) -> set[str]:
    return {program.class_name(int(n)) for n in numbers}  # type: ignore[attr-defined]


def test_ancestors_are_superclasses_and_interfaces(lantern: Program) -> None:
    tree = Hierarchy(lantern)
    own = tree.find("cn.hongxian.lantern.MacTask")
    classes, ancestors = tree.ancestors(np.array([own]))
    assert set(classes.tolist()) == {own}
    assert {"cn.hongxian.lantern.MacTask", "java.lang.Runnable"} <= names(lantern, ancestors)


def test_subtypes_hold_the_class_itself(lantern: Program) -> None:
    tree = Hierarchy(lantern)
    found = tree.subtypes(tree.find("android.app.Activity"))
    assert {"android.app.Activity", "cn.hongxian.lantern.MainActivity"} <= names(lantern, found)


def test_platform_supertypes_count_too(lantern: Program) -> None:
    child, above = b"Landroid/app/Application;", b"Landroid/content/Context;"
    plain, told = Hierarchy(lantern), Hierarchy(lantern, {child: [above], b"LNone;": [above]})
    context = plain.find("android.content.Context")
    assert "cn.hongxian.lantern.LanternApp" not in names(lantern, plain.subtypes(context))
    assert "cn.hongxian.lantern.LanternApp" in names(lantern, told.subtypes(context))


def test_a_call_enters_the_nearest_body_above(lantern: Program) -> None:
    tree = Hierarchy(lantern)
    app = tree.find("cn.hongxian.lantern.LanternApp")
    created = [
        m for m in range(lantern.method_key.size)
        if lantern.method_name(m) == "cn.hongxian.lantern.LanternApp.onCreate"
    ]  # fmt: skip
    signature = lantern.method_signature[created]
    assert tree.resolve(np.array([app]), signature).tolist() == created
    nothing = tree.find("java.lang.Runnable")
    assert tree.resolve(np.array([nothing]), signature).tolist() == [-1]


def test_a_name_that_the_program_lacks(lantern: Program) -> None:
    assert Hierarchy(lantern).find("com.example.Nowhere") == -1
    assert descriptor("a.B$C") == b"La/B$C;"


def test_methods_by_name(lantern: Program) -> None:
    found = Hierarchy(lantern).methods_named(["onReceive", "nobody"])
    assert list(found) == ["onReceive"]
    assert "cn.hongxian.lantern.BootReceiver.onReceive" in map(
        lantern.method_name, found["onReceive"]
    )
