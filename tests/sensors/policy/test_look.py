import pytest
from tests.sensors.policy.reading.makers import PICTURE, pdf

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.look import look_findings
from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号和登录，您可以随时查看、更正或者删除。" * 8


def looks(page: str, name: str = "p.html") -> dict[str, Finding]:
    found = look_findings(read_bytes(name, page.encode()))
    return {one.item: one for one in found}


def styled(body: str, notice: str = "", **rules: str) -> str:
    css = "".join(f"{name} {{{rule}}}" for name, rule in rules.items())
    return f"<html><style>{css}</style><body>{body}{notice}</body></html>"


def test_type_size_contrast_and_spacing_of_the_body_text() -> None:
    rule = "font-size: 10px; color: #999; background: #fff; line-height: 1.2"
    found = looks(styled(f"<p>{CLAUSE}</p>", p=rule))
    size = found["font_size"]
    assert (size.amount, size.unit) == (10, "sp")
    assert (size.start, size.end) == (0, len(CLAUSE))
    assert (found["contrast"].amount, found["contrast"].unit) == (2.85, "ratio")
    assert (found["line_spacing"].amount, found["line_spacing"].unit) == (1.2, "ratio")


def test_the_smallest_type_tells_its_place_and_share() -> None:
    page = styled(f"<p>{CLAUSE}</p><ul><li>{CLAUSE}</li></ul>", p="font-size:16px",
                  li="font-size:9pt")  # fmt: skip
    size = looks(page)["font_size"]
    assert size.amount == 12
    assert (size.start, size.end) == (len(CLAUSE) + 1, 2 * len(CLAUSE) + 1)
    assert size.detail == {"known": 1.0, "share": 0.5}


def test_a_tiny_footnote_does_not_speak_for_the_page() -> None:
    page = styled(f"<p>{CLAUSE}</p>", "<small>版权所有</small>", p="font-size:15px",
                  small="font-size:6px; color:#eee; background:#fff")  # fmt: skip
    found = looks(page)
    assert found["font_size"].amount == 15


@pytest.mark.parametrize("mark", ["h2", "div hidden"])
def test_headings_and_hidden_text_are_no_body_text(mark: str) -> None:
    page = f"<p style='font-size:14px'>{CLAUSE}</p><{mark} style='font-size:5px'>{CLAUSE}</{mark}>"
    assert looks(page)["font_size"].amount == 14


def test_a_page_that_says_nothing_has_no_figures() -> None:
    assert looks(f"<p>{CLAUSE}</p>") == {}


def test_hidden_text_is_counted_and_its_longest_stretch_shown() -> None:
    page = f"<p>{CLAUSE}</p><p style='display:none'>短句</p><div hidden>{CLAUSE}</div>"
    hidden = looks(page)["hidden_text"]
    assert hidden.amount == len(CLAUSE) + 2
    assert hidden.unit == "character"
    assert hidden.detail == {"blocks": 2}
    assert hidden.end - hidden.start == len(CLAUSE)


def test_a_cell_over_two_columns_counts_once() -> None:
    page = (f"<table><tr><th>甲</th><th>乙</th></tr><tr><td colspan=2 hidden>{CLAUSE}</td></tr>"
            f"<tr><td>{CLAUSE}</td><td>丁</td></tr></table>")  # fmt: skip
    assert looks(page)["hidden_text"].amount == len(CLAUSE)


def test_text_as_a_picture_is_said_to_be_one() -> None:
    found = look_findings(read_bytes("p.pdf", pdf([PICTURE])))
    assert [(one.item, one.detail) for one in found] == [("image_only", {"images": 1})]
    page = "<html><body><img src=1.png><img src=2.png></body></html>"
    assert looks(page)["image_only"].detail == {"images": 2}


def test_a_page_that_a_script_fills_has_no_looks() -> None:
    page = "<html><body style='font-size:8px'><div id=app></div><script src=a.js></script>载入中"
    assert looks(page) == {}
