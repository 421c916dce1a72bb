from __future__ import annotations

import json
import random
from typing import Any

import pytest
from tests.sensors.traffic.columns.logs import START, random_line

from hongxian.sensors.traffic.columns import quick as module
from hongxian.sensors.traffic.columns.cut import cutter, gather, tally
from hongxian.sensors.traffic.columns.joined import joined
from hongxian.sensors.traffic.columns.quick import QuickPages


def line(**what: Any) -> bytes:
    return json.dumps({"time": START, "method": "GET", "uri": "/a", "user_id": "u", "status": 200,
                       "client_ip": "10.0.0.1:99"} | what).encode()  # fmt: skip


def whole(pages: Any) -> Any:
    """Return the sum of pages, and their requests, without an order of patterns."""
    page, found = joined(pages)
    return page, [(*row[:3], dict(zip(row[5][0], row[3], strict=True)), row[4], row[5][1:])
                  for row in found]  # fmt: skip


@pytest.fixture(params=["plain", "as-built"], autouse=True)
def _built(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        for layer, names in (
            (cutter, ("Cutter",)), (gather, ("Gatherer",)), (tally, ("tallied", "times", "wrong")),
        ):  # fmt: skip
            for name in names:
                monkeypatch.setattr(module, name, getattr(layer, name))


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("unusual", [1, 3, 1_000], ids=["few", "some", "all"])
def test_lines_that_are_cut_show_what_objects_show(
    monkeypatch: pytest.MonkeyPatch, seed: int, unusual: int
) -> None:
    monkeypatch.setattr(module, "MOST_UNUSUAL", unusual)
    rng = random.Random(seed)
    lines = [random_line(rng) for _ in range(120)]
    lines += [line(user_id=rng.choice("abc"), uri=f"/orders/{rng.randrange(5)}?q=1",
                   time=START + rng.randrange(9), request_body=f'{{"phone": "1380013800{n % 9}"}}')
              for n in range(200)]  # fmt: skip
    rng.shuffle(lines)
    data = b"\n".join(lines)
    assert whole(QuickPages(b"s").cut(data)) == whole([QuickPages(b"s").page(lines)])


def test_usual_lines_are_one_page() -> None:
    data = b"\n".join(line(time=START + n) for n in range(50))
    (page,) = QuickPages(b"s").cut(data)
    assert page[:5] == (50, 50, 0, START, START + 49)
    ((*_, callers),) = page[5]
    assert len(callers) == 1


def test_a_line_that_is_no_request_is_counted_as_wrong() -> None:
    lines = [line(), line(uri=None), line(), line(uri=None), line(uri="/b")]
    pages = list(QuickPages(b"s").cut(b"\n".join(lines)))
    page, _ = joined(pages)
    assert page[:3] == (5, 3, 2)
    assert [place[1:4] for place in page[5]] == [("/a", 0, 2), ("/b", 4, 1)]


def test_bytes_that_are_no_text_go_the_way_of_objects() -> None:
    data = b"\n".join([line(), line(user_id="X").replace(b"X", b"\xff"), line(user_id="红")])
    page, _ = joined(QuickPages(b"s").cut(data))
    assert page[:3] == (3, 2, 1)


def test_targets_that_somebody_makes_up_are_not_all_remembered(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("hongxian.sensors.traffic.columns.shapes.MOST_SHAPES", 3)
    pages = QuickPages(b"s")
    for block in range(3):
        lines = [line(uri=f"/{'abcdef'[n]}{'x' * 5_000 * (n == 1)}") for n in range(6)]
        (page,) = pages.cut(b"\n".join(lines))
        assert len(page[5]) == 6
        assert len(pages._known) == 6, block
