from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.audit.spark_stream_state import Checkpoint, StreamState, plain
from hongxian.errors import HongxianError
from hongxian.facts.reason import Reason
from hongxian.sensors.traffic.readers import Log


def state(batch: int) -> StreamState:
    made = StreamState(batch=batch)
    made.logs += [Log(Path("/b"), form="json", read=3), Log(Path("/a"))]
    made.logs[1].unread.append(Reason("traffic.damaged", {}, "/a"))
    made.templates.bounded("/x")
    made.inventory.endpoint("GET", "/x", 5.0, "a:1").requests = 7
    return made


def test_the_state_behind_each_batch_is_kept_until_the_next_but_one(tmp_path: Path) -> None:
    kept = Checkpoint(tmp_path / "c")
    assert kept.load().batch == -1
    for batch in range(4):
        Path(kept.judges(batch)).mkdir()
        kept.keep(state(batch))
    found = kept.load()
    assert (found.batch, kept.load(before=3).batch, kept.load(before=2).batch) == (3, 2, -1)
    assert found.logs == state(3).logs
    assert found.templates.known == {"/x"}
    assert found.copied().endpoints["GET /x"].requests == 7
    left = sorted(one.name for one in (tmp_path / "c" / "state").iterdir())
    assert left == ["0000000002", "0000000002.state", "0000000003", "0000000003.state"]


def test_secrets_stay_the_same_and_are_nobody_elses(tmp_path: Path) -> None:
    one, other = Checkpoint(tmp_path / "c"), Checkpoint(tmp_path / "c")
    assert (one.secret, one.salt) == (other.secret, other.salt)
    assert (len(one.secret), len(one.salt)) == (32, 16)
    assert one.secret != Checkpoint(tmp_path / "d").secret
    assert (tmp_path / "c" / "secret").stat().st_mode & 0o77 == 0


def test_a_stream_has_one_name_however_much_was_read(tmp_path: Path) -> None:
    kept = Checkpoint(tmp_path / "c")
    found = state(1).sensed(kept.name, b"s", None)
    assert (found.artefact, found.subject) == (kept.name, f"interface:{kept.name[:12]}")
    assert [log.name for log in found.logs] == ["a", "b"]
    assert state(1).sensed(kept.name, b"s", "interface:shop").subject == "interface:shop"
    assert kept.name == Checkpoint(tmp_path / "c").name != Checkpoint(tmp_path / "d").name


@pytest.mark.parametrize("data", [b"", b"\x80", b"\xc1"], ids=["empty", "no-keys", "broken"])
def test_what_is_no_state_is_told(tmp_path: Path, data: bytes) -> None:
    kept = Checkpoint(tmp_path / "c")
    (tmp_path / "c" / "state" / "0000000001.state").write_bytes(data)
    with pytest.raises(HongxianError, match="no checkpoint"):
        kept.load()


def test_a_checkpoint_that_cannot_be_written_is_told(tmp_path: Path) -> None:
    (tmp_path / "c").write_text("")
    with pytest.raises(HongxianError):
        Checkpoint(tmp_path / "c")


def test_paths_of_spark_are_plain() -> None:
    assert plain("file:/a/b%20c.log") == "/a/b c.log"
    assert plain("file:///a/%E7%BA%A2.log") == "/a/红.log"
