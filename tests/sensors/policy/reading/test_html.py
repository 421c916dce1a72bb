import pytest

from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号。"


def read(body: str) -> Document:
    return read_bytes("p.html", f"<!doctype html><html><body>{body}</body></html>".encode())


def parts(body: str) -> list[tuple[str, int, str]]:
    document = read(body)
    return [(b.kind, b.level, document.text[b.start : b.end]) for b in document.blocks]


def test_headings_paragraphs_and_breaks() -> None:
    body = f"<h1>隐私<span>政策</span></h1><div>{CLAUSE}<br>第二行<p>第三行</div>尾<h3>共享</h3>"
    assert parts(body) == [
        ("heading", 1, "隐私政策"), ("paragraph", 0, CLAUSE), ("paragraph", 0, "第二行"),
        ("paragraph", 0, "第三行"), ("paragraph", 0, "尾"), ("heading", 3, "共享"),
    ]  # fmt: skip


def test_nested_lists_have_depths() -> None:
    inner = "<ol><li>二<ul><li>三</li></ul></li></ol>"
    body = f"<ul><li>一{inner}</li><li>四</li></ul><dl><dt>名<dd>义</dl>"
    assert parts(body) == [
        ("item", 1, "一"), ("item", 2, "二"), ("item", 3, "三"), ("item", 1, "四"),
        ("paragraph", 0, "名"), ("item", 1, "义"),
    ]  # fmt: skip


def test_what_is_never_shown_as_text_is_left_out() -> None:
    code = "<script>var a='收集'</script><style>p{}</style><!-- 丁 --><?php 戊 ?>"
    body = "<template>甲</template><svg><text>乙</text></svg><noscript>丙</noscript>"
    assert parts(f"{code}{body}<p>{CLAUSE}</p>") == [("paragraph", 0, CLAUSE)]


def test_hidden_text_is_kept_and_marked() -> None:
    document = read(f"<p>{CLAUSE}<span style='display:none'>不展示</span></p>")
    assert [block.look.hidden for block in document.blocks] == [False, True]


def test_bold_and_underlined_stretches_are_marked() -> None:
    document = read(
        "<p>收集<b>身份证</b>、<u>面容</u>和<i>昵称</i><span style='font-weight:600'>。</span></p>"
    )
    assert [document.text[m.start : m.end] for m in document.marks] == ["身份证", "面容", "。"]


def test_links_keep_their_targets() -> None:
    document = read("<p>见<a href=' list.html '><b>清单</b></a>和<a name=x>此处</a></p>")
    assert [(document.text[k.start : k.end], k.target) for k in document.links] == [
        ("清单", "list.html")
    ]


def test_a_table_gives_cells_with_all_their_places() -> None:
    body = """<table><tr><th>名称<th>公司<th>信息</tr>
        <tr><td>星图<td rowspan=2>上海星图<td><p>IMEI</p><p>MAC</p></tr>
        <tr><td>月图<td>OAID</tr></table>"""
    document = read(body)
    cells = {(b.row, b.column): document.text[b.start : b.end] for b in document.blocks}
    assert cells[1, 1] == cells[2, 1] == "上海星图"
    assert cells[1, 2] == "IMEI\nMAC"
    assert cells[2, 2] == "OAID"
    assert [b.header for b in document.blocks if b.row == 0] == [True] * 3


def test_a_table_that_lays_out_the_page_is_none() -> None:
    body = f"""<table><tr><td>菜单</td><td><h2>共享</h2><p>{CLAUSE}</p>
        <table><tr><th>名<td>信</tr><tr><td>星<td>IMEI</tr></table></td></tr></table>"""
    document = read(body)
    kinds = [(b.kind, b.table, document.text[b.start : b.end]) for b in document.blocks]
    assert kinds == [
        ("paragraph", None, "菜单"), ("heading", None, "共享"), ("paragraph", None, CLAUSE),
        ("cell", 0, "名"), ("cell", 0, "信"), ("cell", 0, "星"), ("cell", 0, "IMEI"),
    ]  # fmt: skip


def test_a_table_of_one_column_is_paragraphs() -> None:
    body = f"<table><tr><td>{CLAUSE}</td></tr><tr><td>二</td></tr></table>"
    assert [kind for kind, _, _ in parts(body)] == ["paragraph", "paragraph"]


def test_a_caption_stands_before_its_table() -> None:
    body = "<table><caption>表一</caption><tr><td>名<td>信</tr></table>"
    assert [(kind, text) for kind, _, text in parts(body)] == [
        ("paragraph", "表一"), ("cell", "名"), ("cell", "信"),
    ]  # fmt: skip


def test_a_list_inside_a_cell_is_lines_of_the_cell() -> None:
    body = "<table><tr><td>星图<td><ul><li>IMEI<li>MAC</ul></tr></table>"
    assert [(kind, text) for kind, _, text in parts(body)] == [
        ("cell", "星图"),
        ("cell", "IMEI\nMAC"),
    ]


def test_preformatted_text_keeps_its_lines() -> None:
    assert parts("<pre>一\n  二\n三</pre>") == [
        ("paragraph", 0, "一"), ("paragraph", 0, "二"), ("paragraph", 0, "三"),
    ]  # fmt: skip
    kept = "<div style='white-space: pre-line'>一\n<b>二</b>\n三</div>"
    assert [text for _, _, text in parts(kept)] == ["一", "二", "三"]
    mixed = "<pre>一\n<b>二</b></pre>"
    assert [text for _, _, text in parts(mixed)] == ["一", "二"]


def test_markdown_inside_pre_is_read_as_such() -> None:
    assert parts(f"<p>前</p><pre># 政策\n**注意**\n- 手机号\n\n{CLAUSE}</pre>")[1:] == [
        ("heading", 1, "政策"), ("heading", 2, "注意"), ("item", 1, "手机号"),
        ("paragraph", 0, CLAUSE),
    ]  # fmt: skip


def test_the_source_is_the_character_data_of_the_body() -> None:
    document = read("\n\n<p>我们</p>\n<p>收集&amp;使用</p>")
    assert document.source.to_source(0, 2) == (0, 2)
    assert document.source.to_source(3, 8) == (3, 8)


def test_display_makes_blocks_and_lines() -> None:
    assert [t for _, _, t in parts("一<span style='display:block'>二</span>三")] == [
        "一",
        "二",
        "三",
    ]
    assert [t for _, _, t in parts("<div style='display:inline'>一</div>二")] == ["一二"]


def test_styles_of_html_and_body_hold_inside() -> None:
    page = f"<html style='font-size:13px'><body bgcolor=white text=x><p style='color:#000'>{CLAUSE}"
    look = read_bytes("p.html", page.encode()).blocks[0].look
    assert (look.font_px, look.contrast) == (13, 21)


@pytest.mark.parametrize(
    "page",
    [
        f"{CLAUSE}<p>二",
        f"<p>{CLAUSE}<p>二</div></b></table>",
        f"<frameset><frame src=a></frameset><body><p>{CLAUSE}<p>二",
        f"<html><head><title>x</title><p>{CLAUSE}<p>二",
    ],
)
def test_broken_markup_is_read_as_a_browser_does(page: str) -> None:
    assert read_bytes("p.html", page.encode()).text in (f"{CLAUSE}\n二", "")


def test_a_page_that_hides_all_of_itself_until_a_script_runs_is_shown() -> None:
    page = f"<html><body style='display:none'><p>{CLAUSE}</p><p hidden>二</p><script>go()</script>"
    blocks = read_bytes("p.html", page.encode()).blocks
    assert [block.look.hidden for block in blocks] == [False, True]


def test_a_page_written_by_word_for_a_view_inside_an_app_is_read() -> None:
    page = f"""<html xmlns:o="urn:schemas-microsoft-com:office:office"><head>
<meta http-equiv=Content-Type content="text/html; charset=gb2312">
<!--[if gte mso 9]><xml><o:OfficeDocumentSettings/></xml><![endif]-->
<style><!-- p.MsoNormal {{mso-style-parent:""; font-size:10.5pt; line-height:150%}} --></style>
</head><body lang=ZH-CN style='text-justify-trim:punctuation'><div class=WordSection1>
<p class=MsoNormal align=center><b><span style='font-size:16.0pt;font-family:宋体'>隐私<span
lang=EN-US> </span>政策</span></b><b><span lang=EN-US><o:p></o:p></span></b></p>
<p class=MsoNormal><span lang=EN-US><o:p>&nbsp;</o:p></span></p>
<p class=MsoListParagraph><![if !supportLists]><span lang=EN-US>1.<span
style='font:7.0pt "Times New Roman"'>&nbsp;&nbsp; </span></span><![endif]><span>{CLAUSE}</span></p>
<p class=MsoNormal><span>我们会收集<span
lang=EN-US>IMEI</span>和<b>手机<span lang=EN-US>
</span>号码</b>。</span></p></div></body></html>"""
    document = read_bytes("assets_privacy.html", page.encode("gb18030"))
    assert [document.text[b.start : b.end] for b in document.blocks] == [
        "隐私 政策", f"1. {CLAUSE}", "我们会收集IMEI和手机号码。",
    ]  # fmt: skip
    assert [(b.kind, b.look.font_px) for b in document.blocks] == [
        ("heading", 21.33), ("item", None), ("paragraph", 14),
    ]  # fmt: skip


def test_a_minified_page_of_an_app_s_own_view_is_read() -> None:
    page = (
        '<!doctype html><html><head><meta charset=utf-8><meta name=viewport content="width=device-'
        'width"><script>document.documentElement.style.fontSize=innerWidth/7.5+"px"</script><style>'
        "*{margin:0}.t{font-size:.36rem;font-weight:700}.c{font-size:13px;color:#bbb;background:#fff"
        f"}}</style></head><body><div class=t>一、收集</div><div class=c>{CLAUSE}</div>"
        f"<div class=c>{CLAUSE}<a href=file:///android_asset/sdk.html>清单</a></div></body></html>"
    )
    document = read_bytes("yszc.html", page.encode())
    first, second, third = document.blocks
    assert (first.kind, first.look.font_px) == ("heading", None)
    assert (second.look.font_px, second.look.contrast) == (13, 1.92)
    assert document.text[third.start : third.end] == CLAUSE + "清单"
    assert document.links[0].target == "file:///android_asset/sdk.html"
