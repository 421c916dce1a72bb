import pytest

from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号。"


def kinds(*lines: str) -> list[tuple[str, int]]:
    document = read_bytes("p.txt", "\n".join(lines).encode())
    return [(block.kind, block.level) for block in document.blocks]


@pytest.mark.parametrize(
    ("line", "level"),
    [
        ("第一章 总则", 1),
        ("第二条 我们如何使用您的信息", 2),
        ("一、我们如何收集您的信息", 2),
        ("（一）注册与登录", 3),
        ("Article 3 Your rights", 2),
        ("1. 注册与登录", 4),
        ("2.1 支付功能", 5),
        ("2.1.3 支付密码", 6),
        ("(1) 相机权限", 5),
        ("IV. Your rights", 2),
        ("五、如何联系我们：", 2),
    ],
)
def test_numbered_lines_with_text_behind_them_are_headings(line: str, level: int) -> None:
    assert kinds(line, CLAUSE)[0] == ("heading", level)


@pytest.mark.parametrize(
    ("line", "kind", "level"),
    [
        ("1. 我们会收集您的手机号码；", "item", 1),
        ("（2）我们会收集您的头像，用于展示。", "item", 2),
        ("① 您的昵称。", "item", 3),
        ("a) 您的邮箱，", "item", 3),
        ("● 您的邮箱；", "item", 1),
        ("一、我们会收集您的手机号码，用于注册账号。", "paragraph", 0),
        ("2024.3.1", "paragraph", 0),
        ("2024年3月1日", "paragraph", 0),
        ("3.5 亿用户选择了我们，感谢。", "paragraph", 0),
        ("我们如何收集您的信息", "paragraph", 0),
    ],
)
def test_numbered_sentences_are_items_and_others_paragraphs(
    line: str, kind: str, level: int
) -> None:
    assert kinds(line, CLAUSE)[0] == (kind, level)


def test_short_lines_numbered_alike_are_a_table_of_contents() -> None:
    lines = ["一、收集", "二、使用", "三、共享", CLAUSE, "一、收集", CLAUSE]
    assert [kind for kind, _ in kinds(*lines)] == ["item"] * 3 + [
        "paragraph",
        "heading",
        "paragraph",
    ]


def test_two_numbered_lines_in_a_row_are_a_list() -> None:
    assert [kind for kind, _ in kinds(CLAUSE, "1. 手机号", "2. 邮箱", CLAUSE)] == [
        "paragraph", "item", "item", "paragraph",
    ]  # fmt: skip


def test_a_number_at_the_end_heads_nothing() -> None:
    assert kinds(CLAUSE, "1. 手机号")[-1] == ("item", 1)


def test_a_short_line_in_bold_is_a_heading_below_the_numbered_one() -> None:
    lines = ["一、收集", "<b>相机权限</b>", CLAUSE, "<b>请注意，</b>", f"<b>{CLAUSE}</b>"]
    page = "".join(f"<p>{line}</p>" for line in lines)
    blocks = read_bytes("p.html", page.encode()).blocks
    assert [(b.kind, b.level) for b in blocks] == [
        ("heading", 2), ("heading", 3), ("paragraph", 0), ("paragraph", 0), ("paragraph", 0),
    ]  # fmt: skip


def test_an_english_heading_has_few_words() -> None:
    few, many = (
        "3. Your rights",
        "3. You may ask us to see or to delete the data that we keep of you",
    )
    clause = "We collect your phone number to let you sign in."
    assert kinds(few, clause)[0] == ("heading", 4)
    assert kinds(many, clause)[0] == ("item", 1)


def test_a_title_in_bold_stands_above_the_other_lines_in_bold() -> None:
    lines = ["<b>隐私政策</b>", CLAUSE, "一、收集", CLAUSE, "<b>相机权限</b>", CLAUSE]
    page = "".join(f"<p>{line}</p>" for line in lines)
    blocks = read_bytes("p.html", page.encode()).blocks
    assert [b.level for b in blocks if b.kind == "heading"] == [1, 2, 3]


def test_lines_in_bold_stand_below_the_headings_of_the_page() -> None:
    page = f"<h2>收集</h2><p><b>相机权限</b></p><p>{CLAUSE}</p>"
    blocks = read_bytes("p.html", page.encode()).blocks
    assert [b.level for b in blocks if b.kind == "heading"] == [2, 3]
