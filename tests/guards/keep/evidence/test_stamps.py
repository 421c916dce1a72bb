from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.guards.keep.evidence.authority import Authority, made
from tests.guards.keep.receiver import receiver

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence.clock import TrustedClock
from hongxian.guards.keep.evidence.heads import Head, read_head
from hongxian.guards.keep.evidence.keys import SigningKey, make_key
from hongxian.guards.keep.evidence.log import EvidenceLog
from hongxian.guards.keep.evidence.stamps import (
    Stamped,
    check_stamps,
    signed_part,
    stamp_note,
    stamps_beside,
)
from hongxian.guards.keep.evidence.verify import heads_of, load_heads
from hongxian.guards.keep.outward import OutwardError


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Authority]:
    with receiver(got=made(tmp_path_factory.mktemp("tsa") / "own")) as one:
        yield one


@pytest.fixture(scope="module")
def key(tmp_path_factory: pytest.TempPathFactory) -> SigningKey:
    return make_key(tmp_path_factory.mktemp("key") / "key")


def checked(path: Path, authority: Authority) -> Stamped:
    heads = [head for file in heads_of(path) for head in load_heads(file)]
    return check_stamps(stamps_beside(path), heads, authority.ca)


def kinds(found: Stamped) -> list[tuple[str, int]]:
    return [(one.kind, one.line) for one in found.faults]


def test_heads_are_stamped_and_checked(tmp_path: Path, key: SigningKey, authority) -> None:
    log = EvidenceLog(tmp_path / "log", key)
    for number in range(2):
        log.record("refused", {"n": number})
        stamp_note(log.head() or "", authority.address, stamps_beside(log.path))
    log.close()
    found = checked(tmp_path / "log", authority)
    assert (found.good, found.covered, found.faults) == (2, 3, [])
    assert found.at is not None
    assert found.at.tzinfo is not None
    assert -1 <= found.late < 60  # openssl tells whole seconds


def test_what_was_stamped_cannot_be_changed_unseen(tmp_path: Path, key, authority) -> None:
    log = EvidenceLog(tmp_path / "log", key)
    for number in range(3):
        log.record("refused", {"n": number})
        stamp_note(log.head() or "", authority.address, stamps_beside(log.path))
    log.close()
    stamps, heads = stamps_beside(log.path), heads_of(log.path)[0]
    text, rows = heads.read_text("utf-8"), [json.loads(one) for one in
                                            stamps.read_text().splitlines()]  # fmt: skip
    notes = text.strip("\n").split("\n\n")
    heads.write_text("\n\n".join(notes[:-2]) + "\n\n", "utf-8")  # the last head is cut off
    assert kinds(checked(log.path, authority)) == [("head", 3)]
    heads.write_text(text, "utf-8")
    swapped = [{**rows[0], "sha256": rows[1]["sha256"]}, rows[2]]
    stamps.write_text("".join(json.dumps(one) + "\n" for one in swapped))
    assert kinds(checked(log.path, authority)) == [("chain", 1)]
    raw = bytearray(base64.b64decode(rows[0]["stamp"]))
    raw[-1] ^= 1
    bent = {**rows[0], "stamp": base64.b64encode(raw).decode()}
    lines = [json.dumps(bent), "{}", "no json", '{"sha256": "x", "stamp": "!"}', "[]"]
    stamps.write_text("\n".join(lines) + "\n")
    found = kinds(checked(log.path, authority))
    assert found == [("chain", 1), *[("form", line) for line in (2, 3, 4, 5)]]


def test_whom_nobody_believes_does_not_count(tmp_path: Path, key, authority) -> None:
    log = EvidenceLog(tmp_path / "log", key)
    stamp_note(log.head() or "", authority.address, stamps_beside(log.path))
    with receiver(got=made(tmp_path / "other")) as other:
        log.record("refused", {})
        stamp_note(log.head() or "", other.address, stamps_beside(log.path))
        log.close()
        assert kinds(checked(log.path, other)) == [("chain", 1)]
    assert kinds(checked(log.path, authority)) == [("chain", 2)]
    (tmp_path / "empty.pem").write_text("nothing")
    with pytest.raises(HongxianError, match="no certificate"):
        check_stamps(stamps_beside(log.path), [], tmp_path / "empty.pem")


def test_a_head_of_the_future_is_told(tmp_path: Path, key: SigningKey, authority) -> None:
    clock = TrustedClock()
    real = clock._wall
    clock.not_before(real() + 3600)
    log = EvidenceLog(tmp_path / "log", key, clock)
    stamp_note(log.head() or "", authority.address, stamps_beside(log.path))
    log.close()
    assert kinds(checked(log.path, authority)) == [("time", 1)]


def test_an_authority_that_is_away_or_wrong_is_told(tmp_path: Path, key: SigningKey) -> None:
    note = Head("log", 1, bytes(32), "2026-01-31T08:00:00.000000Z").note(key)
    path = tmp_path / "stamps"
    with pytest.raises(OutwardError, match="refused"):
        stamp_note(note, "http://127.0.0.1:1/", path)
    other = made(tmp_path / "other")
    with receiver(got=other):
        stamp_note(note, other.address, tmp_path / "kept")
        for other.status, other.fixed in (
            (503, None), (200, b""), (200, b"<html>"),
            (200, base64.b64decode(json.loads((tmp_path / "kept").read_text())["stamp"])),
        ):  # fmt: skip
            with pytest.raises(OutwardError, match=r"HTTP 503|RFC 3161"):
                stamp_note(note, other.address, path)
        other.fixed = bytes.fromhex("30053003020102")  # status 2, rejection
        with pytest.raises(OutwardError, match="status 2"):
            stamp_note(note, other.address, path)
    assert not path.exists()


def test_what_is_stamped_is_the_note_of_the_log(key: SigningKey) -> None:
    note = Head("log", 1, bytes(32), "2026-01-31T08:00:00.000000Z").note(key)
    assert signed_part(read_head(note)) == note.encode()
    witnessed = note + "— witness AAAA\n"
    assert signed_part(read_head(witnessed)) == note.encode()
    assert signed_part(Head("log", 1, bytes(32), "x")) == b""
