from __future__ import annotations

import gzip
import hashlib
from pathlib import Path

import pytest
from tests.sensors.traffic.columns.logs import as_parquet, random_log, random_text

from hongxian.errors import HongxianError
from hongxian.sensors.traffic import survey as module
from hongxian.sensors.traffic.readers import Log, read_log
from hongxian.sensors.traffic.survey import Found, pages_of, pieces_of, survey


def write(folder: Path, form: str) -> Path:
    path = folder / "a.log"
    if form == "json":
        return random_log(path, 1, 200)
    if form == "combined":
        return random_text(path, 1, 200)
    if form == "parquet":
        return as_parquet(path, random_log(folder / "b.jsonl", 1, 200))
    path.write_bytes(gzip.compress(random_log(folder / "b.jsonl", 1, 200).read_bytes(), mtime=0))
    return path


@pytest.mark.parametrize("form", ["json", "combined", "parquet", "packed"])
def test_the_pieces_of_a_log_hold_all_of_it(tmp_path: Path, form: str) -> None:
    path = write(tmp_path, form)
    whole = Log(path)
    requests = list(read_log(whole))
    one = survey(path, 9_000)
    assert one.digest == hashlib.sha256(path.read_bytes()).digest()
    assert one.begins == requests[0].at
    assert (len(one.parts) > 1) is (form != "packed")
    found = Found()
    pages = [page for piece in pieces_of([one]) for page in pages_of(piece, None, found)]
    assert [sum(page[at] for page in pages) for at in (1, 2)] == [whole.read, whole.bad]


def test_a_capture_is_one_piece_that_tells_its_places(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    entry = ('{"startedDateTime": "2025-06-15T15:07:00Z", "request": {"method": "GET", "url": '
             '"https://shop.test/me?phone=13800138000", "headers": []}, "response": {"status": 200,'
             '"headers": [], "content": {}}}')  # fmt: skip
    path = tmp_path / "a.har"
    path.write_text('{"log": {"entries": [' + ",".join([entry] * 3) + "]}}")
    monkeypatch.setattr(module, "AT_ONCE", 2)
    one = survey(path, 1)
    assert (one.form, one.parts) == ("capture", ())
    (piece,) = pieces_of([one])
    found = Found()
    pages = list(pages_of(piece, b"s", found))
    assert [page[1] for page in pages] == [2, 1]
    assert found.form == "capture"
    assert [row[0] for page in pages for row in page[-1]] == [
        each.locator for each in read_log(Log(path))
    ]


def test_a_log_that_breaks_off_is_read_so_far_and_told(tmp_path: Path) -> None:
    path = write(tmp_path, "packed")
    path.write_bytes(path.read_bytes()[:-400])
    found, read = Found(), 0
    for piece in pieces_of([survey(path, 9_000)]):
        read += sum(page[1] for page in pages_of(piece, None, found))
    assert read > 50
    assert "damaged" in found.unread[0].say("en")


def test_a_log_that_is_away_is_told(tmp_path: Path) -> None:
    with pytest.raises(HongxianError):
        survey(tmp_path / "none", 1)
