from __future__ import annotations

import datetime as dt
import io
from typing import TYPE_CHECKING, Any

import docx
import pytest
from tests.guards.mask.copies.made import PHONE, copied, told, unzipped, zipped

from hongxian.errors import HongxianError
from hongxian.guards.mask.plan import Named

if TYPE_CHECKING:
    from pathlib import Path

WHO = {"author": Named("basic.name", "partial")}
CHANGED = (
    '<w:p xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:ins w:id="1" w:author="张三" w:date="2024-01-02T00:00:00Z">'
    "<w:r><w:t>new</w:t></w:r></w:ins>"
    f'<w:del w:id="2" w:author="张三"><w:r><w:delText>{PHONE}</w:delText></w:r></w:del></w:p>'
)


def document(*, picture: bool = False) -> Any:
    made = docx.Document()
    paragraph = made.add_paragraph("call 138")
    paragraph.add_run("1234").bold = True
    paragraph.add_run("5678 now")
    table = made.add_table(1, 2)
    table.cell(0, 0).text, table.cell(0, 1).text = "tel", PHONE
    made.sections[0].header.paragraphs[0].text = f"head {PHONE}"
    made.add_comment(paragraph.runs, text=f"ask {PHONE}", author="张三", initials="张")
    made.element.body.append(docx.oxml.parse_xml(CHANGED))
    made.core_properties.author, made.core_properties.comments = "张三", PHONE
    made.core_properties.created = dt.datetime(2024, 1, 2)  # noqa: DTZ001 - as Word keeps it
    if picture:
        made.add_picture(io.BytesIO(PNG))
    return made


PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082"
)


@pytest.fixture
def source(tmp_path: Path) -> Path:
    document().save(str(tmp_path / "in.docx"))
    return tmp_path / "in.docx"


def test_all_texts_of_a_document_are_covered_and_its_structure_stays(
    source: Path, tmp_path: Path
) -> None:
    found = copied(source, tmp_path / "out.docx", **WHO)
    assert told(found) == []
    made = docx.Document(str(tmp_path / "out.docx"))
    first = made.paragraphs[0]
    assert first.text == "call 138****5678 now"
    assert [run.text for run in first.runs if run.bold] == ["****"]
    assert made.tables[0].cell(0, 1).text == "138****5678"
    assert made.sections[0].header.paragraphs[0].text == "head 138****5678"
    [comment] = made.comments
    assert (comment.text, comment.author) == ("ask 138****5678", "张*")
    assert (made.core_properties.author, made.core_properties.comments) == ("张*", "138****5678")
    assert made.core_properties.created.year == 2024


def test_nothing_personal_is_left_in_any_part(source: Path, tmp_path: Path) -> None:
    copied(source, tmp_path / "out.docx", **WHO)
    old, new = (unzipped(path.read_bytes()) for path in (source, tmp_path / "out.docx"))
    assert list(old) == list(new)
    whole = b"".join(new.values()).decode("utf-8", "replace")
    assert PHONE not in whole
    assert "张三" not in whole
    assert new["docProps/thumbnail.jpeg"] != old["docProps/thumbnail.jpeg"]
    assert new["word/styles.xml"] == old["word/styles.xml"]


def test_what_a_change_took_out_is_found_across_what_stayed(tmp_path: Path) -> None:
    made = docx.Document()
    made.element.body.append(docx.oxml.parse_xml(
        CHANGED.split("<w:ins", maxsplit=1)[0] + "<w:r><w:t>138</w:t></w:r>"
        '<w:ins w:author="x"><w:r><w:t>0000</w:t></w:r></w:ins>'
        '<w:del w:author="x"><w:r><w:delText>1234</w:delText></w:r></w:del>'
        "<w:r><w:t>5678</w:t></w:r></w:p>"
    ))  # fmt: skip
    made.save(str(tmp_path / "in.docx"))
    copied(tmp_path / "in.docx", tmp_path / "out.docx")
    text = unzipped((tmp_path / "out.docx").read_bytes())["word/document.xml"].decode()
    assert "<w:delText>****</w:delText>" in text
    assert "<w:t>****</w:t>" in text


def test_a_picture_refuses_the_document_unless_it_is_left_out(tmp_path: Path) -> None:
    source, target = tmp_path / "in.docx", tmp_path / "out.docx"
    document(picture=True).save(str(source))
    with pytest.raises(HongxianError, match=r"in\.docx!.*(png|jpeg): content"):
        copied(source, target, **WHO)
    assert not target.exists()
    found = copied(source, target, skip=True, **WHO)
    assert any("word/media/image1.png" in line for line in told(found))
    assert docx.Document(str(target)).inline_shapes[0]
    assert unzipped(target.read_bytes())["word/media/image1.png"] != PNG


def test_a_damaged_document_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "in.docx").write_bytes(zipped({"word/document.xml": "<w:p>"}))
    with pytest.raises(HongxianError, match=r"in\.docx: no whole docx file"):
        copied(tmp_path / "in.docx", tmp_path / "out.docx")
