from __future__ import annotations

import errno
import os
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence import log as module
from hongxian.guards.keep.evidence.clock import TrustedClock
from hongxian.guards.keep.evidence.keys import SigningKey, make_key
from hongxian.guards.keep.evidence.log import EvidenceLog, heads_beside
from hongxian.guards.keep.evidence.verify import heads_of, verify_log


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return make_key(tmp_path_factory.mktemp("keys") / "key")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "log"


def kinds(path: Path) -> list[str]:
    import json

    return [json.loads(line)["kind"] for line in path.read_bytes().splitlines()]


def test_entries_are_there_and_hold(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)
    log.record("refused", {"says": "call 13800138000"})
    log.append("refused", {})
    log.close()
    assert "13800138000" not in path.read_text()
    again = EvidenceLog(path, key)
    again.record("refused", {})
    assert again.origin == log.origin
    again.close()
    found = verify_log(path, heads_of(path), key.public)
    assert (found.faults, found.tree.size, found.heads) == ([], 4, 2)
    assert kinds(path) == ["opened", "refused", "refused", "refused"]


def test_one_writer_alone(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)
    with pytest.raises(HongxianError, match="another process"):
        EvidenceLog(path, key)
    log.close()
    EvidenceLog(path, key).close()


def test_another_s_key_does_not_go_on(path: Path, key: SigningKey, tmp_path: Path) -> None:
    EvidenceLog(path, key).close()
    with pytest.raises(HongxianError, match="not the one given"):
        EvidenceLog(path, make_key(tmp_path / "other"))


@pytest.mark.parametrize("left", [1, 20, 150])
def test_half_a_last_line_is_told_and_mended(path: Path, key: SigningKey, left: int) -> None:
    log = EvidenceLog(path, key)
    log.record("refused", {})
    whole = path.read_bytes()
    log.record("refused", {"n": 1})
    log.close()
    heads_beside(path).unlink()
    half = path.read_bytes()[len(whole) :][:left]
    path.write_bytes(whole + half)
    EvidenceLog(path, key).close()
    assert path.read_bytes().startswith(whole), "nothing acknowledged is lost"
    assert kinds(path) == ["opened", "refused", "mended"]
    assert (path.parent / "log.torn-2").read_bytes() == half
    assert verify_log(path, heads_of(path)).faults == []


def test_a_crash_while_it_was_made(path: Path, key: SigningKey) -> None:
    path.write_bytes(b'{"at"')
    EvidenceLog(path, key).close()
    assert kinds(path) == ["opened"]


def test_an_acknowledged_line_that_was_cut_is_not_mended(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)
    log.record("refused", {})
    log.close()
    path.write_bytes(path.read_bytes()[:-5])
    with pytest.raises(HongxianError, match="cut off"):
        EvidenceLog(path, key)


def test_an_altered_log_takes_no_more(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)
    for number in range(3):
        log.record("refused", {"n": number})
    log.close()
    path.write_bytes(path.read_bytes().replace(b'"n":1', b'"n":7'))
    with pytest.raises(HongxianError, match=r"line.* 3 .*sequence 2"):
        EvidenceLog(path, key)


KILLED = """
import sys
from pathlib import Path
from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.evidence.log import EvidenceLog
log = EvidenceLog(Path(sys.argv[1]), load_key(Path(sys.argv[2])))
while True:
    print(log.record("refused", {"text": "x" * 500}).seq, flush=True)
"""


def test_a_writer_that_is_killed_loses_nothing(path: Path, tmp_path: Path) -> None:
    own = make_key(tmp_path / "key")
    command = (sys.executable, "-c", KILLED, str(path), str(tmp_path / "key"))
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as writer:
        assert writer.stdout
        told = [int(writer.stdout.readline()) for _ in range(50)]
        writer.kill()
    log = EvidenceLog(path, own)
    assert log.size > max(told)
    log.close()


def test_a_full_disk_leaves_nothing_of_an_entry(
    path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EvidenceLog(path, key)
    before = path.read_bytes()
    write = os.write

    def full(place: int, data: bytes) -> int:
        if len(data) < 100:
            raise OSError(errno.ENOSPC, "No space left on device")
        return write(place, data[:-50])

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "write", full)
        with pytest.raises(HongxianError, match="No space"):
            log.append("refused", {})
    assert path.read_bytes() == before
    log.record("refused", {})
    log.close()
    assert verify_log(path, heads_of(path)).faults == []


def test_a_disk_that_fails_takes_no_more(
    path: Path, key: SigningKey, monkeypatch: pytest.MonkeyPatch
) -> None:
    log = EvidenceLog(path, key)

    def fails(_: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(module.os, "fdatasync", fails)
        with pytest.raises(HongxianError, match="Input/output"):
            log.record("refused", {})
    with pytest.raises(HongxianError, match="takes no more"):
        log.append("refused", {})
    log.close()


def test_many_writers_share_the_disk(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)

    def several() -> None:
        for _ in range(20):
            log.record("refused", {})

    threads = [threading.Thread(target=several) for _ in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    log.close()
    found = verify_log(path, heads_of(path))
    assert (found.tree.size, found.faults) == (81, [])


def test_heads_are_due_when_there_is_something_new(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key)
    assert log.head()
    assert log.head() is None
    log.record("refused", {})
    assert log.head()
    log.close()


def test_the_time_never_goes_back(path: Path, key: SigningKey) -> None:
    log = EvidenceLog(path, key, TrustedClock(0, lambda: 5_000.0, lambda: 0.0))
    log.close()
    back = TrustedClock(0, lambda: 1_000.0, lambda: 0.0)
    again = EvidenceLog(path, key, back)
    again.record("refused", {})
    again.close()
    assert back.now() == 5_000.0
    assert verify_log(path).faults == []


BAD: list[tuple[str, dict[str, object]]] = [
    ("Bad", {}),
    ("a", {"x": 0.5}),
    ("a", {"x": "y" * 2**20}),
]


@pytest.mark.parametrize(("kind", "body"), BAD, ids=["kind", "fraction", "long"])
def test_what_cannot_be_written(
    path: Path, key: SigningKey, kind: str, body: dict[str, object]
) -> None:
    log = EvidenceLog(path, key)
    with pytest.raises(HongxianError, match="cannot be written"):
        log.append(kind, body)
    log.close()


def test_places_that_cannot_be_written(tmp_path: Path, key: SigningKey) -> None:
    with pytest.raises(HongxianError, match="No such file"):
        EvidenceLog(tmp_path / "no" / "log", key)
    log = EvidenceLog(tmp_path / "log", key)
    (tmp_path / "log.heads").mkdir()
    with pytest.raises(HongxianError, match="folder"):
        log.head()
