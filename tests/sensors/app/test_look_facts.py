from __future__ import annotations

from types import SimpleNamespace

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.sensors.app.look_facts import look_facts
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.package import open_package
from hongxian.sensors.app.package.model import PolicyPart

ABOUT = About("app:a@1#0", "0" * 64)


RULES = "<p>" + "我们收集您的手机号码，用于创建账号。" * 20


def looks(text: str, kind: str = "policy", rules: str = RULES) -> dict[str, float | None]:
    part = PolicyPart(kind=kind, name="a", locator="assets/a.html", text=text + rules)
    package = SimpleNamespace(policies=(part,))
    return {str(f.item): f.amount for f in look_facts(ABOUT, package)}  # type: ignore[arg-type]


def test_the_samples() -> None:
    def read(name: str) -> dict[str | None, tuple[float | None, str | None]]:
        with open_package(SAMPLES / f"{name}.apk") as package:
            return {f.item: (f.amount, f.unit) for f in look_facts(ABOUT, package)}

    assert read("lantern") == {
        "font_size": (7.0, "sp"), "contrast": (1.43, "ratio"), "line_spacing": (1.0, "ratio"),
    }  # fmt: skip
    assert read("lantern_clean")["font_size"] == (16.0, "sp")


@pytest.mark.parametrize(
    ("style", "found"),
    [
        ("body { font-size: 9pt }", {"font_size": 12.0}),
        ("html, body { font-size: 10.5px }", {"font_size": 10.5}),
        ("body { line-height: 120% }", {"line_spacing": 1.2}),
        ("* { color: #ccc !important }", {"contrast": 1.61}),
        ("body { color: rgb(0, 0, 0); background: white }", {"contrast": 21.0}),
        ("body { color: black; background-color: gray }", {"contrast": 5.32}),
        ("body { font-size: 0.8em; color: var(--ink); line-height: 20px }", {}),
        ("body { color: #000; background: url(a.png) }", {}),
        ("p { font-size: 7px } .small, li { color: #eee }", {}),
        ("/* body { font-size: 3px } */ body { font-size: 14px }", {"font_size": 14.0}),
    ],
)  # fmt: skip
def test_what_a_sheet_sets_for_the_whole_text(style: str, found: dict[str, float]) -> None:
    assert looks(f"<html><style>{style}</style><body>x</body></html>") == found


def test_the_body_has_the_last_word() -> None:
    text = "<style>body{font-size:16px}</style><body class=a style='font-size: 8px'>x</body>"
    assert looks(text) == {"font_size": 8.0}


def test_only_policies_in_html_have_a_look() -> None:
    sheet = "<style>body{font-size:8px}</style>"
    assert looks(sheet, kind="agreement") == {}
    assert looks("body{font-size:8px}") == {}
    assert looks(sheet, rules="<iframe src='https://a.cn/privacy'></iframe>") == {}
