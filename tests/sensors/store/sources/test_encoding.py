from __future__ import annotations

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.store.sources.encoding import blocks, is_text, tell

TEXT = "姓名,手机\n张三,13812345678\n" * 20


@pytest.mark.parametrize(
    ("coding", "told"),
    [("utf-8", "utf-8"), ("utf-8-sig", "utf-8"), ("gb18030", "gb18030"), ("gbk", "gb18030"),
     ("utf-16", "utf-16-le"), ("utf-16-le", "utf-16-le"), ("utf-16-be", "utf-16-be"),
     ("utf-32", "utf-32-le")],
)  # fmt: skip
def test_the_encoding_is_told_and_the_text_comes_out_whole(coding: str, told: str) -> None:
    text = TEXT + "a,1\n" * 60
    data = text.encode(coding)
    encoding, mark = tell(data)
    assert encoding == told
    assert b"".join(blocks(io.BytesIO(data), encoding, mark)).decode() == text


def test_a_character_that_the_head_cuts_off_does_not_mislead() -> None:
    assert tell(TEXT.encode()[:17])[0] == "utf-8"
    assert tell(TEXT.encode("gb18030")[:5])[0] == "gb18030"


def test_a_broken_byte_here_and_there_is_still_utf_8() -> None:
    assert tell(TEXT.encode() + b"\xff\xfe\xff" + TEXT.encode())[0] == "utf-8"
    assert tell(b"\xff" * 3 + b"\x81 caf\xe9\xff \xff " * 2)[0] == "latin-1"


@given(
    st.lists(st.sampled_from(["a", "é", "深", "😀"]) | st.binary(max_size=3), max_size=20),
    st.integers(1, 9),
)
def test_utf_8_is_read_as_a_decoder_reads_it_wherever_blocks_end(
    parts: list[str | bytes], size: int
) -> None:
    data = b"".join(one.encode() if isinstance(one, str) else one for one in parts)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("hongxian.sensors.store.sources.encoding.BLOCK", size)
        found = [*blocks(io.BytesIO(data), "utf-8")]
    wanted = data.decode("utf-8", "ignore")
    assert b"".join(found).decode().replace("\ufffd", "") == wanted.replace("\ufffd", "")
    assert not [one for one in found if not one]


def test_pictures_are_no_text() -> None:
    assert is_text(TEXT.encode("gb18030"))
    assert is_text(TEXT.encode("utf-16"))
    assert not is_text(bytes(range(256)) * 8)
    assert not is_text(b"\xff\xd8\xff\xe0" + b"\x81\xff\x00\x01" * 99)


@given(st.binary(max_size=300))
def test_any_bytes_have_an_encoding(data: bytes) -> None:
    encoding, mark = tell(data)
    assert b"".join(blocks(io.BytesIO(data), encoding, mark)) is not None
    is_text(data)
