from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from hongxian.cli.parties import command
from hongxian.errors import Exit, HongxianError


def run(*words: str) -> str:
    result = CliRunner().invoke(command, [*words], catch_exceptions=False)
    assert result.exit_code == 0
    return result.output


def records(*words: str) -> list[dict[str, Any]]:
    found: list[dict[str, Any]] = json.loads(run(*words, "--format", "json"))
    return found


def test_every_sdk_is_listed() -> None:
    assert len(records()) >= 97


def test_a_word_finds_key_name_prefix_or_domain() -> None:
    assert [row["key"] for row in records("getui")] == ["getui"]
    assert {"umeng_analytics", "umeng_push"} <= {row["key"] for row in records("umeng")}
    assert records("com.qq.e")[0]["name"]


def test_a_function_narrows_the_list() -> None:
    rows = records("--function", "ads")
    assert rows
    assert all("ads" in row["function"] for row in rows)
    assert [row["key"] for row in records("huawei", "--function", "ads")] == ["huawei_ads"]


def test_the_table_speaks_the_language() -> None:
    assert "推送" in run("getui", "--lang", "zh")
    assert "push" in run("getui", "--lang", "en")
    assert "两处以上来源" in run("getui", "--lang", "zh")


def test_nothing_that_fits_is_said() -> None:
    assert run("getui", "--function", "ads", "--lang", "en") == "nothing fits.\n"


def test_libraries() -> None:
    assert [row["key"] for row in records("retrofit", "--libraries")] == ["retrofit"]
    assert len(records("--libraries")) > 100
    assert "未核实" in run("retrofit", "--libraries", "--lang", "zh")


@pytest.mark.parametrize(
    "words", [["zzz"], ["--function", "zzz"], ["zzz", "--libraries"], ["zzz", "--owners"]]
)
def test_an_unknown_word_is_one_line_and_exit_2(words: list[str]) -> None:
    result = CliRunner().invoke(command, words)
    assert isinstance(result.exception, HongxianError)
    assert result.exception.code == Exit.USAGE
    assert "\n" not in str(result.exception)


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_host_is_told_with_suffix_owner_and_sources(folder: Path) -> None:
    assert folder.is_dir()
    (row,) = records("x.hm.baidu.com:443", "--lang", "en")
    assert row["host"] == "x.hm.baidu.com"
    assert (row["suffix"], row["recipient"]) == ("hm.baidu.com", "baidu_mobstat")
    assert row["name"] == "Baidu Mobile Statistics"
    assert (row["company"], row["country"]) == ("北京百度网讯科技有限公司", "CN")
    assert row["hosting"] is False
    assert row["sources"] == ["v2fly/domain-list-community, 2026-08"]
    assert row["confidence"] == "C"


@pytest.mark.usefixtures("folder")
def test_a_host_of_a_cloud_s_customer_is_unknown_and_hosted() -> None:
    (row,) = records("bucket.oss-cn-hangzhou.aliyuncs.com")
    assert (row["recipient"], row["hosting"]) == ("unknown", True)
    assert row["company"] == "阿里云计算有限公司"


@pytest.mark.usefixtures("folder")
def test_a_host_of_nobody_known_is_unknown_and_no_error() -> None:
    (row,) = records("api.nobody.example-corp.cn")
    assert (row["suffix"], row["recipient"]) == ("example-corp.cn", "unknown")
    assert row["confidence"] is None
    assert records("8.8.8.8")[0]["recipient"] == "unknown"


@pytest.mark.usefixtures("folder")
def test_what_rests_on_memory_is_shown_as_unverified() -> None:
    assert "未核实" in run("sankuai.com", "--lang", "zh")
    assert "unverified" in run("sankuai.com", "--lang", "en")


def test_the_configuration_file_comes_before_the_table(folder: Path) -> None:
    (folder / "hongxian.toml").write_text('[hosts]\n"baidu.com" = "first_party"\n')
    (row,) = records("www.baidu.com", "--lang", "en")
    assert (row["recipient"], row["confidence"]) == ("first_party", None)
    assert row["sources"] == ["the configuration file"]


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("form", ["table", "csv"])
def test_a_host_is_told_in_every_form(form: str) -> None:
    shown = run("hm.baidu.com", "--format", form, "--lang", "zh")
    assert "baidu_mobstat" in shown
    assert ("接收方" in shown) is (form == "table")


@pytest.mark.usefixtures("folder")
@pytest.mark.parametrize("package", ["com.qq.e", "com.alipay.sdk", "cn.sharesdk"])
def test_a_package_of_java_is_no_host(package: str) -> None:
    assert package in records(package)[0]["prefixes"][0]


def test_owners_are_listed_with_domains_and_those_unverified() -> None:
    assert len(records("--owners")) >= 650
    (row,) = records("meituan", "--owners", "--lang", "en")
    assert (row["key"], row["name"], row["country"]) == ("meituan", "Meituan", "CN")
    assert row["function"] == ["ecommerce", "platform"]
    assert "meituan.com" in row["domains"]
    assert "sankuai.com" in row["unverified"]
    assert "meituan.com" not in row["unverified"]
    assert "电商" in run("meituan", "--owners", "--lang", "zh")


def test_domains_of_customers_stand_apart() -> None:
    (row,) = records("alibaba_cloud", "--owners")
    assert "aliyuncs.com" in row["tenants"]
    assert "aliyun.com" in row["domains"]
