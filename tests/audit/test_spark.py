"""An audit on Spark says what the same audit on one machine says."""

from __future__ import annotations

import json
import pickle
import shutil
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from tests.cli.audits import LANTERN, TWIN, audit, report, run

from hongxian.audit.batch import Wanted
from hongxian.audit.settings import Settings
from hongxian.audit.spark import AppSensor, sense_on_spark
from hongxian.errors import Exit, HongxianError

if TYPE_CHECKING:
    from click.testing import Result

SAMPLES = Path(__file__).parents[2] / "samples"
BESIDE = ("--policy", SAMPLES / "policies", "--session", SAMPLES / "sessions", "--lang", "en")


@pytest.fixture
def apps(tmp_path: Path) -> Path:
    folder = tmp_path / "apps"
    folder.mkdir()
    for path in (LANTERN, TWIN):
        shutil.copy(path, folder)
    (folder / "broken.apk").write_bytes(b"PK\x03\x04 nothing")
    return folder


def told(result: Result) -> Any:
    """Return what a report says, but for its moment and its command."""
    return report(result)["subjects"]


@pytest.mark.usefixtures("spark")
def test_verdicts_evidence_and_warnings_are_those_of_one_machine(
    apps: Path, tmp_path: Path
) -> None:
    words = [apps, *BESIDE, "--format", "json", "--type", "im"]
    one = audit(*words)
    many = audit(*words, "--engine", "spark", "--store", tmp_path / "facts")
    assert told(many) == told(one)
    assert len(told(many)) == 2
    assert many.exit_code == one.exit_code == Exit.VIOLATED
    assert sorted(many.stderr.splitlines()) == sorted(one.stderr.splitlines())
    assert "broken.apk" in many.stderr
    judge = ("judge", "--format", "json", "--lang", "en")
    again = run(*judge, "--engine", "spark", "--store", tmp_path / "facts")
    assert told(again) == told(one)  # the type was kept with the facts
    counted = run(*judge, "--engine", "spark", "--store", tmp_path / "facts",
                  "--verdicts", tmp_path / "out")  # fmt: skip
    assert counted.exit_code == Exit.VIOLATED
    for line in json.loads(counted.stdout):
        said = Counter(
            one_rule["verdict"] for subject in told(one) for one_rule in subject["behaviours"]
            if one_rule["number"] == line["number"]
        )  # fmt: skip
        assert {verdict: line[verdict] for verdict in said} == said
    empty = run("judge", "--format", "json", "--lang", "en", "--store", _store(tmp_path),
                "--facts", tmp_path / "facts")  # fmt: skip
    assert told(empty) == told(one)


def test_each_package_is_told_to_the_driver(apps: Path) -> None:
    sensor = AppSensor(
        wanted=Wanted(), settings=Settings(), app_type=None, sessions=(SAMPLES / "sessions",),
        lang="en",
    )  # fmt: skip
    sensor = pickle.loads(pickle.dumps(sensor))
    found = {}
    for store, (word,) in sensor(str(path) for path in sorted(apps.iterdir())):
        found[word.get("subject", "").partition("#")[0]] = word
        facts = store.rows("select count(*) as n from main.facts")[0]["n"]
        assert bool(facts) == ("subject" in word)
        store.close()
    assert found[""]["lines"][0].startswith("broken.apk")
    lantern = found["app:cn.hongxian.lantern@1.0"]
    assert lantern["used"] == ["lantern-1.0-violates.zip"]
    assert lantern["lines"] == []


def test_what_the_executors_tell_comes_together() -> None:
    class Told:
        def sense(self, paths: list[str], _: object) -> list[dict[str, Any]]:
            assert paths == ["/a.apk", "/b.apk"]
            return [
                {"lines": ["a.apk: broken"]},
                {"lines": [], "subject": "app:b", "app_type": "im", "used": ["b.zip"]},
            ]

    said: list[str] = []
    result = sense_on_spark(
        Told(), [Path("/a.apk"), Path("/b.apk")], None,  # type: ignore[arg-type]
        lambda lines: bool(said.extend(lines) or lines),
    )  # fmt: skip
    assert result == ({"app:b": "im"}, {"b.zip"}, True)
    assert said == ["a.apk: broken"]


def test_spark_without_a_store_is_refused(apps: Path) -> None:
    with pytest.raises(HongxianError, match="needs --store"):
        audit(apps, "--engine", "spark", "--lang", "en")


def test_verdicts_in_place_need_spark(tmp_path: Path) -> None:
    with pytest.raises(HongxianError, match="--engine spark alone"):
        audit(LANTERN, "--verdicts", tmp_path / "out", "--lang", "en")


def _store(folder: Path) -> Path:
    from hongxian.facts import Store

    Store(folder / "one.db").close()
    return folder / "one.db"
