"""Text on a picture, read by the models of the extra themselves."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest
from PIL import Image, ImageDraw, ImageFont
from tests.fuzz.mutate import inputs

from hongxian.errors import ArtefactError
from hongxian.facts import Reason
from hongxian.sensors.session.screens import ocr
from hongxian.sensors.session.screens.ocr import can_read, read_picture

FONTS = [*Path("/usr/share/fonts").rglob("NotoSansCJK-Regular.ttc"),
         *Path("/usr/share/fonts").rglob("wqy-zenhei.ttc")]  # fmt: skip


def picture(*lines: str, form: str = "PNG") -> bytes:
    font = ImageFont.truetype(str(FONTS[0]), 32)
    image = Image.new("RGB", (640, 80 + 80 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    for place, line in enumerate(lines):
        draw.text((40, 40 + 80 * place), line, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, form)
    return out.getvalue()


def test_a_picture_of_a_prompt_is_read_with_its_places() -> None:
    unread: list[Reason] = []
    data = picture("请阅读《隐私政策》", "不同意", form="JPEG")
    screen = read_picture(data, "first.jpg", unread, at=3.0, package="com.example.game")
    title, refuse = screen.nodes
    assert (title.text, refuse.text) == ("请阅读《隐私政策》", "不同意")
    assert refuse.bounds is not None
    left, top, right, bottom = refuse.bounds
    assert left < 60
    assert right > 100
    assert top < 140 < bottom
    assert (screen.read_by, screen.at, screen.locator) == ("ocr", 3.0, "first.jpg")
    assert {screen.package, refuse.package} == {"com.example.game"}
    assert unread == []


def test_a_picture_without_text_is_an_empty_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    assert read_picture(picture(), "p.png", []).nodes == ()
    monkeypatch.setattr(ocr, "LEAST_SURE", 1.1)
    unread: list[Reason] = []
    assert read_picture(picture("同意"), "p.png", unread).nodes == ()
    assert [one.word for one in unread] == ["session_device.doubtful_text"]


def test_buttons_beside_one_another_stay_two() -> None:
    screen = read_picture(picture("拒绝\u3000\u3000\u3000\u3000同意"), "p.png", [])
    assert [node.text for node in screen.nodes] == ["拒绝", "同意"]


@pytest.mark.parametrize("data", [b"", b"<hierarchy/>", b"\x89PNG\r\n\x1a\n", picture("甲")[:200]])
def test_what_is_no_picture_is_refused(data: bytes) -> None:
    with pytest.raises(ArtefactError, match=r"p\.png: no picture"):
        read_picture(data, "p.png", [])


def test_damaged_pictures_are_decoded_or_refused_in_one_line() -> None:
    seeds = [picture("甲", form=form) for form in ("PNG", "JPEG", "WEBP")]
    for _, data in inputs(seeds, 600):
        with contextlib.suppress(ArtefactError):
            ocr._pixels(data, "p.png")


@pytest.mark.parametrize("size", [(1, 1), (1, 3000), (3000, 2), (40, 40)])
def test_pictures_of_odd_shapes_do_no_harm(size: tuple[int, int]) -> None:
    out = io.BytesIO()
    Image.new("L", size, 128).save(out, "PNG")
    with contextlib.suppress(ArtefactError):
        assert read_picture(out.getvalue(), "p.png", []).nodes == ()


def test_what_the_models_cannot_take_is_told() -> None:
    out = io.BytesIO()
    Image.new("L", (1, 3000), 128).save(out, "PNG")
    with pytest.raises(ArtefactError, match=r"p\.png: the text could not be recognised"):
        read_picture(out.getvalue(), "p.png", [])


def test_a_picture_of_too_many_pixels_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ocr, "MOST_PIXELS", 100)
    with pytest.raises(ArtefactError, match="pixels"):
        read_picture(picture(), "p.png", [])
    monkeypatch.setattr(Image, "MAX_IMAGE_PIXELS", 100)
    with pytest.raises(ArtefactError, match="pixels"):
        read_picture(picture(), "p.png", [])


def test_without_the_extra_the_way_to_get_it_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    assert can_read()
    monkeypatch.setattr(ocr, "_NEEDS", ("no_such_module_of_ours",))
    with pytest.raises(ArtefactError, match=r"hongxian\[ocr\]"):
        read_picture(picture(), "p.png", [])
