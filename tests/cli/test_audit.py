"""The main job from the command line: packages in, report and exit code out."""

from __future__ import annotations

import csv
import gc
import shutil
import zipfile
from pathlib import Path

import pytest
from tests.cli.audits import (
    LANTERN,
    LEGACY,
    TWIN,
    answered,
    audit,
    damaged,
    exported,
    refused,
    report,
    run,
    verdicts,
)

from hongxian.errors import Exit, HongxianError
from hongxian.rules.load import find_rule


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work where no configuration file lies, and say it in English."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("HONGXIAN_LANG", "en")
    return tmp_path


def test_an_app_gets_a_verdict_on_each_of_the_31_behaviours() -> None:
    result = audit(LANTERN)
    assert result.exit_code == Exit.VIOLATED  # its policy promises an answer after 30 working days
    assert result.stdout.startswith("灯笼手电筒 (cn.hongxian.lantern) 1.0\n")
    assert "31 behaviours: " in result.stdout
    assert "suspected  3.1 " in result.stdout
    assert "WifiInfo.getSSID" in result.stdout
    assert "hongxian answer ITEM --subject app:cn.hongxian.lantern@1.0#" in result.stdout
    assert result.stderr == ""


def test_the_twin_is_accused_of_nothing_and_strict_minds_what_stays_open() -> None:
    result = audit(TWIN, "--format", "json", "--strict")
    assert result.exit_code == Exit.UNCLEAR
    [found] = verdicts(result).values()
    assert len(found) == 31
    assert not {"violated", "suspected"} & set(found.values())


@pytest.mark.parametrize(
    ("form", "start"),
    [
        ("table", "灯笼手电筒 (cn.hongxian.lantern) 1.0"),
        ("json", '{\n "format": "hongxian-report"'),
        ("sarif", "{"),
        ("html", "<!doctype html>"),
        ("csv", "subject,"),
    ],
)
def test_every_format_goes_to_stdout_or_to_a_file(form: str, start: str, folder: Path) -> None:
    output = folder / "report"
    assert audit(LANTERN, "--format", form, "-o", output).stdout == ""
    written = output.read_text("utf-8-sig")
    shown = audit(LANTERN, "--format", form).stdout
    assert written.startswith(start)
    assert shown.startswith(start)


def test_csv_and_json_say_the_same() -> None:
    rows = list(csv.DictReader(audit(LANTERN, "--format", "csv").stdout.splitlines()))
    [found] = verdicts(audit(LANTERN, "--format", "json")).values()
    assert {row["number"] for row in rows} == set(found)


def test_sarif_lists_violations_unless_all_is_asked_for() -> None:
    shown = report(audit(LANTERN, "--format", "sarif"))["runs"][0]
    everything = report(audit(LANTERN, "--format", "sarif", "--all"))["runs"][0]
    assert {one["kind"] for one in shown["results"]} <= {"fail"}
    assert {"review", "open"} <= {one["kind"] for one in everything["results"]}


def test_the_language_is_that_of_the_flag_else_the_variable_else_the_file(folder: Path) -> None:
    (folder / "hongxian.toml").write_text('lang = "zh"\n', "utf-8")
    assert "31 behaviours" in audit(LANTERN).stdout
    assert "31 behaviours" in audit(LANTERN, "--lang", "en", LANG="").stdout
    assert "31 behaviours" in audit(LANTERN, LANG="", AUDIT_LANG="en").stdout
    assert "疑似" in audit(LANTERN, LANG="").stdout


def test_a_seen_violation_makes_the_exit_code_1(folder: Path) -> None:
    store = folder / "facts.db"
    assert audit(TWIN, "--store", store).exit_code == Exit.CLEAN
    answered(store, "1.3", "violated")
    told = audit(TWIN, "--store", store, "--format", "json")
    assert told.exit_code == Exit.VIOLATED
    [found] = verdicts(told).values()
    assert found["1.3"] == "violated"
    assert audit(LEGACY, "--store", store).exit_code == Exit.CLEAN


def test_facts_of_others_count_and_fail_on_says_from_where(folder: Path) -> None:
    store = folder / "facts.db"
    audit(TWIN, "--store", store)
    answered(store, "1.4", "violated")
    facts = exported(store)
    severity = find_rule("1.4").severity
    assert severity != "high"
    assert audit(TWIN, "--facts", facts).exit_code == Exit.VIOLATED
    assert audit(TWIN, "--facts", facts, "--fail-on", severity).exit_code == Exit.VIOLATED
    assert audit(TWIN, "--facts", facts, "--fail-on", "high").exit_code == Exit.CLEAN


def test_several_apps_and_a_folder_of_them_are_one_report(folder: Path) -> None:
    deep = folder / "apps" / "deep"
    deep.mkdir(parents=True)
    for apk in (LANTERN, TWIN, LEGACY):
        shutil.copy(apk, deep / apk.name.upper())
    (deep / "notes.txt").write_text("no package", "utf-8")
    named = audit(LANTERN, TWIN, LEGACY, "--format", "json", "--jobs", 2)
    found = verdicts(named)
    assert len(found) == 3
    assert verdicts(audit(folder / "apps", "--format", "json")) == found


def test_an_app_given_twice_is_judged_once() -> None:
    once, twice = (report(audit(*apps, "--format", "json")) for apps in ([TWIN], [TWIN, TWIN]))
    assert twice["counts"] == once["counts"]
    assert len(twice["subjects"]) == 1


def test_a_folder_without_a_package_is_said(folder: Path) -> None:
    (folder / "empty").mkdir()
    line = refused(folder / "empty")
    assert line == f"{folder / 'empty'}: no app package in it (.apk, .apks, .xapk)"


def test_a_broken_package_is_said_and_the_rest_is_judged() -> None:
    result = audit(damaged(), TWIN, Path("gone.apk"), "--format", "json")
    assert result.exit_code == Exit.SENSOR
    lines = result.stderr.splitlines()
    assert len(lines) == len(set(lines))
    assert all(line.startswith("not read: ") for line in lines)
    for name in ("broken.apk", "gone.apk"):
        assert name in result.stderr
    assert len([one for one in verdicts(result) if "lantern" in one]) == 1


def test_a_package_read_in_part_keeps_what_was_found_and_says_it_once(folder: Path) -> None:
    cut = folder / "cut.apk"
    cut.write_bytes(TWIN.read_bytes()[:20_000])
    result = audit(cut, "--format", "json")
    assert result.exit_code == Exit.SENSOR
    lines = result.stderr.splitlines()
    assert lines
    assert len(lines) == len(set(lines))
    [subject] = report(result)["subjects"]
    status = {scope["scope"]: scope["status"] for scope in subject["coverage"]}
    assert status["app.code"] == "partial"


def test_a_violation_weighs_more_than_a_broken_package(folder: Path) -> None:
    store = folder / "facts.db"
    audit(LANTERN, "--store", store)
    answered(store, "1.1", "violated")
    assert audit(LANTERN, damaged(), "--store", store).exit_code == Exit.VIOLATED


@pytest.mark.parametrize("asked", ["1", "map", "地图导航类"])
def test_a_type_of_app_goes_by_number_key_or_name(asked: str) -> None:
    [subject] = report(audit(LANTERN, "--type", asked, "--format", "json"))["subjects"]
    assert subject["app_type"]["key"] == "map"
    assert "no" in subject["app_type"]


def test_an_unknown_type_of_app_is_one_line() -> None:
    assert refused(LANTERN, "--type", "nonsense").startswith("no app type 'nonsense'")


def test_a_session_that_is_not_there_is_one_line() -> None:
    assert refused(LANTERN, "--session", "some.file").startswith("some.file: ")


def test_a_policy_that_is_handed_over_comes_before_that_in_the_package(folder: Path) -> None:
    policy = folder / "policy.html"
    policy.write_text("<h1>隐私政策</h1>" + "<p>我们会收集您的手机号。</p>" * 40, "utf-8")
    [subject] = report(audit(LANTERN, "--policy", policy, "--format", "json"))["subjects"]
    scopes = {scope["scope"]: scope for scope in subject["coverage"]}
    assert scopes["policy.text"]["status"] == "ran"
    assert scopes["policy.text"]["detail"]["file"] == "policy.html"
    assert refused(LANTERN, "--policy", "none.html").startswith("none.html: no such file")
    assert "a folder" in refused(LANTERN, TWIN, "--policy", policy)


def test_a_policy_that_cannot_be_read_is_said_and_the_app_is_judged(folder: Path) -> None:
    (folder / "policy.docx").write_bytes(b"PK\x03\x04" + b"0" * 90)
    result = audit(TWIN, "--policy", folder / "policy.docx", "--format", "json")
    assert result.exit_code == Exit.SENSOR
    [line] = result.stderr.splitlines()
    assert line.startswith("not read: policy.docx: ")
    assert verdicts(result)


def test_policies_of_several_apps_lie_in_a_folder(folder: Path) -> None:
    (folder / "policies").mkdir()
    page = "<h1>隐私政策</h1>" + "<p>我们会收集您的手机号。</p>" * 40
    (folder / "policies" / "cn.hongxian.lantern.html").write_text(page, "utf-8")
    result = audit(TWIN, LEGACY, "--policy", folder / "policies", "--format", "json")
    files = {
        subject["id"].split("@")[0]: scope["detail"].get("file") or scope["status"]
        for subject in report(result)["subjects"]
        for scope in subject["coverage"]
        if scope["scope"] == "policy.text"
    }
    assert files["app:cn.hongxian.lantern"] == "cn.hongxian.lantern.html"


def test_a_configuration_file_gives_what_the_flags_leave_open(folder: Path) -> None:
    config = folder / "mine.toml"
    config.write_text('format = "json"\n[types]\n"cn.hongxian.lantern" = "map"\n', "utf-8")
    [subject] = report(audit(LANTERN, "--config", config))["subjects"]
    assert subject["app_type"]["key"] == "map"
    [other] = report(audit(LANTERN, "--config", config, "--type", "im"))["subjects"]
    assert other["app_type"]["key"] == "im"


def test_flags_come_before_variables_before_the_file(folder: Path) -> None:
    (folder / "hongxian.toml").write_text('format = "csv"\nstrict = true\n', "utf-8")
    assert audit(TWIN).stdout.startswith("subject,")
    assert audit(TWIN).exit_code == Exit.UNCLEAR
    told = audit(TWIN, AUDIT_FORMAT="html", AUDIT_STRICT="0")
    assert told.stdout.startswith("<!doctype html>")
    assert told.exit_code == Exit.CLEAN
    flagged = audit(TWIN, "--format", "json", "--strict", AUDIT_FORMAT="html", AUDIT_STRICT="0")
    assert report(flagged)["format"] == "hongxian-report"
    assert flagged.exit_code == Exit.UNCLEAR


def test_a_variable_has_the_name_of_its_flag_and_is_checked_like_it(folder: Path) -> None:
    assert "HONGXIAN_AUDIT_FAIL_ON" in run("--help").output
    assert report(audit(LANTERN, AUDIT_FORMAT="json", AUDIT_TYPE="map"))["subjects"]
    assert "no app type 'zzz'" in refused(LANTERN, AUDIT_TYPE="zzz")
    wrong = audit(LANTERN, AUDIT_FAIL_ON="severe")
    assert wrong.exit_code == Exit.USAGE
    assert "'severe' is not one of" in wrong.output
    assert not list(folder.iterdir())


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("colour = true", "unknown key 'colour'; known: "),
        (
            'limits = {"method.1.3.tap" = 3}',
            "unknown threshold 'method.1.3.tap' under [limits]; nearest: 'method.1.3.taps'",
        ),
        ("strict = 1", "'strict' has a value of the wrong kind"),
        ("strict =", "Invalid value"),
        ("jobs = 0", "jobs = 0 is less than 1"),
        ("seconds = -1", "seconds = -1 is less than 0.001"),
        ("megabytes = 63", "megabytes = 63 is less than 64"),
    ],
)
def test_a_bad_configuration_is_one_line(folder: Path, text: str, line: str) -> None:
    (folder / "bad.toml").write_text(text, "utf-8")
    said = refused(LANTERN, "--config", folder / "bad.toml")
    assert said.startswith(f"{folder / 'bad.toml'}: ")
    assert line in said
    assert "No such file" in refused(LANTERN, "--config", folder / "none.toml")


def test_an_accepted_finding_is_marked_and_a_stale_entry_is_said(folder: Path) -> None:
    found = report(audit(LANTERN, "--format", "json"))["subjects"][0]["behaviours"]
    [third] = [one for one in found if one["number"] == "3.1"]
    prints = [finding["fingerprint"] for finding in third["findings"]][:2]
    entry = '[[accept]]\nfingerprint = "{}"\nreason = "r"\nwho = "Li"\nuntil = {}\n'
    accept = folder / "accept.toml"
    days = ("9999-01-01", "2020-01-01", "9999-01-01")
    entries = [entry.format(*pair) for pair in zip([*prints, "0000"], days, strict=True)]
    accept.write_text("".join(entries), "utf-8")
    result = audit(LANTERN, "--format", "json", "--accept", accept)
    assert result.stderr.splitlines() == [
        f"accept file, entry 2: {prints[1]} ran out on 2020-01-01 and no longer counts",
        "accept file, entry 3: no finding has the fingerprint 0000",
    ]
    [third] = [one for one in report(result)["subjects"][0]["behaviours"] if one["number"] == "3.1"]
    assert [one["fingerprint"] for one in third["findings"] if one["accepted"]] == prints[:1]


def test_a_comparison_tells_what_is_new_on_stderr_alone(folder: Path) -> None:
    earlier = folder / "earlier.json"
    audit(TWIN, "--format", "json", "-o", earlier)
    result = audit(LANTERN, "--against", earlier, "--format", "json")
    assert report(result)["subjects"]
    first, *rows = result.stderr.splitlines()
    assert first.startswith("against the earlier report: ")
    assert f"{sum('  + new ' in row for row in rows)} new" in first
    assert any(row.startswith("  + new method.3.1 suspected ") for row in rows)
    audit(LANTERN, "--format", "json", "-o", earlier)
    same = audit(LANTERN, "--against", earlier).stderr
    assert "0 new, 0 gone, 0 no longer visible" in same
    assert len(same.splitlines()) == 1
    back = audit(TWIN, "--against", earlier).stderr
    assert "  - gone method.3.1 suspected " in back
    cut = folder / "cut.apk"
    with zipfile.ZipFile(LANTERN) as whole, zipfile.ZipFile(cut, "w") as part:
        for name in whole.namelist():
            if name != "classes.dex":
                part.writestr(name, whole.read(name))
    for lang, line in (("zh", "  ? 无法再见 method.3.1 疑似 "),
                       ("en", "  ? no longer visible method.3.1 suspected ")):  # fmt: skip
        told = audit(cut, "--against", earlier, "--lang", lang).stderr
        assert line in told
        assert "method.3.1" not in told.replace(line, "")


@pytest.mark.parametrize("option", ["--accept", "--against"])
def test_a_bad_file_to_compare_with_is_said_before_the_work(folder: Path, option: str) -> None:
    foreign = folder / "foreign"
    foreign.write_text('{"a": 1}', "utf-8")
    assert refused(Path("gone.apk"), option, foreign).startswith(f"{foreign}: ")
    assert "No such file" in refused(Path("gone.apk"), option, folder / "none")


def test_a_report_that_cannot_be_written_and_facts_that_are_not_there(folder: Path) -> None:
    assert "cannot be written" in refused(LANTERN, "-o", folder / "none" / "report")
    assert "not usable as a fact store" in refused(LANTERN, "--store", folder)
    with pytest.raises(HongxianError, match=r"runs\.parquet") as caught:
        audit(LANTERN, "--facts", folder / "none")
    assert caught.value.code is Exit.SENSOR


def test_the_collector_works_on_after_an_audit() -> None:
    audit(TWIN)
    assert gc.isenabled()


@pytest.mark.parametrize(
    "words",
    [[], [LANTERN, "--jobs", 0], [LANTERN, "--seconds", 0], [LANTERN, "--format", "pdf"]],
)
def test_wrong_usage_is_exit_code_2(words: list[object]) -> None:
    result = audit(*words)
    assert result.exit_code == Exit.USAGE
    assert result.stdout == ""


def test_an_app_beyond_its_time_is_said(real_apks: dict[str, Path]) -> None:
    result = audit(real_apks["ApiDemos-debug.apk"], "--seconds", "0.001")
    assert result.exit_code == Exit.SENSOR
    assert "the time budget was used up (0.001 s)" in result.stderr


def test_spark_needs_a_folder_and_verdicts_need_spark(tmp_path: Path) -> None:
    for words, said in (
        (("--engine", "spark"), "--store"), (("--verdicts", tmp_path / "v"), "--engine spark"),
    ):  # fmt: skip
        with pytest.raises(HongxianError, match=said) as caught:
            audit(LANTERN, *words, "--lang", "en")
        assert caught.value.code is Exit.USAGE
