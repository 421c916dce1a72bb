"""All checks together."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.policy.texts import document

from hongxian.facts.vocabulary import SECTIONS
from hongxian.sensors.policy.checks import CHECKS, check_document
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.relations import declare

GOOD = """# 灯笼隐私政策
更新日期：2024年4月1日
生效日期：2024年5月1日
北京灯笼科技有限公司（以下简称“我们”）重视您的隐私。我们以加粗方式提示您敏感个人信息。
# 一、收集
为了注册登录，我们会收集您的手机号码。为了扫码，我们会申请您的相机权限。
我们会使用Cookie记录登录状态。友盟SDK会收集您的Android ID用于统计分析。
我们会根据您的浏览记录进行个性化推荐，您可以在“我的-设置”中关闭个性化推荐。
# 二、共享与保存
我们会将您的手机号码共享给合作伙伴。我们将您的个人信息存储于中国境内，保存期限为六个月。
发生个人信息安全事件后，我们将及时向您告知。
# 三、您的权利
您可以在“我的-设置”页面查阅、更正、删除您的个人信息。
您有权获取您的个人信息副本，请联系客服。
您可以在设置中撤回您的同意。
您可以在“我的-设置”中注销账号，注销前须结清余额。
# 四、未成年人
不满十四周岁的儿童应当征得监护人同意。
# 五、更新
本政策更新后，我们会通过弹窗通知您。
# 六、联系我们
个人信息保护负责人邮箱：privacy@lantern.example
如您有投诉，请发送邮件至privacy@lantern.example，我们将在15个工作日内答复。
"""
PIECES = (
    "您", "我们", "有权", "注销", "账号", "删除", "信息", "同意", "即视为", "使用",
    "15个工作日内", "答复", "2024年5月1日", "生效", "有限公司", "（", "）", "：", "。", "\n", "# ",
    "SDK名称：", "a@b.cn", "you", " can ", "delete ", "your account", "境外", "传输",
    "保存", "六个月",
)  # fmt: skip


def _items(text: str) -> set[str]:
    read = document(text)
    mentions = find_mentions(read)
    return {one.item for one in check_document(read, mentions, declare(read, mentions))}


def test_a_good_policy_has_all_parts() -> None:
    missing = {check.__module__.rpartition(".")[2] for check in CHECKS} - _items(GOOD)
    assert missing == {"implied_consent_wording"}


def test_every_item_is_a_word_of_the_fact_language() -> None:
    assert _items(GOOD) <= set(SECTIONS)


def test_contents_are_no_parts() -> None:
    lines = [line.lstrip("# ") for line in GOOD.splitlines() if line.startswith("#")]
    assert _items("\n".join(lines)) <= {"simplified_chinese"}


def test_declarations_are_not_needed() -> None:
    found = check_document(document(GOOD), ())
    assert {one.item for one in found} >= {"delete", "update_date", "operator_identity"}


@given(st.one_of(st.text(), st.lists(st.sampled_from(PIECES)).map("".join)))
def test_no_text_breaks_the_checks(text: str) -> None:
    read = document(text)
    mentions = find_mentions(read)
    for one in check_document(read, mentions, declare(read, mentions)):
        assert 0 <= one.start <= one.end <= len(text)
        assert one.item in SECTIONS


ENGLISH = """# Lantern Privacy Policy
Last updated: April 1, 2024
Effective date: May 1, 2024
Lantern Technology Co., Ltd. ("we", "us") respects your privacy.
# 1. Collection
We collect your phone number to register your account. We request the camera permission to scan.
We use cookies to remember your settings. We use your browsing history to show personalised ads.
You can turn off personalised ads in Settings. Your ID number is sensitive personal information.
# 2. Sharing and storage
We share your phone number with our partners to provide the service.
Your data is stored within the People's Republic of China. We keep logs for 90 days.
In the event of a data breach we will notify you.
# 3. Your rights
You may access, correct and delete your personal information in Settings.
You may request a copy of your personal information by e-mail.
You may withdraw your consent at any time in Settings.
You can delete your account in Settings. Before you delete your account, you must settle all orders.
# 4. Children
Children under 14 must have the consent of a parent.
# 5. Changes
If we change this policy, we will notify you by e-mail.
# 6. Contact us
Please contact our data protection officer at privacy@lantern.example.com.
For complaints, please e-mail privacy@lantern.example.com. We will respond within 15 working days.
"""


def test_an_english_policy_is_read_too() -> None:
    missing = {check.__module__.rpartition(".")[2] for check in CHECKS} - _items(ENGLISH)
    assert missing == {"implied_consent_wording", "sdk_list", "simplified_chinese"}


def test_a_policy_in_traditional_characters_is_read_too() -> None:
    table = {"们": "們", "会": "會", "权": "權", "删": "刪", "号": "號", "为": "為", "资": "資"}
    text = GOOD
    for simplified, traditional in table.items():
        text = text.replace(simplified, traditional)
    assert _items(GOOD) - _items(text) <= {"simplified_chinese"}
