import io
import zipfile

import pytest
from tests.sensors.policy.reading.makers import At, pdf

from hongxian.errors import ArtefactError
from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号。" * 12


@pytest.mark.parametrize(
    ("name", "text", "form"),
    [
        ("p.html", CLAUSE, "html"),
        ("p.txt", f"<p>{CLAUSE}</p>", "html"),
        ("p", f"<!DOCTYPE HTML><p>{CLAUSE}", "html"),
        ("p.txt", CLAUSE, "text"),
        ("p.md", CLAUSE, "markdown"),
        ("p.md", f"<div align=center></div>\n\n# 政策<br>\n{CLAUSE}", "markdown"),
        ("p.md", f"<!-- x --><html><body>{CLAUSE}", "html"),
        ("p.txt", f"# 政策\n\n**注意**<br>\n\n- {CLAUSE}\n", "markdown"),
        ("p.txt", f"# 政策\n\n**注意**\n\n- <div>{CLAUSE}</div>\n", "html"),
        ("p.txt", f"# 政策\n\n## 一\n\n**注意**\n\n- {CLAUSE}\n", "markdown"),
        ("p.pdf", f"<html><body>{CLAUSE}", "html"),
        ("p.docx", CLAUSE, "text"),
        ("p.txt", "a < b 而且 c > d。" + CLAUSE, "text"),
    ],
)
def test_the_content_tells_the_format_before_the_name(name: str, text: str, form: str) -> None:
    document = read_bytes(name, text.encode())
    assert document.format == form
    assert "我们会收集您的手机号码" in document.text


def test_a_pdf_under_another_name_is_a_pdf() -> None:
    data = b"\n" * 20 + pdf([At(50, 700, "隐私政策")])
    assert read_bytes("p.html", data).format == "pdf"


@pytest.mark.parametrize(
    "data",
    [
        b"\x89PNG\r\n\x1a\n0000", b"\xff\xd8\xff\xe0", b"GIF89a", b"RIFF\0\0\0\0WEBPVP8 ",
        b"\0\0\0\x18ftypheic\0\0", b"BM\0\0", b"II*\0",
    ],
)  # fmt: skip
def test_a_picture_is_a_policy_without_text(data: bytes) -> None:
    document = read_bytes("policy.html", data)
    assert (document.format, document.text, document.shell) == ("image", "", "image")
    assert document.images == 1


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"\x1f\x8b\x08\0", "an archive, not a document"),
        (b"7z\xbc\xaf\x27\x1c", "an archive"),
        (b"Rar!\x1a\x07", "an archive"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "an old Word file"),
        (b"{\\rtf1 a}", "an RTF file"),
        (bytes(range(256)) * 20, "neither text nor a known format"),
        (b"\x7fELF" + b"\0\1\2" * 300, "neither text nor a known format"),
    ],
)
def test_what_is_no_policy_is_refused_under_any_name(data: bytes, words: str) -> None:
    for name in ("p.html", "p.txt", "p.docx"):
        with pytest.raises(ArtefactError, match=words) as caught:
            read_bytes(name, data)
        assert str(caught.value).startswith(name)
        assert "\n" not in str(caught.value)


def test_an_archive_that_holds_no_word_document_is_refused() -> None:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        archive.writestr("a.txt", CLAUSE)
    with pytest.raises(ArtefactError, match="an archive, not a document"):
        read_bytes("p.docx", out.getvalue())


def test_lines_end_as_any_system_ends_them() -> None:
    lines = [CLAUSE, "第二段。"]
    read = {read_bytes("p.txt", end.join(lines).encode()).text for end in ("\n", "\r\n", "\r")}
    assert read == {"\n".join(lines)}
