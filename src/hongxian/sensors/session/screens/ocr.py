"""Reads a picture of the screen, where the dump has no text: games, Flutter, web pages.

Needs the extra ``ocr``; its models come with it, and nothing is fetched.
"""

from __future__ import annotations

import io
import warnings
from dataclasses import replace
from functools import cache
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any

from hongxian.facts import Reason
from hongxian.sensors.session.bundle.faults import SessionError
from hongxian.sensors.session.model import Node, Screen

if TYPE_CHECKING:
    from collections.abc import Iterable

MOST_PIXELS = 50_000_000
LEAST_SURE = 0.6
"""Lines that the model is less sure of are left out."""
_LEVEL, _GAP = 0.6, 0.6
"""Share of the height that two pieces of one line have in common, and the widest gap in heights."""
_NEEDS = ("rapidocr", "onnxruntime", "PIL")
_FORMATS = ("PNG", "JPEG", "WEBP")


def can_read() -> bool:
    """Return whether the extra is installed."""
    return all(find_spec(name) is not None for name in _NEEDS)


def read_picture(  # noqa: PLR0913 - what the picture does not tell
    data: bytes,
    name: str,
    unread: list[Reason],
    *,
    at: float | None = None,
    package: str = "",
    activity: str | None = None,
) -> Screen:
    """Return the lines of text on a picture as the elements of a screen.

    Args:
        data: PNG, JPEG or WebP.
        name: the picture, as a user knows it.
        unread: takes why not all of it was read.
        at: when it was taken.
        package: whose window it is, where known.
        activity: the activity in front, where known.

    Raises:
        SessionError: the extra is missing, or it is no picture.
    """
    if not can_read():
        raise SessionError(name, "session_device.no_ocr")
    pixels = _pixels(data, name)
    if pixels is None:
        limit = MOST_PIXELS // 1_000_000
        raise SessionError(name, "session_device.large_picture", limit=limit)
    try:
        found = _engine()(pixels)
    except Exception:  # noqa: BLE001 - code of others: whatever it was, nothing was read
        raise SessionError(name, "session_device.ocr_failed") from None
    lines = zip(found.boxes, found.txts, found.scores, strict=True) if found.txts else ()
    nodes: list[Node] = []
    doubtful = 0
    for box, text, sure in lines:
        if sure < LEAST_SURE:
            doubtful += 1
        elif text.strip():
            _add(nodes, Node(text=text, kind="text", package=package, bounds=_bounds(box)))
    if doubtful:
        unread.append(Reason("session_device.doubtful_text", {"count": doubtful}, name))
    return Screen(
        at=at, nodes=tuple(nodes), locator=name, package=package, activity=activity, read_by="ocr"
    )


def _pixels(data: bytes, name: str) -> Any:
    """Return the picture as numbers, blue first; ``None`` when it has too many."""
    import numpy as np  # noqa: PLC0415 - only where a picture is read
    from PIL import Image, UnidentifiedImageError  # noqa: PLC0415 - of the extra

    broken = (UnidentifiedImageError, OSError, ValueError, SyntaxError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(io.BytesIO(data), formats=_FORMATS) as picture:
                if picture.width * picture.height > MOST_PIXELS:
                    return None
                return np.ascontiguousarray(np.asarray(picture.convert("RGB"))[:, :, ::-1])
    except broken:
        raise SessionError(name, "session_device.no_picture") from None
    except (Image.DecompressionBombError, Image.DecompressionBombWarning):
        return None


def _add(nodes: list[Node], new: Node) -> None:
    """Add a piece of text; one that goes on where the last ends is of the same line.

    The wide brackets around names of documents part a line in two.
    """
    last = nodes[-1] if nodes else None
    if last is None or last.bounds is None or new.bounds is None:
        nodes.append(new)
        return
    left, top, right, bottom = last.bounds
    start, upper, end, lower = new.bounds
    height = min(bottom - top, lower - upper)
    level = min(bottom, lower) - max(top, upper) > height * _LEVEL
    if level and 0 <= start - right + height * _GAP <= 2 * height * _GAP:
        bounds = (left, min(top, upper), max(right, end), max(bottom, lower))
        nodes[-1] = replace(last, text=last.text + new.text, bounds=bounds)
    else:
        nodes.append(new)


@cache
def _engine() -> Any:
    from rapidocr import RapidOCR  # noqa: PLC0415 - an optional extra, and heavy

    return RapidOCR(params={"Global.log_level": "error", "Global.use_cls": False})


def _bounds(box: Iterable[Iterable[float]]) -> tuple[int, int, int, int]:
    across, down = zip(*box, strict=True)
    return round(min(across)), round(min(down)), round(max(across)), round(max(down))
