from itertools import pairwise
from pathlib import Path

import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.policy.reading import Limits, read_bytes, read_policy

CLAUSE = "我们会收集您的手机号码，用于注册账号。" * 12
MEADOW = Path(__file__).parent / "data" / "meadow.html"


def test_a_policy_is_read_from_a_file() -> None:
    document = read_policy(MEADOW)
    assert document.name == "meadow.html"
    assert document.title == "青禾日记隐私政策"
    assert (document.format, document.charset, document.language) == ("html", "utf-8", "zh-Hans")
    assert document.shell is None
    headings = [document.text[b.start : b.end] for b in document.blocks if b.kind == "heading"]
    assert headings[:3] == [
        "青禾日记隐私政策",
        "一、我们如何收集和使用您的个人信息",
        "（一）注册与登录",
    ]


def test_blocks_stand_in_order_parted_by_one_newline() -> None:
    document = read_policy(MEADOW)
    spans = sorted({(block.start, block.end) for block in document.blocks})
    assert [(block.start, block.end) for block in document.blocks] != []
    assert spans[0][0] == 0
    assert spans[-1][1] == len(document.text)
    for (_, end), (start, _) in pairwise(spans):
        assert document.text[end:start] == "\n"


def test_bytes_are_read_as_a_file_is() -> None:
    assert read_bytes("meadow.html", MEADOW.read_bytes()) == read_policy(MEADOW)


def test_a_missing_file_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"nothing.html.*cannot be opened") as caught:
        read_policy(tmp_path / "nothing.html")
    assert "\n" not in str(caught.value)
    with pytest.raises(ArtefactError, match="cannot be opened"):
        read_policy(tmp_path)


@pytest.mark.parametrize("data", [b"", b" \r\n\t "])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(ArtefactError, match=r"p\.html: the file is empty"):
        read_bytes("p.html", data)


def test_a_file_above_the_limit_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    path = tmp_path / "p.txt"
    path.write_bytes(b"a" * (3 << 20))
    with pytest.raises(ArtefactError, match="larger than 2 MB"):
        read_policy(path, Limits(size=2 << 20))


def test_a_text_longer_than_the_limit_is_refused() -> None:
    with pytest.raises(ArtefactError, match="more than 100 characters"):
        read_bytes("p.txt", CLAUSE.encode(), Limits(characters=100))
    with pytest.raises(ArtefactError, match="more than 10 paragraphs"):
        read_bytes("p.txt", b"a\n" * 40, Limits(blocks=10))
    assert read_bytes("p.txt", b" " * 200 + b"a", Limits(characters=100)).text == "a"
