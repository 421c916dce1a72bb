import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.fuzz.policies import LARGE, MADE

from hongxian.errors import ArtefactError
from hongxian.sensors.policy.document import Document
from hongxian.sensors.policy.reading import read_bytes

INPUTS = 150
SIZE = 0.3
"""Of the size that the long runs take."""
NAMES = ("p.html", "p.md", "p.txt", "p.pdf", "p.docx", "p.mhtml", "p")
HEADS = (
    b"",
    b"<html>",
    b"%PDF-1.7\n",
    b"PK\x03\x04",
    b"MIME-Version: 1.0\nContent-Type: text/html",
)
MARKUP = "# *_`[]()|-=<>/!&;:\n\t 一、（）。我们收集pdivtabler0123"


def read(name: str, data: bytes) -> Document | None:
    """Read, or see one clear line; whatever else comes out is a fault of the reader."""
    try:
        return read_bytes(name, data)
    except ArtefactError as error:
        line = str(error)
    assert line.startswith(name)
    assert "\n" not in line
    return None


def is_whole(document: Document) -> None:
    """The blocks stand in order inside the text, parted by one newline each."""
    spans = sorted({(block.start, block.end) for block in document.blocks})
    at = 0
    for start, end in spans:
        assert start == at
        assert start < end <= len(document.text)
        assert document.text[start:end].strip() == document.text[start:end]
        at = end + 1
    assert not spans or at == len(document.text) + 1
    for mark in (*document.marks, *document.links):
        assert 0 <= mark.start < mark.end <= len(document.text)


@pytest.mark.parametrize("kind", MADE)
def test_damaged_policies_are_read_or_refused_in_one_line(kind: str) -> None:
    name, make = MADE[kind]
    read_count = 0
    for number in range(INPUTS):
        document = read(name, make(number))
        if document is not None:
            read_count += 1
            is_whole(document)
    assert read_count > 0


@pytest.mark.parametrize("name", LARGE)
def test_large_policies_made_to_be_slow_are_read_or_refused(name: str) -> None:
    file, data = LARGE[name](SIZE)
    document = read(file, data)
    assert document is None or len(document.text) <= len(data)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(NAMES), st.sampled_from(HEADS), st.binary(max_size=400))
def test_any_bytes_are_read_or_refused(name: str, head: bytes, data: bytes) -> None:
    document = read(name, head + data)
    if document is not None:
        is_whole(document)


@settings(max_examples=200, deadline=None)
@given(st.sampled_from(NAMES[:3]), st.text(st.sampled_from(MARKUP), min_size=1, max_size=300))
def test_any_markup_keeps_its_characters_in_step_with_the_source(name: str, text: str) -> None:
    document = read(name, text.encode())
    if document is None:
        return
    is_whole(document)
    if name == "p.txt" and document.format == "text":
        for start, at, length in document.source.pieces:
            assert document.text[start : start + length].split() == text[at : at + length].split()
