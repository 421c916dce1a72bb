from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.guards.keep.evidence.authority import made
from tests.guards.keep.receiver import receiver

from hongxian.cli.keep import command
from hongxian.guards.keep.evidence.keys import load_key
from hongxian.guards.keep.evidence.log import EvidenceLog
from hongxian.guards.keep.evidence.stamps import stamp_note, stamps_beside


def run(*words: object) -> tuple[int, str]:
    done = CliRunner().invoke(command, [str(one) for one in words])
    return done.exit_code, done.output or str(done.exception)


@pytest.fixture
def log(tmp_path: Path) -> Path:
    code, public = run("key", tmp_path / "key")
    own = EvidenceLog(tmp_path / "log", load_key(tmp_path / "key"))
    assert (code, public.strip()) == (0, load_key(tmp_path / "key").public)
    for number in range(5):
        own.record("refused", {"n": number})
    own.close()
    return tmp_path / "log"


def test_a_log_is_proven(log: Path) -> None:
    code, said = run("verify", log, "--lang", "en")
    assert (code, "6 records are as they were written; 1 heads agree" in said) == (0, True)
    code, said = run("verify", log, "--lang", "zh")
    assert (code, "6 条记录完整" in said) == (0, True)
    log.with_name("log.heads").unlink()
    code, said = run("verify", log, "--lang", "en")
    assert (code, "a cut end would not show" in said) == (0, True)


def test_the_first_altered_record_is_pointed_at(log: Path) -> None:
    log.write_bytes(log.read_bytes().replace(b'"n":2', b'"n":9'))
    code, said = run("verify", log, "--lang", "en")
    assert code == 1
    assert "lines 4 to 4 (from sequence 3)" in said
    code, said = run("verify", log, "--format", "json", "--lang", "zh")
    (fault,) = json.loads(said)["faults"]
    assert (code, fault["kind"], fault["line"], fault["seq"]) == (1, "link", 4, 3)
    assert "哈希链断开" in fault["says"]


def test_time_stamps_are_checked_by_whom_one_believes(log: Path, tmp_path: Path) -> None:
    with receiver(got=made(tmp_path / "tsa")) as authority:
        stamp_note(log.with_name("log.heads").read_text("utf-8")[:-1], authority.address,
                   stamps_beside(log))  # fmt: skip
    code, said = run("verify", log, "--lang", "en")
    assert (code, "were not checked" in said) == (0, True)
    code, said = run("verify", log, "--tsa-ca", authority.ca, "--lang", "en")
    assert (code, "1 time stamps (RFC 3161) hold: the first 6 records existed by" in said) == (
        0, True,
    )  # fmt: skip
    stamps_beside(log).write_text("{}\n")
    code, said = run("verify", log, "--tsa-ca", authority.ca, "--lang", "en")
    assert (code, "line 1 of the time stamps is no answer" in said) == (1, True)
    code, said = run("verify", log, "--tsa-ca", authority.ca, "--format", "json")
    told = json.loads(said)["stamps"]
    assert (code, told["good"], told["faults"][0]["kind"]) == (1, 0, "form")


def test_a_cut_end_shows_by_a_copy(log: Path, tmp_path: Path) -> None:
    copy = tmp_path / "copy"
    log.with_name("log.heads").rename(copy)
    log.write_bytes(b"".join(log.read_bytes().splitlines(keepends=True)[:-2]))
    assert run("verify", log)[0] == 0
    code, said = run("verify", log, "--head", copy, "--lang", "en")
    assert (code, "lines 5 to 6 are missing" in said) == (1, True)


def test_a_record_is_proven_alone(log: Path) -> None:
    code, said = run("verify", log, "--prove", 2)
    told = json.loads(said)
    assert (code, told["index"], told["size"], len(told["path"])) == (0, 2, 6, 3)
    assert json.loads(told["entry"])["body"] == {"n": 1}


def test_bad_words_end_in_one_line(log: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "no public key" in run("verify", log, "--key", "x")[1]
    assert "no record 77" in run("verify", log, "--prove", "77")[1]
    for name in [one for one in sys.modules if one.startswith("hongxian.guards.keep.evidence")]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setitem(sys.modules, "cryptography.exceptions", None)
    for words in (("verify", log), ("key", log)):
        assert "pip install 'hongxian[keep]'" in run(*words)[1]


def test_settings_of_a_lane_are_checked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from tests.guards.keep.lane.test_settings import LEAST

    (tmp_path / "keep.toml").write_text(LEAST)
    words = ("guard", "--config", tmp_path / "keep.toml", "--check", "--lang", "en")
    code, said = run(*words)
    assert (code, "the settings are right" in said) == (0, True)
    code, said = run(*words[:-3], "--lang", "en")
    assert "people.toml" in said, "what it needs is not there"
    monkeypatch.setitem(sys.modules, "hongxian.guards.keep.lane.serve", None)
    assert "hongxian[keep]" in run(*words)[1]
