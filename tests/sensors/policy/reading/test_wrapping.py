import pytest

from hongxian.sensors.policy.reading.wrapping import continues, goes_on, starts_paragraph, wrapped

LINES = [
    "我们非常重视您的个人信息安全，并会尽全力保护您的个人信息安全可",
    "靠。请您在使用本应用之前，仔细阅读并充分理解本政策，尤其是其中",
    "加粗的内容。",
    "1、为了向您提供注册和登录功能，我们会收集您的手机号码和短信验证",
    "码；如果您拒绝提供这些信息，您将无法登录，但不影响您以访客的身",
    "份浏览公开的日记。",
]


def test_lines_broken_by_width_go_on() -> None:
    assert wrapped(LINES) == [False, True, True, False, True, True]


def test_paragraphs_of_different_lengths_are_not_broken() -> None:
    lines = ["总则", LINES[0] + LINES[1] + LINES[2], "手机号；", "邮箱；", LINES[3] * 3]
    assert wrapped(lines) == [False] * 5
    assert wrapped(LINES[:3]) == [False] * 3
    assert wrapped([line + "。" for line in LINES] * 3)[:2] == [False, False]


def test_english_text_is_joined_too() -> None:
    lines = [
        "We collect your phone number and the code that we send to it, so that",
        "you can sign in to the app, and we keep them until you close the acco",
        "unt or ask us to delete them, whichever comes first, as told in Chapt",
        "er 5 of this policy.",
    ]
    assert wrapped(lines) == [False, True, True, True]


@pytest.mark.parametrize(
    ("before", "line", "more"),
    [("满满的一行文字", "接着", True), ("", "接着", False), ("满满的一行文字", "", False),
     ("满满的一行文字", "（二）新的一段", False)],
)  # fmt: skip
def test_a_full_line_goes_on_unless_the_next_starts_anew(
    before: str, line: str, more: bool
) -> None:
    assert goes_on(before, 60, line, 60) is more


def test_a_shorter_line_that_ends_a_sentence_ends_the_paragraph() -> None:
    assert not goes_on("到此为止。", 52, "接着", 60)
    assert goes_on("到此未止", 52, "接着", 60)


@pytest.mark.parametrize(
    "line", ["一、总则", "（3）手机号", "• 邮箱", "2.1 支付", "第三条 共享", "③号", "\u3000缩进"]
)
def test_numbers_and_bullets_start_a_paragraph(line: str) -> None:
    assert starts_paragraph(line)


@pytest.mark.parametrize(
    ("before", "line", "more"),
    [
        ("1.", "手机号码", True),
        ("我们会收集手机号，", "邮箱", True),
        ("我们会收集手机号", "，邮箱", True),
        ("您的信息（包括手机号", "邮箱）会保存", True),
        ("your data (phone", "and mail) are kept", True),
        ("我们会收集手机号。", "邮箱", False),
        ("我们会收集手机号，", "2. 邮箱", False),
        ("", "邮箱", False),
        ("**手机号**", "邮箱", False),
    ],
)
def test_lines_of_markdown_that_cannot_end_a_paragraph(before: str, line: str, more: bool) -> None:
    assert continues(before, line) is more
