"""Mutated policies, format by format; the same number always makes the same input."""

from __future__ import annotations

import random
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.fuzz.mutate import mutated
from tests.sensors.policy.reading.makers import PICTURE, WORD, At, Rule, docx, packed, pdf

if TYPE_CHECKING:
    from collections.abc import Callable

_PAGE = Path(__file__).parents[1] / "sensors/policy/reading/data/meadow.html"
_MARKDOWN = """# 隐私政策

更新日期：**2024年3月1日**

## 一、收集
我们会收集您的**手机号**和[清单](https://a.example/list)。
- 相机权限
    - 相册
1.
位置信息

| 名称 | 信息 |
|---|---|
| 星图 | IMEI<br>MAC |

收集
----
"""
_TEXT = "隐私政策\n一、收集\n我们会收集您的手机号码，用于注册\n账号；1、相机\n（二）共享\n" * 4
_HTML_PIECES = (
    "<div>", "</div>", "<table>", "<tr>", "<td rowspan=9 colspan=99>", "</table>", "<li>", "<ul>",
    "<b>", "</b>", "<font size=-9 color=#>", "<p style='font:1/2 x;color:#12;display:none'>",
    "<br>", "<style>p{", "}", "@media screen{", "</style>", "<script>", "</script>", "<!--", "-->",
    "<pre>", "<?xml a?>",
    "<textarea>", "<svg>", "<math>", "<template>", "<select><option>", "&#0;", "&#xD800;", "&amp",
    "<a href='", "'>", "<h1>", "<body hidden>", "<frameset>", "<img src=x>", "<title>", "<", ">",
    "<meta charset=utf-16>", "<plaintext>", "\0", "\ufeff",
)  # fmt: skip
_TEXT_PIECES = (
    "**", "*", "__", "`", "[", "](", ")", "<br>", "|", "|---|---|\n", "\n\n", "\r", "\n", "    ",
    "# ", "====\n", "---\n", "- ", "1. ", "> ", "~~", "\\", "![", "（", "一、", "\t", "\u3000",
    "\u2028", "\u200b", "\x0c", "。", "2.1.1.1 ", "①", "(" * 9, "[" * 9,
)  # fmt: skip
_WORD_PIECES = (
    "<w:p>", "</w:p>", "<w:tbl>", "</w:tbl>", "<w:tr>", "</w:tr>", "<w:tc>", "</w:tc>", "<w:r>",
    '<w:gridSpan w:val="99"/>', "<w:vMerge/>", '<w:outlineLvl w:val="x"/>', "<w:t>", "</w:t>",
    "<!DOCTYPE a>", "&#0;", "&a;", '<w:numPr><w:ilvl w:val="-1"/></w:numPr>', "<![CDATA[", "]]>",
)  # fmt: skip
_WHOLE_PIECES = (
    "<w:p/>", "<w:tbl/>", "<w:tbl><w:tr/></w:tbl>", "<w:tc/>", "<w:tr/>", "<w:r/>", "<w:pPr/>",
    '<w:gridSpan w:val="99"/>', "<w:vMerge/>", '<w:outlineLvl w:val="8"/>', "<w:t>甲</w:t>",
    "<w:tblGrid><w:gridCol/></w:tblGrid>", '<w:pStyle w:val="1"/>', "<w:br/>", "<w:tab/>",
    "<w:hyperlink><w:r><w:t>乙</w:t></w:r></w:hyperlink>", "<w:del/>", "<w:drawing/>",
    '<w:numPr><w:ilvl w:val="-1"/><w:numId/></w:numPr>', "<w:sdt><w:sdtContent/></w:sdt>",
    "<w:tblHeader/>", '<w:vanish w:val="x"/>', "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>",
)  # fmt: skip
_CHARSETS = ("utf-8", "utf-16", "utf-16-le", "utf-32", "gb18030", "big5", "hz", "utf-7", "cp1252")
_MOST = 200


def _spliced(text: str, pieces: tuple[str, ...], number: int, *, whole: bool = False) -> str:
    """Return a text with pieces of markup put in, some many times, and stretches taken out.

    Args:
        text: what to start from.
        pieces: the markup.
        number: of the input.
        whole: put pieces between elements only.
    """
    dice = random.Random(number)
    for _ in range(1 + int(dice.random() * 6)):
        place = int(dice.random() * (len(text) + 1))
        if whole:
            place = max(0, text.find("<w:", place))
        if not whole and dice.random() < 0.2:
            text = text[:place] + text[place + int(dice.random() * 80) :]
            continue
        piece = pieces[int(dice.random() * len(pieces))]
        times = 1 if dice.random() < 0.7 else int(dice.random() * _MOST)
        text = text[:place] + piece * times + text[place:]
    return text


def _text_or_bytes(text: str, pieces: tuple[str, ...], number: int) -> bytes:
    if number % 3:
        return _spliced(text, pieces, number).encode("utf-8", "replace")
    return mutated([text.encode()], number)


def _html(number: int) -> bytes:
    return _text_or_bytes(_page(), _HTML_PIECES, number)


def _markdown(number: int) -> bytes:
    return _text_or_bytes(_MARKDOWN, _TEXT_PIECES, number)


def _text(number: int) -> bytes:
    return _text_or_bytes(_TEXT, _TEXT_PIECES, number)


def _charset(number: int) -> bytes:
    """Return a page in one charset that declares another, sometimes with damaged bytes."""
    told, meant = _CHARSETS[number % 9], _CHARSETS[number // 9 % 9]
    page = _page().replace('charset="utf-8"', f'charset="{told}"', 1)
    data = page.encode(meant, "replace")
    return mutated([data], number) if number % 2 else data


def _pdf(number: int) -> bytes:
    return mutated(_pdfs(), number)


def _docx(number: int) -> bytes:
    """Return a damaged archive, or a sound one with damaged parts."""
    if number % 3 == 0:
        return mutated([docx(_body(), _STYLES)], number)
    pieces = _WORD_PIECES if number % 3 == 1 else _WHOLE_PIECES
    return docx(_spliced(_body(), pieces, number, whole=number % 3 == 2), _STYLES)


def _parts(number: int) -> bytes:
    """Return a DOCX whose parts are damaged byte by byte."""
    text = docx_main()
    main = mutated([text.encode()], number).decode("utf-8", "replace")
    return packed({"word/document.xml": main, **_STYLES})


def _saved(number: int) -> bytes:
    head = (
        'MIME-Version: 1.0\r\nContent-Type: multipart/related; boundary="x"\r\n\r\n--x\r\n'
        "Content-Type: text/html; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n"
    )
    data = f"{head}{_page()}\r\n--x--\r\n".encode()
    return mutated([data[:900], data], number)


_SHEET = '<w:style w:styleId="1"><w:name w:val="heading 2"/><w:basedOn w:val="1"/></w:style>'
_STYLES = {"word/styles.xml": f'<w:styles xmlns:w="{WORD}">{_SHEET}</w:styles>'}


def docx_main() -> str:
    """Return the main part of a small DOCX."""
    return f'<w:document xmlns:w="{WORD}"><w:body>{_body()}</w:body></w:document>'


def _body() -> str:
    run = "<w:r><w:rPr><w:b/></w:rPr><w:t>我们会收集您的手机号码。</w:t><w:br/></w:r>"
    cell = f"<w:tc><w:tcPr><w:vMerge/></w:tcPr><w:p>{run}</w:p></w:tc>"
    row = f"<w:tr>{cell}{cell}</w:tr>"
    styled = '<w:pPr><w:pStyle w:val="1"/></w:pPr>'
    return f"<w:p>{styled}{run}</w:p><w:tbl>{row}{row}</w:tbl><w:p>{run}</w:p>"


@cache
def _page() -> str:
    return _PAGE.read_text(encoding="utf-8")


@cache
def _pdfs() -> list[bytes]:
    grid = [Rule(60, y, 400, y) for y in (600, 630, 660)]
    grid += [Rule(x, 600, x, 660) for x in (60, 200, 400)]
    lines = [At(60, 780 - 18 * n, "我们会收集您的手机号码" * 3) for n in range(4)]
    return [pdf([*lines, *grid], [PICTURE, *lines]), pdf(lines, packed=True), pdf(lines)]


MADE: dict[str, tuple[str, Callable[[int], bytes]]] = {
    "html": ("p.html", _html),
    "markdown": ("p.md", _markdown),
    "text": ("p.txt", _text),
    "charset": ("p.html", _charset),
    "pdf": ("p.pdf", _pdf),
    "docx": ("p.docx", _docx),
    "parts": ("p.docx", _parts),
    "saved": ("p.mhtml", _saved),
}
"""Kind of input -> a file name, and what makes the input of a number."""


def _many(name: str, piece: bytes, megabytes: int) -> Callable[[float], tuple[str, bytes]]:
    count = (megabytes << 20) // len(piece)
    return lambda share: (name, piece * round(count * share))


def _spanning(share: float) -> tuple[str, bytes]:
    cells = "<tr><td rowspan=999 colspan=999>a" * round(30_000 * share)
    return "p.html", f"<table>{cells}".encode()


def _ruled(share: float) -> tuple[str, bytes]:
    sheet = ".a .a .a>.a{color:red}" * round(3_000 * share)
    body = "<div class=a>" * 900 + "<p class=a>甲</p>" * round(40_000 * share)
    return "p.html", f"<style>{sheet}</style>{body}".encode()


def _grids(share: float) -> tuple[str, bytes]:
    """Return pages of ruled lines: each as many as are searched for tables."""
    lines = range(44)
    across: list[At | Rule | str] = [Rule(50, 50 + 10 * n, 480, 50 + 10 * n) for n in lines]
    down = [Rule(50 + 10 * n, 50, 50 + 10 * n, 480) for n in lines]
    return "p.pdf", pdf(*[[*across, *down]] * max(1, round(40 * share**4)))


def _word(body: Callable[[int], str], count: int) -> Callable[[float], tuple[str, bytes]]:
    return lambda share: ("p.docx", docx(body(round(count * share))))


LARGE: dict[str, Callable[[float], tuple[str, bytes]]] = {
    "50 MB of nested tags": _many("p.html", b"<div>", 50),
    "nested tags": _many("p.html", b"<div>", 19),
    "tags left open": _many("p.html", b"<b><p>", 19),
    "angle brackets": _many("p.html", b"<", 19),
    "open comments": _many("p.html", b"<!--", 19),
    "text only": _many("p.html", "我们收集".encode(), 11),
    "character references": _many("p.html", b"&amp;", 10),
    "rules": _many("p.html", b"<style>.a .b>c{color:red}", 5),
    "stars": _many("p.md", b"**a", 1),
    "bars": _many("p.md", b"|a|---|\n", 1),
    "brackets": _many("p.md", b"[a](", 1),
    "backticks": _many("p.md", b"`", 1),
    "underscores": _many("p.md", b"_ ", 1),
    "list signs": _many("p.md", b"- ", 1),
    "rows of dashes": _many("p.md", b"a\n---\n", 1),
    "a long line of Markdown": _many("p.md", b"**a", 19),
    "blanks": _many("p.txt", b" \n", 19),
    "line ends": _many("p.txt", b"\na", 1),
    "numbers": _many("p.txt", b"1.1.", 1),
    "numerals": _many("p.txt", "一、\n".encode(), 1),
    "one line": _many("p.txt", b"a", 19),
    "boundaries": _many("p.mhtml", b"MIME-Version: 1.0\nContent-Type: text/html\n\n--x\n", 19),
    "headers": _many("p.mhtml", b"Content-Type: text/html;\n a=b\n", 19),
    "pdf heads": _many("p.pdf", b"%PDF-1.7\n1 0 obj\n<< /A [", 19),
    "zip heads": _many("p.docx", b"PK\x03\x04PK\x01\x02PK\x05\x06", 19),
    "spanning cells": _spanning,
    "rules on many elements": _ruled,
    "ruled pages": _grids,
    "nested lists": _many("p.html", "<ul><li>甲".encode(), 1),
    "zip bomb": _word(lambda count: " " * count, 200 << 20),
    "deep word": _word(lambda count: "<w:tbl><w:tr><w:tc>" * count, 5_000),
    "many rows": _word(lambda count: f"<w:tbl>{'<w:tr></w:tr>' * count}</w:tbl>", 60_000),
    "tall merges": _word(lambda count: f"<w:tbl>{_merged(count)}</w:tbl>", 20_000),
}
"""Inputs that are large and would be slow for a careless reader, by the share of their size."""


def _merged(rows: int) -> str:
    merge = '<w:tcPr><w:vMerge w:val="restart"/></w:tcPr>'
    start = f"<w:tc>{merge}<w:p><w:r><w:t>a</w:t></w:r></w:p></w:tc>"
    on = "<w:tc><w:tcPr><w:vMerge/></w:tcPr></w:tc>"
    return f"<w:tr>{start * 2}</w:tr>" + f"<w:tr>{on * 2}</w:tr>" * rows
