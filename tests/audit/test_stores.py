from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from tests.sensors.store.made import POLICY, csv_text, file_of, people

from hongxian.audit.report import finish
from hongxian.audit.settings import Settings
from hongxian.audit.stores import finish_scan, keep_policies, keep_scan
from hongxian.errors import Exit
from hongxian.facts import Store
from hongxian.judge.run import judge
from hongxian.rules.load import load_store_rules
from hongxian.sensors.store.absent import Absent, hashed
from hongxian.sensors.store.scan import Options, Scanned, scan
from hongxian.sensors.store.sources.sources import open_source

CHOSEN: dict[str, Any] = {"lang": "en", "form": "json"}


def scanned(folder: Path, absent: Absent | None = None) -> Scanned:
    return scan([open_source(str(folder))], "store:s", Options(absent=absent))


def verdicts(store: Store) -> dict[str, str]:
    return {one.rule: one.verdict for one in judge(store, load_store_rules())}


def done(
    folder: Path, absent: Absent | None = None, policy: str = "", **more: Any
) -> tuple[Exit, dict[str, str]]:
    store = Store()
    if policy:
        page = folder.parent / "policy.txt"
        page.write_text(policy, "utf-8")
        keep_policies(store, "store:s", [page])
    found = scanned(folder, absent)
    keep_scan(store, found, absent)
    code = finish_scan(store, found, {**CHOSEN, **more})
    result = verdicts(store)
    store.close()
    return code, result


def test_a_folder_of_persons_is_judged(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    code, found = done(tmp_path / "in")
    assert code == Exit.VIOLATED
    assert found == {
        "store.1": "violated", "store.2": "satisfied", "store.3": "satisfied", "store.4": "unclear",
        "store.5": "unclear", "store.6": "unclear", "store.7": "satisfied", "store.8": "satisfied",
        "store.9": "not_applicable",
        "store.10": "not_applicable",
    }  # fmt: skip
    assert '"subject": "store:s"' in capsys.readouterr().out


def test_a_clean_folder_is_clean(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(tmp_path / "in", "a.csv", "sku,price\nA-1,3\nB-2,4\n")
    code, found = done(tmp_path / "in")
    assert code == Exit.CLEAN
    assert set(found.values()) == {"satisfied", "unclear", "not_applicable"}
    assert done(tmp_path / "in", strict=True)[0] == Exit.UNCLEAR
    capsys.readouterr()


def test_a_policy_says_what_is_declared_and_how_long(tmp_path: Path) -> None:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    _, found = done(tmp_path / "in", policy=POLICY)
    assert (found["store.4"], found["store.5"]) == ("violated", "violated")


@pytest.mark.parametrize(("key", "verdict"), [("13000000000", "satisfied"), ("", "violated")])
def test_persons_who_should_be_gone(tmp_path: Path, key: str, verdict: str) -> None:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    absent = Absent("s", frozenset([hashed(key or people(2)[1]["phone"], "s")]))
    assert done(tmp_path / "in", absent)[1]["store.6"] == verdict


def test_a_part_that_was_not_read_proves_nobody_gone(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_of(tmp_path / "in", "a.txt", "x\n")
    file_of(tmp_path / "in", "b.bin", bytes(range(256)))
    absent = Absent("s", frozenset([hashed("13000000000", "s")]))
    code, found = done(tmp_path / "in", absent)
    assert (code, found["store.6"]) == (Exit.CLEAN, "unclear")
    assert "b.bin" in capsys.readouterr().err


def test_nothing_readable_is_a_failed_sensor(tmp_path: Path) -> None:
    file_of(tmp_path / "in", "b.bin", bytes(range(256)))
    assert done(tmp_path / "in")[0] == Exit.SENSOR


def test_accepted_findings_do_not_fail(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    done(tmp_path / "in")
    found = json.loads(capsys.readouterr().out)["findings"]
    lines = [
        f'[[accept]]\nfingerprint = "{one["fingerprint"]}"\n'
        'reason = "r"\nwho = "w"\nuntil = 2099-01-01'
        for one in found
        if one["verdict"] == "violated"
    ]
    (tmp_path / "accept.toml").write_text("\n".join(lines), "utf-8")
    assert done(tmp_path / "in", accept=tmp_path / "accept.toml")[0] == Exit.CLEAN
    capsys.readouterr()


def test_kept_facts_can_be_judged_again_beside_apps(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    store = Store()
    keep_scan(store, scanned(tmp_path / "in"), None)
    subjects = [("app:a@1#0", None), ("store:s", None)]
    code = finish(store, subjects, Settings(), {"lang": "en", "form": "json"})
    told = {one["id"]: one for one in json.loads(capsys.readouterr().out)["subjects"]}
    store.close()
    assert code == Exit.VIOLATED
    assert '"store.1"' in json.dumps(told["store:s"])
    assert '"store.1"' not in json.dumps(told["app:a@1#0"])
    assert '"method.3.1"' not in json.dumps(told["store:s"])


def test_a_newer_scan_takes_the_place_of_the_older(tmp_path: Path) -> None:
    store = Store()
    file_of(tmp_path / "in", "u.csv", csv_text(30))
    keep_scan(store, scanned(tmp_path / "in"), None)
    (tmp_path / "in" / "u.csv").write_text("a,b\n1,2\n")
    found = scanned(tmp_path / "in")
    keep_scan(store, found, None)
    finish_scan(store, found, {**CHOSEN, "output": tmp_path / "out"})
    assert verdicts(store)["store.1"] == "satisfied"
    store.close()
