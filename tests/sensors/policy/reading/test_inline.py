import pytest

from hongxian.sensors.policy.reading.inline import Inline, Piece


def text(line: str) -> str:
    return "".join(line[piece.start : piece.end] for piece in Inline().pieces(line))


@pytest.mark.parametrize(
    ("line", "read"),
    [
        ("我们会**收集**您的_信息_", "我们会收集您的信息"),
        ("~~旧~~新 `IMEI`", "旧新 IMEI"),
        (r"1\. 手机\*号", "1. 手机*号"),
        ("手机号 138****1234 保密", "手机号 138****1234 保密"),
        ("android_id 和 READ_PHONE_STATE", "android_id 和 READ_PHONE_STATE"),
        ('见[清单](http://a.cn/x_(1).html "标题")。', "见清单。"),
        ("<https://a.cn/p>", "https://a.cn/p"),
        ("<b>注意</b><span style='x'>。</span>", "注意。"),
        ("![图](a.png)说明", "说明"),
        ("a < b 且 [括号] 保留", "a < b 且 [括号] 保留"),
    ],
)
def test_markup_falls_away_and_text_stays(line: str, read: str) -> None:
    assert text(line) == read


def test_bold_runs_on_to_the_next_line_of_a_paragraph() -> None:
    inline = Inline()
    assert inline.pieces("**我们会收集") == [Piece(2, 7, bold=True)]
    assert inline.pieces("面容**信息") == [Piece(0, 2, bold=True), Piece(4, 6)]


def test_links_keep_their_target_and_the_bold_inside() -> None:
    line = "[**清单**](<http://a.cn>)"
    assert Inline().pieces(line) == [Piece(3, 5, bold=True, link="http://a.cn")]
    line = "[《SDK[1]清单》](b)"
    assert Inline().pieces(line) == [Piece(1, 11, link="b")]


def test_breaks_and_pictures_are_told() -> None:
    inline = Inline()
    assert inline.pieces("一<br/>二![](a.png)") == [
        Piece(0, 1), Piece(1, 1, split=True), Piece(6, 7),
    ]  # fmt: skip
    assert inline.images == 1
