import io

from docx import Document as Word
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from tests.sensors.policy.reading.makers import docx

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号。"
NOTES = (
    '<w:footnotes xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    "<w:footnote><w:p><w:r><w:t>注：仅限本机。</w:t></w:r></w:p></w:footnote></w:footnotes>"
)
LINKS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Target="https://a.cn/list"/></Relationships>'
)


def saved(word: Word) -> Document:
    out = io.BytesIO()
    word.save(out)
    return read_bytes("p.docx", out.getvalue())


def parts(document: Document) -> list[tuple[str, int, str]]:
    return [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]


def body(xml: str, extra: dict[str, str] | None = None) -> Document:
    return read_bytes("p.docx", docx(xml, extra))


def run(text: str, properties: str = "") -> str:
    return f"<w:r><w:rPr>{properties}</w:rPr><w:t>{text}</w:t></w:r>"


def test_headings_lists_and_paragraphs_of_word() -> None:
    word = Word()
    word.add_heading("隐私政策", 0)
    word.add_heading("一、收集", 2)
    word.add_paragraph(CLAUSE)
    word.add_paragraph("手机号", style="List Bullet")
    read = saved(word)
    assert parts(read) == [
        ("heading", 1, "隐私政策"), ("heading", 2, "一、收集"), ("paragraph", 0, CLAUSE),
        ("item", 1, "手机号"),
    ]  # fmt: skip
    assert (read.format, read.title) == ("docx", "隐私政策")


def test_merged_cells_stand_in_all_their_places() -> None:
    word = Word()
    table = word.add_table(3, 3)
    for row, texts in enumerate(
        (("名称", "公司", "信息"), ("星图", "上海", "IMEI"), ("月图", "", "x"))
    ):
        for column, text in enumerate(texts):
            table.cell(row, column).text = text
    table.cell(1, 1).merge(table.cell(2, 1))
    table.cell(2, 0).merge(table.cell(2, 0))
    read = saved(word)
    cells = {(b.row, b.column): read.text[b.start : b.end] for b in read.blocks}
    assert cells[1, 1] == cells[2, 1] == "上海"
    assert cells[2, 2] == "x"
    assert [b.header for b in read.blocks if b.row == 0] == [True] * 3
    assert not any(b.header for b in read.blocks if b.row == 1)


def test_a_cell_over_columns_and_rows_marked_as_header() -> None:
    word = Word()
    table = word.add_table(2, 3)
    table.cell(0, 0).merge(table.cell(0, 1)).text = "合计"
    table.cell(0, 2).text = "信息"
    for column in range(3):
        table.cell(1, column).text = "内容"
    table.rows[1]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    read = saved(word)
    assert [(b.row, b.column) for b in read.blocks if read.text[b.start : b.end] == "合计"] == [
        (0, 0), (0, 1),
    ]  # fmt: skip
    assert [b.header for b in read.blocks] == [False] * 3 + [True] * 3


def test_a_table_around_a_table_or_of_one_column_is_layout() -> None:
    word = Word()
    outer = word.add_table(1, 2).cell(0, 0)
    outer.text = CLAUSE
    inner = outer.add_table(1, 2)
    inner.cell(0, 0).text, inner.cell(0, 1).text = "星图", "IMEI"
    word.add_table(1, 1).cell(0, 0).text = "单栏"
    assert [kind for kind, _, _ in parts(saved(word))] == [
        "paragraph", "cell", "cell", "paragraph",
    ]  # fmt: skip


def test_bold_underlined_and_hidden_runs() -> None:
    word = Word()
    paragraph = word.add_paragraph("收集")
    paragraph.add_run("身份证").bold = True
    paragraph.add_run("、")
    paragraph.add_run("面容").underline = True
    hidden = word.add_paragraph().add_run("不展示")
    hidden.font.hidden = True
    read = saved(word)
    assert [read.text[m.start : m.end] for m in read.marks] == ["身份证", "面容"]
    assert [block.look.hidden for block in read.blocks] == [False, True]


def test_bold_by_the_style_can_be_switched_off() -> None:
    word = Word()
    word.styles["Normal"].font.bold = True
    paragraph = word.add_paragraph("粗", style="Normal")
    paragraph.add_run("细").bold = False
    style = OxmlElement("w:pStyle")
    style.set(qn("w:val"), "Normal")
    paragraph._p.get_or_add_pPr().append(style)
    read = saved(word)
    assert [read.text[m.start : m.end] for m in read.marks] == ["粗"]


def test_an_outline_level_makes_a_heading_and_a_number_an_item() -> None:
    level = '<w:p><w:pPr><w:outlineLvl w:val="2"/></w:pPr>' + run("共享") + "</w:p>"
    number = '<w:numPr><w:ilvl w:val="1"/><w:numId w:val="{}"/></w:numPr>'
    items = "".join(
        f"<w:p><w:pPr>{number.format(n)}</w:pPr>{run('邮箱')}</w:p>" for n in ("3", "0")
    )
    assert parts(body(level + items)) == [
        ("heading", 3, "共享"), ("item", 2, "邮箱"), ("paragraph", 0, "邮箱"),
    ]  # fmt: skip


def test_links_notes_pictures_breaks_and_boxes() -> None:
    link = f'<w:hyperlink r:id="r1">{run("清单")}</w:hyperlink>'
    box = f"<w:r><w:pict><w:txbxContent><w:p>{run('框内')}</w:p></w:txbxContent></w:pict></w:r>"
    signs = "<w:r><w:t>e</w:t><w:noBreakHyphen/><w:t>mail</w:t><w:tab/><w:t>地址</w:t><w:br/></w:r>"
    read = body(
        f"<w:p>{link}{signs}{run('次行')}</w:p><w:p><w:r><w:drawing/></w:r>{box}</w:p>",
        {"word/footnotes.xml": NOTES, "word/_rels/document.xml.rels": LINKS},
    )
    assert read.text == "清单e-mail 地址\n次行\n框内\n注：仅限本机。"
    assert [(read.text[k.start : k.end], k.target) for k in read.links] == [
        ("清单", "https://a.cn/list")
    ]
    assert read.images == 1


def test_what_was_deleted_or_stands_twice_is_left_out() -> None:
    deleted = f"<w:del>{run('旧')}</w:del><w:ins>{run('新')}</w:ins>"
    compatible = "http://schemas.openxmlformats.org/markup-compatibility/2006"
    twice = (
        f'<mc:AlternateContent xmlns:mc="{compatible}"><mc:Choice>{run("一")}</mc:Choice>'
        f"<mc:Fallback>{run('二')}</mc:Fallback></mc:AlternateContent>"
    )
    assert body(f"<w:p>{deleted}{twice}</w:p>").text == "新一"


def test_a_document_of_the_strict_standard_is_read() -> None:
    strict = "http://purl.oclc.org/ooxml/wordprocessingml/main"
    data = docx(f"<w:p>{run(CLAUSE)}</w:p>", namespace=strict)
    # attributes keep the strict namespace; elements are read as the usual ones
    assert read_bytes("p.docx", data).text == CLAUSE
