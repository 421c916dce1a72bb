"""Files of other tools become a bundle that the sensor reads."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from samples.session_story import BEGIN, entry

from hongxian.errors import ArtefactError
from hongxian.sensors.session.bundle import open_bundle
from hongxian.sensors.session.bundle.pack import pack
from hongxian.sensors.session.sense import sense_session

SAMPLES = Path(__file__).parents[4] / "samples"
PHONE = "19912345670"
IMEI = "android.telephony.TelephonyManager.getDeviceId"
APP = '[app]\npackage = "cn.example.app"\nversion = "1.0"\n'


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    row = entry(BEGIN + 5, "GET", f"https://ulogs.umeng.com/x?p={PHONE}", "", {})
    log = {"log": {"version": "1.2", "creator": {"name": "x", "version": "1"}, "entries": [row]}}
    (tmp_path / "capture.har").write_text(json.dumps(log))
    call = {"at": (BEGIN + 4) * 1000, "api": IMEI, "stack": ["cn.example.app.Main.onCreate"]}
    (tmp_path / "calls.jsonl").write_text(json.dumps(call))
    (tmp_path / "notes.txt").write_text("anything")
    return tmp_path


def described(folder: Path, text: str) -> Path:
    path = folder / "session.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refused(folder: Path, text: str) -> str:
    with pytest.raises(ArtefactError) as caught:
        pack(described(folder, text), folder / "s.zip")
    assert not (folder / "s.zip").exists()
    return str(caught.value)


def test_files_marks_and_test_values_become_facts(folder: Path) -> None:
    text = f"""
own_domains = ["example.cn"]
{APP}
[clock]
offset = 0.0
uncertainty = 0.5
zone = "Asia/Shanghai"
[test_values]
"basic.phone" = "{PHONE}"
[[mark]]
name = "accept"
at = 2026-11-18T19:07:40
[[mark]]
name = "start"
at = {BEGIN}
[[file]]
path = "capture.har"
[[file]]
path = "calls.jsonl"
[[file]]
path = "notes.txt"
role = "note"
"""
    path = pack(described(folder, text), folder / "s.zip")
    bundle = open_bundle(path)
    assert bundle.problems == []
    assert [(m.path, m.clock) for m in bundle.manifest.members if m.role != "timeline"] == [
        ("network/1-capture.har", "host"), ("hooks/2-calls.jsonl", "device"),
        ("note/3-notes.txt", "device"),
    ]  # fmt: skip
    facts = sense_session(path).facts
    sent = next(fact for fact in facts if fact.kind == "transmit")
    assert (sent.recipient, sent.phase) == ("umeng_analytics", "before_prompt")
    assert next(fact for fact in facts if fact.kind == "collect").info == "device.imei"
    consent = next(fact for fact in facts if fact.kind == "consent")
    assert consent.seen_at.isoformat() == "2026-11-18T11:07:40"  # of the zone of the clock


def test_the_app_may_be_a_package(folder: Path) -> None:
    (folder / "app.apk").write_bytes((SAMPLES / "lantern_legacy.apk").read_bytes())
    bundle = open_bundle(pack(described(folder, 'app = "app.apk"'), folder / "s.zip"))
    assert bundle.manifest.package == "cn.hongxian.lantern.legacy"
    assert len(bundle.manifest.sha256) == 64


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("app = [", "no valid TOML"),
        ("app = 1", "app must be told"),
        ('app = "none.apk"', "none.apk"),
        (APP + "[[files]]\n", "a key files that nobody knows"),
        ("own_domains = 1\n" + APP, "own_domains in the description has a wrong form"),
        ('mark = ["x"]\n' + APP, "mark in the description has a wrong form"),
        ('clock = "x"\n' + APP, "clock in the description has a wrong form"),
        (APP + '[clock]\noffset = "x"\n', "offset in the description has a wrong form"),
        (APP + '[test_values]\nphone = "1"\n', "phone in test_values is no type of PI"),
        (APP + '[[mark]]\nname = "dance"\nat = 1\n', "there is no mark dance"),
        (APP + '[[mark]]\nname = "accept"\n', "the mark accept has no time"),
        (APP + '[[file]]\npath = "gone.har"\n', "not there: gone.har"),
        (APP + '[[file]]\npath = "notes.txt"\n', "say its role"),
    ],
)
def test_what_a_description_gets_wrong_is_one_line(folder: Path, text: str, line: str) -> None:
    told = refused(folder, text)
    assert line in told
    assert "\n" not in told


def test_a_description_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match="cannot be opened"):
        pack(tmp_path / "none.toml", tmp_path / "s.zip")
