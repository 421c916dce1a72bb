from __future__ import annotations

from pathlib import Path

from tests.guards.keep.receiver import receiver

from hongxian.guards.keep.evidence.copies import copy_head
from hongxian.guards.keep.evidence.heads import read_heads
from hongxian.guards.keep.evidence.keys import make_key
from hongxian.guards.keep.evidence.log import EvidenceLog


def test_heads_are_given_to_every_place(tmp_path: Path) -> None:
    log = EvidenceLog(tmp_path / "log", make_key(tmp_path / "key"))
    folder, file = tmp_path / "vault", tmp_path / "second"
    folder.mkdir()
    with receiver() as got:
        places = [str(folder), str(file), got.address]
        for _ in range(2):
            note = log.head()
            assert note
            assert copy_head(note, places) == []
            log.record("refused", {})
    log.close()
    (beside,) = folder.iterdir()
    assert log.origin.endswith(beside.stem)
    assert [one.size for one in read_heads(beside.read_text())] == [1, 2]
    assert file.read_text() == beside.read_text()
    assert [one.size for body in got.bodies for one in read_heads(body.decode())] == [1, 2]


def test_places_that_refuse_are_told_and_the_others_get_it(tmp_path: Path) -> None:
    with receiver(503) as got:
        places = [str(tmp_path / "no" / "x"), got.address, "http://elsewhere.example/", "file://x",
                  str(tmp_path / "good")]  # fmt: skip
        refused = dict(copy_head("a\n", places))
    assert refused[places[0]] == "No such file or directory"
    assert refused[places[1]] == "HTTP 503"
    assert set(refused) == set(places[:4])
    assert (tmp_path / "good").read_text() == "a\n\n"
