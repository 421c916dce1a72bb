from typing import Any

import pytest
from tests.sensors.app.package.makers import E, Ref, arsc, axml

from hongxian.sensors.app.package.arsc import Table
from hongxian.sensors.app.package.axml import parse
from hongxian.sensors.app.package.resources import Resources
from hongxian.sensors.app.package.values import Values

TABLE = arsc({"string": {"name": {"": "Lamp"}}, "bool": {"on": {"": 1}}, "xml": {"f": {"": "r/f"}}})
VALUES = Values(Resources([("resources.arsc", Table(TABLE, "x"))]), "com.a")
STRING, BOOL, FILE, LOST = (Ref(0x7F010000), Ref(0x7F020000), Ref(0x7F030000), Ref(0x7F090000))


def element(value: Any) -> Any:
    return parse(axml(E("a", {"android:name": value})), "x").root


@pytest.mark.parametrize(
    ("value", "text"),
    [("plain", "plain"), (STRING, "Lamp"), (BOOL, "1"), (LOST, None), (7, "7")],
)
def test_text(value: Any, text: str | None) -> None:
    assert VALUES.text(element(value), "name") == text


@pytest.mark.parametrize(
    ("value", "number"),
    [(7, 7), (-1, -1), ("33", 33), ("Tiramisu", None), (BOOL, 1), (LOST, None), ("9" * 40, None)],
)
def test_number(value: Any, number: int | None) -> None:
    assert VALUES.number(element(value), "name") == number


@pytest.mark.parametrize(
    ("value", "flag"),
    [(True, True), (False, False), ("TRUE", True), ("maybe", None), (BOOL, True), (LOST, None)],
)
def test_flag(value: Any, flag: bool | None) -> None:
    assert VALUES.flag(element(value), "name") is flag


@pytest.mark.parametrize(
    ("value", "name"),
    [(".Main", "com.a.Main"), ("Main", "com.a.Main"), ("b.Main", "b.Main"), ("", None)],
)
def test_class_name(value: str, name: str | None) -> None:
    assert VALUES.class_name(element(value), "name") == name


@pytest.mark.parametrize(
    ("value", "file"), [(FILE, "r/f"), (True, "true"), (False, "false"), ("res/x", "res/x")]
)
def test_file(value: Any, file: str) -> None:
    assert VALUES.file(element(value), "name") == file


def test_what_is_not_there_is_none() -> None:
    empty = parse(axml(E("a")), "x").root
    assert VALUES.text(empty, "name") is None
    assert VALUES.number(empty, "name") is None
    assert VALUES.flag(empty, "name") is None
    assert VALUES.file(empty, "name") is None
