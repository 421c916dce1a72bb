import pytest

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import read_bytes
from hongxian.sensors.policy.reading.lines import looks_like_markdown

CLAUSE = "我们会收集您的手机号码，用于注册账号。"


def blocks(text: str, name: str = "p.md") -> list[tuple[str, int, str]]:
    return parts(read_bytes(name, text.encode()))


def parts(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]


def test_headings_lists_and_paragraphs_of_markdown() -> None:
    text = f"""# 隐私政策

{CLAUSE}
    {CLAUSE}

##二、收集
- 手机号
    - 短信验证码
* **昵称**
  1. 头像
> 引用
"""
    assert blocks(text) == [
        ("heading", 1, "隐私政策"),
        ("paragraph", 0, CLAUSE),
        ("paragraph", 0, CLAUSE),
        ("heading", 2, "二、收集"),
        ("item", 1, "手机号"),
        ("item", 2, "短信验证码"),
        ("item", 1, "昵称"),
        ("item", 1, "1. 头像"),
        ("paragraph", 0, "引用"),
    ]


@pytest.mark.parametrize("rule", ["---", "* * *", "_____", "=========="])
def test_rules_part_paragraphs_and_are_no_text(rule: str) -> None:
    assert blocks(f"{CLAUSE}\n\n{rule}\n\n{CLAUSE}") == [("paragraph", 0, CLAUSE)] * 2


def test_a_line_underlined_is_a_heading_but_not_where_rules_part_all_sections() -> None:
    assert blocks(f"隐私政策\n====\n\n收集\n---\n{CLAUSE}")[:2] == [
        ("heading", 1, "隐私政策"), ("heading", 2, "收集"),
    ]  # fmt: skip
    many = f"收集\n----\n{CLAUSE}\n" * 6
    assert {kind for kind, _, _ in blocks(many)} == {"paragraph"}


def test_a_paragraph_that_a_page_break_split_is_joined() -> None:
    assert blocks("我们会收集您的手机号码，\n用于注册账号。") == [("paragraph", 0, CLAUSE)]
    assert blocks("1.\n手机号码")[0][2] == "1. 手机号码"


def test_bold_is_marked_over_lines_but_not_over_paragraphs() -> None:
    document = read_bytes("p.md", "**我们会收集，\n面容** 信息。\n\n**未闭合\n\n正文".encode())
    assert [document.text[m.start : m.end] for m in document.marks] == [
        "我们会收集，面容",
        "未闭合",
    ]


def test_links_breaks_and_pictures() -> None:
    document = read_bytes("p.md", "见[清单](https://a.cn/x)<br>第二行 ![](a.png)".encode())
    assert [document.text[k.start : k.end] for k in document.links] == ["清单"]
    assert document.links[0].target == "https://a.cn/x"
    assert document.text == "见清单\n第二行"
    assert document.images == 1


def test_a_table_of_markdown_becomes_cells() -> None:
    table = "| 名称 | 信息 |\n|---|---|\n| 星图 | **IMEI**<br>MAC |\n| 月图 | |"
    text = f"{CLAUSE}\n\n{table}\n\n{CLAUSE}"
    document = read_bytes("p.md", text.encode())
    cells = [block for block in document.blocks if block.kind == "cell"]
    assert [(c.row, c.column, document.text[c.start : c.end], c.header) for c in cells] == [
        (0, 0, "名称", True), (0, 1, "信息", True),
        (1, 0, "星图", False), (1, 1, "IMEI\nMAC", False), (2, 0, "月图", False),
    ]  # fmt: skip
    assert document.blocks[-1].kind == "paragraph"


def test_plain_text_keeps_its_signs() -> None:
    assert blocks("手机号*码\n# 不是标题", "p.txt") == [
        ("paragraph", 0, "手机号*码"), ("paragraph", 0, "# 不是标题"),
    ]  # fmt: skip


def test_plain_text_broken_by_width_is_joined() -> None:
    lines = [
        "我们非常重视您的个人信息安全，并会尽全力保护您的个人信息安全可",
        "靠。请您在使用本应用之前，仔细阅读并充分理解本政策，尤其是其中",
        "加粗的内容，我们会收集您的手机号码，用于注册账号，您可以拒绝提",
        "供。",
    ]
    assert blocks("\n".join(lines), "p.txt") == [("paragraph", 0, "".join(lines))]


def test_text_is_markdown_by_three_signs() -> None:
    assert looks_like_markdown("# 政策\n**注意**\n- 手机号\n")
    assert not looks_like_markdown("# 政策\n**注意**\n手机号\n")
