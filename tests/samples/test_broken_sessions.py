"""A damaged session says what is wrong with it, and leaves unclear what it no longer shows."""

from __future__ import annotations

import json
import zipfile
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

from tests.samples.test_sessions import FOLDER, JUDGED_AT, SAMPLES

from hongxian.audit.outcome import judge_store, keep
from hongxian.audit.sessions import given_sessions, keep_session
from hongxian.facts import Store
from hongxian.rules.load import load_rules
from hongxian.sensors.app.sense import sense_app
from hongxian.sensors.session.bundle.manifest import seal_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.sensors.app.sense import Sensed

CLEAN = FOLDER / "lantern-2.0-keeps.zip"
VIOLATES = FOLDER / "lantern-1.0-violates.zip"
Members = dict[str, bytes]


@cache
def app(name: str) -> Sensed:
    return sense_app(SAMPLES / name)


def judged(path: Path, name: str = "lantern_clean.apk") -> tuple[dict[str, str], list[str]]:
    """Verdicts by rule, and the lines that a user is told."""
    store, sensed = Store(), app(name)
    keep(store, sensed)
    sessions = given_sessions([path])
    lines = [reason.say("en") for reason in sessions.damaged]
    for session in sessions.of(sensed.subject):
        keep_session(store, session)
        lines += session.lines("en")
    rulings = judge_store(store, load_rules(), [(sensed.subject, "tool")], JUDGED_AT, {})
    return {one.rule.removeprefix("method."): one.verdict for one in rulings}, lines


def rewritten(source: Path, target: Path, change: Callable[[Members], None]) -> Path:
    """Write a bundle anew with some of its members changed; the seal is made to fit."""
    with zipfile.ZipFile(source) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    change(members)
    manifest = json.loads(members["manifest.json"])
    manifest["seal"] = seal_of(manifest)
    members["manifest.json"] = json.dumps(manifest).encode()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as out:
        for name, data in members.items():
            out.writestr(name, data)
    return target


def without_hash(members: Members, name: str) -> None:
    manifest = json.loads(members["manifest.json"])
    for row in manifest["members"]:
        if row["path"] == name:
            import hashlib

            row["sha256"], row["size"] = hashlib.sha256(members[name]).hexdigest(), None
            del row["size"]
    members["manifest.json"] = json.dumps(manifest).encode()


def test_a_bundle_that_a_transfer_cut_keeps_what_comes_before_the_cut(tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(VIOLATES.read_bytes()[:9000])
    verdicts, lines = judged(cut, "lantern.apk")
    assert any("cut short" in line for line in lines)
    assert verdicts["4.3"] == "violated"  # by a mark, and the timeline comes first
    assert verdicts["5.1"] != "violated"  # the capture is behind the cut


def test_a_bundle_that_is_cut_clears_nothing_by_what_is_gone(tmp_path: Path) -> None:
    cut = tmp_path / "cut.zip"
    cut.write_bytes(CLEAN.read_bytes()[:9000])
    verdicts, _ = judged(cut)
    assert {verdicts[number] for number in ("1.2", "3.1", "4.4", "5.1", "5.3")} == {"unclear"}


def test_a_changed_capture_is_not_relied_on(tmp_path: Path) -> None:
    def change(members: Members) -> None:
        members["network/capture.har"] = members["network/capture.har"].replace(b"imei", b"xxxx")

    verdicts, lines = judged(rewritten(CLEAN, tmp_path / "b.zip", change))
    assert any("network/capture.har" in line for line in lines)
    assert {verdicts["5.1"], verdicts["5.3"], verdicts["3.7"]} == {"unclear"}
    assert verdicts["1.2"] == "satisfied"


def test_a_changed_manifest_no_longer_fits_its_seal(tmp_path: Path) -> None:
    with zipfile.ZipFile(CLEAN) as bundle:
        members = {name: bundle.read(name) for name in bundle.namelist()}
    members["manifest.json"] = members["manifest.json"].replace(b"Sample phone", b"Other phone!")
    with zipfile.ZipFile(tmp_path / "b.zip", "w") as out:
        for name, data in members.items():
            out.writestr(name, data)
    _, lines = judged(tmp_path / "b.zip")
    assert any("seal" in line for line in lines)


def test_two_clocks_that_nobody_compared_give_no_order(tmp_path: Path) -> None:
    def change(members: Members) -> None:
        manifest = json.loads(members["manifest.json"])
        del manifest["clock"]["uncertainty"]
        members["manifest.json"] = json.dumps(manifest).encode()
        rows = [json.loads(line) for line in members["timeline.jsonl"].splitlines()]
        for row in rows:  # marks and touches on the host's clock alone, calls on the device's
            if row["event"] in ("mark", "tap"):
                row.pop("device", None)
        members["timeline.jsonl"] = "\n".join(map(json.dumps, rows)).encode()
        without_hash(members, "timeline.jsonl")

    verdicts, _ = judged(rewritten(VIOLATES, tmp_path / "b.zip", change), "lantern.apk")
    assert verdicts["3.1"] == "violated"  # calls and the prompt that went are on one clock
    verdicts, _ = judged(rewritten(CLEAN, tmp_path / "c.zip", change))
    assert verdicts["3.1"] == "unclear"


def test_a_bundle_without_marks_has_no_phases(tmp_path: Path) -> None:
    def change(members: Members) -> None:
        lines = members["timeline.jsonl"].splitlines()
        kept = [line for line in lines if json.loads(line)["event"] != "mark"]
        members["timeline.jsonl"] = b"\n".join(kept)
        without_hash(members, "timeline.jsonl")

    verdicts, _ = judged(rewritten(CLEAN, tmp_path / "b.zip", change))
    open_without_marks = ("1.3", "3.1", "3.2", "4.2", "4.3", "4.4", "5.1", "5.3", "6.1", "6.2")
    assert {verdicts[number] for number in open_without_marks} == {"unclear"}
    assert not {"violated"} & set(verdicts.values())
