from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.mask.copies.made import PHONE, copied, told, unzipped, zipped
from tests.sensors.policy.reading.makers import PICTURE as PIC
from tests.sensors.policy.reading.makers import At, pdf

from hongxian.errors import Exit, HongxianError

if TYPE_CHECKING:
    from pathlib import Path

PAGE = f"Call {PHONE} on every working day of the week, or write a letter to us"


def test_a_pdf_becomes_masked_text_and_says_so(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf([At(50, 700, PAGE)]))
    found = copied(tmp_path / "in.pdf", tmp_path / "out.txt")
    text = (tmp_path / "out.txt").read_text()
    assert "Call 138****5678 on every" in text
    assert PHONE not in text
    assert "PDF is copied as masked text" in found.notes[0].say("en")


def test_no_pdf_is_written_and_none_masked_in_place(tmp_path: Path) -> None:
    (tmp_path / "in.pdf").write_bytes(pdf([At(50, 700, PAGE)]))
    for target in (tmp_path / "out.pdf", None):
        with pytest.raises(HongxianError, match=r"ends in \.txt"):
            copied(tmp_path / "in.pdf", target)
    assert [one.name for one in tmp_path.iterdir()] == ["in.pdf"]


def test_a_pdf_within_an_archive_or_a_folder_becomes_a_text_beside(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in" / "a.zip").write_bytes(zipped({"x/a.pdf": pdf([At(50, 700, PAGE)])}))
    (tmp_path / "in" / "b.pdf").write_bytes(pdf([At(50, 700, PAGE)]))
    found = copied(tmp_path / "in", tmp_path / "out")
    assert told(found) == []
    assert list(unzipped((tmp_path / "out" / "a.zip").read_bytes())) == ["x/a.pdf.txt"]
    assert "138****5678" in (tmp_path / "out" / "b.pdf.txt").read_text()
    assert len(found.notes) == 2


@pytest.mark.parametrize(
    "data",
    [pdf([PIC]), pdf([At(50, 700, PAGE)], encrypt=True), b"%PDF-1.4 broken"],
    ids=["scan", "locked", "damaged"],
)
def test_what_has_no_text_to_be_read_is_not_copied(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "in.pdf").write_bytes(data)
    with pytest.raises(HongxianError, match=r"in\.pdf: ") as error:
        copied(tmp_path / "in.pdf", tmp_path / "out.txt")
    assert error.value.code is Exit.SENSOR
    assert not (tmp_path / "out.txt").exists()
