"""The verb policy: a text in, what it declares and leaves out."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from click.testing import CliRunner

from hongxian.cli.policy import command
from hongxian.errors import ArtefactError, Exit
from hongxian.facts import Store

if TYPE_CHECKING:
    from click.testing import Result

SAMPLES = Path(__file__).parents[2] / "samples"
POLICY = SAMPLES / "lantern_clean" / "assets" / "privacy.html"


def run(*words: str) -> Result:
    return CliRunner().invoke(command, [*words], catch_exceptions=False)


def test_a_policy_is_read_for_the_terminal() -> None:
    result = run(str(POLICY), "--lang", "zh")
    assert result.exit_code == Exit.CLEAN
    assert "收集与处理" in result.output
    assert "剪贴板" in result.output
    english = run(str(POLICY), "--lang", "en")
    assert "Collection and handling" in english.output


def test_json_says_where_each_fact_stands() -> None:
    told = json.loads(run(str(POLICY), "--format", "json").output)
    [policy] = told["policies"]
    declared = policy["declared"]
    assert {"collect", "share"} & {fact["item"] for fact in declared}
    assert all(0 <= fact["start"] < fact["end"] for fact in declared)
    states = {part["item"]: part["state"] for part in policy["parts"]}
    assert states["collection_rules"] == "there"


def test_the_page_is_written_where_asked(tmp_path: Path) -> None:
    page = tmp_path / "policy.html"
    assert run(str(POLICY), "--format", "html", "--output", str(page)).exit_code == Exit.CLEAN
    assert "<mark id=" in page.read_text(encoding="utf-8")


def test_versions_are_compared_and_lists_are_read_beside(tmp_path: Path) -> None:
    texts = {
        "new.html": "<h1>隐私政策</h1><p>生效日期：2025年6月1日</p><h2>收集</h2>"
        "<p>注册时，我们会收集您的手机号码。为了推荐附近门店，我们会收集您的精确位置信息。</p>",
        "old.html": "<h1>隐私政策</h1><p>生效日期：2024年6月1日</p><h2>收集</h2>"
        "<p>注册时，我们会收集您的手机号码。</p>",
        "sdk.html": "<h1>第三方SDK清单</h1><p>友盟SDK会收集IMEI，用于统计分析。</p>",
    }
    for name, text in texts.items():
        (tmp_path / name).write_text(
            text + "<p>我们依法保护您的个人信息。</p>" * 20, encoding="utf-8"
        )
    found = run(*(str(tmp_path / name) for name in texts), "--format", "json")
    policy, sdks = json.loads(found.output)["policies"]
    assert policy["document"]["name"] == "new.html"
    changed = [
        fact for part in policy["parts"] if part["item"] == "changed" for fact in part["facts"]
    ]
    assert {fact.get("info", "").split(".")[0] for fact in changed} == {"location"}
    assert sdks["document"]["name"] == "sdk.html"
    assert [fact["info"] for fact in sdks["declared"]] == ["device.imei"]


def test_a_page_that_a_script_would_fill_is_no_empty_policy(tmp_path: Path) -> None:
    page = tmp_path / "app.html"
    page.write_text("<title>隐私政策</title><div id=app></div><script src=a.js></script>", "utf-8")
    result = run(str(page), "--lang", "en")
    assert result.exit_code == Exit.SENSOR
    assert "a script makes this page" in result.output
    assert not re.search(r"^ +✗", result.output, re.MULTILINE)


def test_facts_are_kept_and_a_newer_reading_takes_their_place(tmp_path: Path) -> None:
    path = tmp_path / "facts.db"
    for _ in range(2):
        assert run(str(POLICY), "--store", str(path)).exit_code == Exit.CLEAN
    store = Store(path)
    [(subject, count)] = store.con.execute(
        "select subject, count(*) from main.facts group by subject"
    ).fetchall()
    store.close()
    assert subject.startswith("policy:privacy.html#")
    assert count > 20


def test_what_cannot_be_read_is_one_line(tmp_path: Path) -> None:
    with pytest.raises(ArtefactError, match=r"none\.html"):
        run(str(tmp_path / "none.html"))
