from __future__ import annotations

import pytest

from hongxian.facts import vocabulary
from hongxian.reports import names
from hongxian.reports.model import Report
from hongxian.words import area_words

LISTS = {
    "kind": vocabulary.KINDS, "phase": vocabulary.PHASES, "form": vocabulary.FORMS,
    "certainty": vocabulary.CERTAINTIES, "scope": vocabulary.SCOPES,
    "status": vocabulary.STATUSES, "sensor": vocabulary.SENSORS, "section": vocabulary.SECTIONS,
    "control": vocabulary.CONTROLS, "prompt": vocabulary.PROMPTS, "state": vocabulary.STATES,
    "declared": vocabulary.DECLARED, "trait": vocabulary.TRAITS, "purpose": vocabulary.PURPOSES,
    "verdict": names.MARKS,
}  # fmt: skip


@pytest.mark.parametrize("words", LISTS)
def test_every_word_of_the_closed_lists_has_a_name(words: str) -> None:
    entries = area_words("vocabulary")
    assert [word for word in LISTS[words] if f"{words}.{word}" not in entries] == []


def test_keys_become_names_and_unknown_keys_stay() -> None:
    assert names.info_name("device.imei", "zh") == "IMEI/MEID"
    assert names.info_name("x.y", "en") == "x.y"
    assert names.info_name(None, "zh") == "个人信息"
    assert names.actor_name("jpush", "zh") == "极光推送"
    assert names.actor_name("first_party", "en") == "own code"
    assert names.actor_name(None, "en") == "code of unknown owner"
    assert names.recipient_name("jpush", "en") == "深圳市和讯华谷信息技术有限公司"
    assert names.recipient_name("某公司", "zh") == "某公司"
    assert names.actor_name("meituan", "zh") == "美团"
    assert names.recipient_name("meituan", "zh") == "北京三快科技有限公司"
    assert names.word("phase", None, "zh") == ""
    assert names.word("phase", "tomorrow", "zh") == "tomorrow"


@pytest.mark.parametrize(
    ("kind", "item", "name"),
    [
        ("control", "delete", "删除个人信息"),
        ("section", "retention", "保存期限"),
        ("permission", "android.permission.CAMERA", "CAMERA"),
        (None, "consent_box", "同意勾选框"),
        ("address", "delete", "delete"),
        ("collect", None, ""),
    ],
)
def test_items_are_named_by_their_kind(kind: str | None, item: str | None, name: str) -> None:
    assert names.item_name(kind, item, "zh") == name


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("android.telephony.TelephonyManager.getImei", "TelephonyManager.getImei"),
        ("tsis.jpush.cn", "tsis.jpush.cn"),
        ("content://com.android.contacts", "content://com.android.contacts"),
        ("getImei", "getImei"),
    ],
)
def test_methods_lose_their_package_and_hosts_do_not(name: str, short: str) -> None:
    assert names.short_code(name) == short


def test_citations_put_the_law_first_and_the_methods_item_last(static: Report) -> None:
    one = next(b for b in static.subjects[0].behaviours if b.rule.number == "3.1")
    zh, en = names.citations(one, "zh"), names.citations(one, "en")
    assert zh[0][0] == "《个人信息保护法》第13条"
    assert zh[-1][0].endswith("第三条第1项")
    assert en[-1][0].endswith("item 3.1")
    unverified = [cite for cite, _, open_ in zh if open_]
    assert any("个人信息安全规范" in cite for cite in unverified)
    assert names.unverified("zh") == "未核实"


def test_titles(static: Report) -> None:
    subject = static.subjects[0]
    assert names.group_title(subject.groups[2], "zh").startswith("三、")
    assert names.group_title(subject.groups[2], "en").startswith("3. ")
    assert names.app_type_name(subject, "zh") == "地图导航类 (№ 1)"
    assert names._item_zh("annex B") == "annex B"


def test_a_label_stands_before_the_identifier(static: Report) -> None:
    from dataclasses import replace

    about = replace(static.subjects[0].about, label="灯笼")
    assert names.subject_name(about, "zh") == "灯笼（com.lantern.map）"
    assert names.subject_name(about, "en") == "灯笼 (com.lantern.map)"


def test_lanes_are_named_after_whose_code_stands_in_them() -> None:
    assert names.lane_name("person", "zh") == "屏幕与本人"
    assert names.lane_name("others", "en") == "Other actors"
    assert names.lane_name("jpush", "en") == "JPush"


def test_the_question_for_consent_is_called_as_the_prompt_and_permissions_by_their_names() -> None:
    assert names.item_name("request", "policy", "zh") == "隐私政策提示"
    assert names.item_name("request", "android.permission.CAMERA", "zh") == "CAMERA"
