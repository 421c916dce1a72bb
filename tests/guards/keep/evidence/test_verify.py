"""Whatever is done to a log is found, and the line is told."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from hongxian.errors import HongxianError
from hongxian.guards.keep.evidence import merkle
from hongxian.guards.keep.evidence.entry import Entry, line_hash, read_entry
from hongxian.guards.keep.evidence.heads import Head
from hongxian.guards.keep.evidence.keys import SigningKey, make_key
from hongxian.guards.keep.evidence.log import EvidenceLog
from hongxian.guards.keep.evidence.verify import Fault, prove, verify_log

SIZE = 12


@dataclass
class Made:
    path: Path
    copy: Path
    key: SigningKey
    data: bytes

    @property
    def lines(self) -> list[bytes]:
        return self.data.splitlines(keepends=True)

    def faults(self, data: bytes, *, headed: bool = True) -> list[Fault]:
        self.path.write_bytes(data)
        return verify_log(self.path, [self.copy] if headed else []).faults


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Made:
    place = tmp_path_factory.mktemp("log")
    key = make_key(place / "key")
    log = EvidenceLog(place / "log", key)
    notes = []
    for number in range(SIZE - 1):
        log.record("refused", {"n": number, "text": "删" * number})
        if number in (4, 7):
            notes.append(log.head())
    notes.append(log.head())
    log.close()
    (place / "copy").write_text("\n".join(str(note) for note in notes))
    return Made(place / "log", place / "copy", key, (place / "log").read_bytes())


CHANGES = settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)


@CHANGES
@given(st.data())
def test_any_changed_byte_is_found_at_its_line(made: Made, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(made.data) - 1))
    value = data.draw(st.integers(0, 255).filter(lambda one: one != made.data[place]))
    faults = made.faults(made.data[:place] + bytes([value]) + made.data[place + 1 :])
    line = made.data[:place].count(b"\n") + 1
    assert faults
    assert faults[0].line <= line <= max(faults[0].until, faults[0].line)


@CHANGES
@given(st.data())
def test_any_cut_is_found(made: Made, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(made.data) - 1))
    end = data.draw(st.integers(start + 1, len(made.data)))
    assert made.faults(made.data[:start] + made.data[end:])


@CHANGES
@given(st.data())
def test_any_insertion_is_found(made: Made, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(made.data)))
    more = data.draw(st.one_of(st.binary(min_size=1, max_size=40), st.sampled_from(made.lines)))
    if place == len(made.data) and b"\n" not in more:
        assert made.faults(made.data + more)[0].kind == "torn"
    assert made.faults(made.data[:place] + more + made.data[place:])


@CHANGES
@given(st.permutations(range(SIZE)))
def test_any_other_order_is_found(made: Made, order: list[int]) -> None:
    faults = made.faults(b"".join(made.lines[one] for one in order))
    first = next((n for n, one in enumerate(order) if n != one), None)
    assert [one.line for one in faults[:1]] == ([] if first is None else [first + 1])


def chained(lines: list[bytes], start: int, **change: object) -> bytes:
    """Write a record anew, and all after it so that the chain holds again."""
    out, prev = b"".join(lines[:start]), line_hash(lines[start - 1][:-1])
    for line in lines[start:]:
        told = {**json.loads(line), **change, "prev": prev}
        change = {}
        one = Entry(**told).line()
        out, prev = out + one + b"\n", line_hash(one)
    return out


@pytest.mark.parametrize(("line", "first", "until"), [(3, 1, 6), (8, 7, 9), (12, 10, 12)])
def test_a_chain_that_was_written_anew_disagrees_with_a_head(
    made: Made, line: int, first: int, until: int
) -> None:
    data = chained(made.lines, line - 1, body={"n": 99})
    assert made.faults(data, headed=False) == []
    (fault,) = made.faults(data)
    assert (fault.kind, fault.line, fault.until) == ("root", first, until)


def test_a_tail_cut_at_a_line_shows_by_a_head_alone(made: Made) -> None:
    data = b"".join(made.lines[:-2])
    assert made.faults(data, headed=False) == []
    (fault,) = made.faults(data)
    assert (fault.kind, fault.line, fault.until) == ("cut", 11, 12)
    assert "sequence 10" in fault.worded().say("en")
    assert made.faults(b"")[-1].kind == "cut"


def test_a_time_that_goes_back(made: Made) -> None:
    data = chained(made.lines, 5, at="2020-01-01T00:00:00.000000Z")
    (fault,) = made.faults(data, headed=False)
    assert (fault.kind, fault.line) == ("time", 6)


def test_which_of_two_lines_was_altered(made: Made) -> None:
    def altered(line: int, old: bytes, new: bytes) -> bytes:
        lines = made.lines
        lines[line - 1] = lines[line - 1].replace(old, new)
        return b"".join(lines)

    assert made.faults(altered(4, b'"n":2', b'"n":3')) == [Fault("link", 4)]
    own = json.loads(made.lines[4])["prev"].encode()
    assert made.faults(altered(5, own, b"a" * 64)) == [Fault("link", 5)]
    last = json.loads(made.lines[-1])["prev"].encode()
    data = altered(SIZE, last, b"a" * 64)
    assert made.faults(data, headed=False) == [Fault("link", SIZE - 1, SIZE)]
    cut = b"".join([*made.lines[:9], made.lines[9].replace(b'"prev":"', b'"prev":"')])
    assert made.faults(cut)[0].kind == "cut"
    link = json.loads(made.lines[9])["prev"].encode()
    nine = b"".join([*made.lines[:9], made.lines[9].replace(link, b"b" * 64)])
    assert made.faults(nine) == [Fault("link", 10)]
    broken = altered(4, b'"n":2', b'"n":3').replace(made.lines[5], b"x\n")
    assert made.faults(broken, headed=False) == [Fault("link", 4, 5)]
    first = made.data.replace(b'"prev":"0', b'"prev":"1', 1)
    assert made.faults(first)[0] == Fault("link", 1)


def test_a_log_without_a_name_is_none(made: Made) -> None:
    data = made.data.replace(made.key.public.encode(), b"x" * 44, 1)
    assert made.faults(data, headed=False) == [Fault("form", 1)]


def test_heads_of_others(made: Made, tmp_path: Path) -> None:
    other = make_key(tmp_path / "key")
    made.path.write_bytes(made.data)
    found = verify_log(made.path, [made.copy])
    head = Head(found.origin, SIZE, found.tree.root(), found.at)
    for name, note in (
        ("signature", head.note(other)),
        ("origin", Head("other", SIZE, found.tree.root(), found.at).note(made.key)),
    ):
        path = tmp_path / name
        path.write_text(note)
        assert [one.kind for one in verify_log(made.path, [path]).faults] == [name]
    assert [one.kind for one in verify_log(made.path, [], other.public).faults] == ["key"]
    assert (found.heads, found.covered) == (3, SIZE)


def test_a_log_that_is_wholly_replaced_disagrees_with_the_copy(made: Made, tmp_path: Path) -> None:
    EvidenceLog(tmp_path / "log", make_key(tmp_path / "key")).close()
    faults = verify_log(tmp_path / "log", [made.copy]).faults
    assert {one.kind for one in faults} == {"origin"}


@pytest.mark.parametrize("seq", [0, 5, SIZE - 1])
def test_an_entry_is_proven(made: Made, seq: int) -> None:
    made.path.write_bytes(made.data)
    entry, size, path, root = prove(made.path, seq)
    leaf = bytes.fromhex(line_hash(entry.line()))
    assert merkle.includes(seq, size, leaf, path, root)
    assert root == verify_log(made.path).tree.root()
    assert read_entry(made.lines[seq][:-1]) == entry


def test_bad_input_ends_in_one_line(made: Made, tmp_path: Path) -> None:
    made.path.write_bytes(made.data)
    with pytest.raises(HongxianError, match="no record 99"):
        prove(made.path, 99)
    for read in (verify_log, lambda path: prove(path, 0)):
        with pytest.raises(HongxianError, match="No such file"):
            read(tmp_path / "none")
    (tmp_path / "bad").write_bytes(b"x\n")
    with pytest.raises(HongxianError, match="canonical"):
        prove(tmp_path / "bad", 0)
    with pytest.raises(HongxianError, match="no head"):
        verify_log(made.path, [tmp_path / "bad"])
    (tmp_path / "bad").write_bytes(b"\xff")
    with pytest.raises(HongxianError, match="UTF-8"):
        verify_log(made.path, [tmp_path / "bad"])


def test_a_line_without_an_end_is_not_read_to_its_end(made: Made) -> None:
    assert made.faults(made.data + b"x" * (3 << 20))[0] == Fault("form", SIZE + 1)
