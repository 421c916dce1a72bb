"""The policy lexicon against a folder of labelled Chinese privacy policies.

``python bench/policy_corpus.py FOLDER`` (or ``HONGXIAN_POLICIES``) prints F1 for the even and the
odd half of the files; only errors of the even half may be looked at (``--errors data``). Product
and tests never read the folder.

A file is ``NNNN.html`` (text inside ``<pre>``) and ``NNNN.json``: entries with classId e_1 to e_16
are paragraphs, e_21 to e_27 spans. Labellers marked spans in a part of the sentences only, so a
sentence counts when it holds at least one span of any kind; the stricter count takes all sentences
of each paragraph that holds one. A predicted span is right when it overlaps a labelled one of the
kind, a labelled one is found when a predicted one overlaps it.

The PI category of a labelled span is read off its text by KEYWORDS below, which know nothing of
the lexicon; the baseline applies the same keywords to the whole sentence.
"""

from __future__ import annotations

import html
import json
import os
import re
import sys
import time
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from hongxian.sensors.policy.document import Block, Document
from hongxian.sensors.policy.lexicon import find_mentions
from hongxian.sensors.policy.mentions import Mention, Mentions

SURE = 0.5
"""Mentions of less certainty do not count as predicted."""

KEYWORDS = {
    "name": (r"姓名|名字", ("basic.name",)),
    "birth": (r"生日|出生", ("basic.birth_date",)),
    "age": (r"年龄", ("basic.age",)),
    "gender": (r"性别", ("basic.gender",)),
    "phone": (r"手机号|电话|联[系络]方式|联系信息|手机$", ("basic.phone",)),
    "email": (r"邮箱|电子邮件|邮件地址|电邮", ("basic.email",)),
    "address": (
        r"住址|(?<!(?i:ip|ac))(?<![)）邮箱件络网理硬备页接站])地址",
        ("basic.address",),
    ),
    "nickname": (r"昵称|头像", ("basic.nickname",)),
    "identity": (r"身份证|证件|身份信息|实名|护照|驾驶证|社保", ("identity",)),
    "biometric": (r"人脸|面部|指纹|生物识别|声纹|虹膜", ("biometric",)),
    "account": (r"(?<!银行)(?<!支付)(?<!支付宝)(?:账号|帐号|账户|帐户)|用户名", ("netid.account",)),
    "password": (r"密码|口令", ("auth.password",)),
    "bank": (r"银行卡|银行账|信用卡|借记卡|银行帐", ("property.bank_card",)),
    "payment": (r"支付|付款|充值", ("property.payment", "property.pay_account")),
    "transaction": (r"交易|消费|购买记录|购物", ("property.transaction",)),
    "order": (r"订单|发票|运单", ("trade.order",)),
    "device_id": (
        r"(?i)imei|idfa|idfv|oaid|udid|meid|android ?id|设备识别码|设备标识|设备号|设备唯一|唯一设备|设备 ?id|序列号"
        r"|识别码",
        ("device.imei", "device.idfa", "device.idfv", "device.oaid", "device.android_id",
         "device.serial", "device.gaid"),
    ),
    "mac": (r"(?i)mac|硬件地址", ("device.mac",)),
    "ip": (r"(?i)(?<![a-z])ip(?![a-z])|网络协议地址|互联网协议", ("netid.ip",)),
    "model": (r"型号|机型|分辨率|品牌|屏幕|制造商", ("device.model",)),
    "system": (r"操作系统|系统版本|语言|时区|软件版本|系统类型", ("device.os",)),
    "network": (
        r"(?i)运营商|网络类型|wi-?fi|wlan|基站|网络状态|ssid|网络信息|接入网络|网络环境|网络运营|网络接入|接入方式",
        ("device.carrier", "device.wifi_ssid", "device.bssid", "device.cell"),
    ),
    "device": (r"设备(?:的)?(?:相关)?信息|设备属性|设备基本|(?:设备|手机)状态", ("device",)),
    "location": (r"(?i)位置|定位|gps|经纬度|轨迹|行踪|城市|所在地|地区",
                 ("location.precise", "location.track", "location.coarse")),
    "image": (r"(?<!身份证)(?<!证件)(?<!正反面)照片|图片|相册|(?<!人脸)(?<!面部)图像|截图|(?<!人脸)(?<!证件)(?<!面部)影像", ("media.photo",)),
    "audio": (r"语音|录音|音频", ("media.audio",)),
    "video": (r"视频|录像", ("media.video",)),
    "contacts": (r"通讯录|联系人(?!电话|姓名)|好友", ("contact.address_book", "contact.friends")),
    "browsing": (r"浏览|访问(?:记录|历史|日期|时间)|观看|播放", ("weblog.browsing",)),
    "search": (r"搜索|检索|查询", ("weblog.search",)),
    "log": (r"日志|崩溃", ("weblog", "device.crash")),
    "use": (r"使用(?:记录|情况|习惯|时间|时长|信息)|登录(?:时间|记录)", ("weblog.app_use",)),
    "apps": (r"(?:应用|软件|程序|APP).{0,4}列表|已安装|安装列表", ("device.app_list",)),
    "messages": (r"聊天|短信|通话|沟通记录|通信内容|通讯内容|(?<!隐)私信", ("comm.im", "comm.sms", "comm.call_log")),
    "health": (r"身高|体重|健康|步数|运动|病", ("health", "health.body", "sport.steps",
                                         "health.symptom", "health.record")),
    "work": (r"职业|学历|教育|工作单位|学校|职位|简历", ("eduwork.occupation", "eduwork.resume",
                                                "eduwork.employer")),
    "wealth": (r"收入|(?<!特)征信|(?<!微)信用(?!卡)|财产|借款|贷款", ("property.income", "property.credit", "property")),
    "interests": (r"兴趣|爱好|偏好|画像|标签", ("label.profile",)),
}  # fmt: skip
"""Category -> what the text of a labelled span must hold, and the PI types that count as it."""

SPANS = {"e_21": "data", "e_22": "verb", "e_23": "verb", "e_26": "recipient", "e_27": "purpose"}
TARGETS = {"data": 0.85, "verb": 0.80, "recipient": 0.65, "purpose": 0.65}
PREDICTED = {"info": "data", "act": "verb", "recipient": "recipient", "purpose": "purpose"}

_CATEGORIES = {name: re.compile(words) for name, (words, _) in KEYWORDS.items()}
_OF_KEY = {key: name for name, (_, keys) in KEYWORDS.items() for key in keys}
_SENTENCE = re.compile(r"[^。；！？\n]*[。；！？\n]?")
_WRAP = re.compile(
    r"(?<=[^\n]{45}[^\s。；：！？])[ *_]*\n(?=[ *_]*[^\s#\d(（*•·一二三四五六七八九十|-])|\n(?=[ *_]*[，、。；）等的和及])"
)


@dataclass
class Counts:
    """Hits and misses."""

    right: Counter[str] = field(default_factory=Counter)
    predicted: Counter[str] = field(default_factory=Counter)
    found: Counter[str] = field(default_factory=Counter)
    labelled: Counter[str] = field(default_factory=Counter)

    def sets(self, name: str, ours: set[Any], gold: set[Any]) -> None:
        """Count two sets."""
        both = len(ours & gold)
        self.right[name] += both
        self.found[name] += both
        self.predicted[name] += len(ours)
        self.labelled[name] += len(gold)

    def figures(self, name: str) -> tuple[float, float, float]:
        """Return precision, recall and F1."""
        precision = self.right[name] / max(1, self.predicted[name])
        recall = self.found[name] / max(1, self.labelled[name])
        return precision, recall, 2 * precision * recall / max(1e-9, precision + recall)


@dataclass
class Policy:
    """One labelled policy."""

    name: str
    text: str
    paragraphs: list[tuple[int, int]]
    spans: list[tuple[int, int, str]]


def read(path: Path) -> Policy:
    """Read one policy and its labels."""
    page = path.with_suffix(".html").read_text(encoding="utf-8")
    found = re.search(r"<pre[^>]*>(.*?)</pre>", page, re.DOTALL)
    text = html.unescape(found.group(1)) if found else ""
    entries = json.loads(path.read_text(encoding="utf-8"))
    places = [(one["classId"], one["start"], one["end"]) for one in entries]
    return Policy(
        path.stem,
        flatten(text),
        [(start, end) for name, start, end in places if name not in SPANS and int(name[2:]) <= 16],
        [(start, end, SPANS.get(name, "other")) for name, start, end in places
         if int(name[2:]) > 16],
    )  # fmt: skip


def flatten(text: str) -> str:
    """Blank out the Markdown of the text, length kept, as a reader of Markdown would."""
    even = re.sub(r"[*_\\]", " ", text)
    return _WRAP.sub(lambda wrap: " " * len(wrap.group()), even)


def categories(text: str) -> set[str]:
    """Return the categories that keywords see in a text."""
    even = re.sub(r"\s", "", text)
    return {name for name, words in _CATEGORIES.items() if words.search(even)}


def category(mention: Mention) -> str | None:
    """Return the category of a mention of PI."""
    return _OF_KEY.get(mention.key) or _OF_KEY.get(mention.key.split(".")[0] if
        mention.key.startswith(("identity", "biometric")) else "")  # fmt: skip


def mentions_of(policy: Policy) -> Mentions:
    """Run the lexicon."""
    text = policy.text
    return find_mentions(
        Document(name=policy.name, text=text, blocks=(Block("paragraph", 0, len(text)),),
                 format="text", charset="utf-8", language="zh-Hans")
    )  # fmt: skip


def sentences(policy: Policy, *, strict: bool) -> list[tuple[int, int]]:
    """Return the sentences that count."""
    places = [one.span() for one in _SENTENCE.finditer(policy.text) if one.group().strip()]
    spans = sorted(policy.spans)
    if strict:
        held = [
            (a, b) for a, b in policy.paragraphs if any(a <= s and e <= b for s, e, _ in spans)
        ]
        return [(a, b) for a, b in places if any(x < b and a < y for x, y in held)]
    return [(a, b) for a, b in places if any(s < b and a < e for s, e, _ in spans)]


def score(policy: Policy, counts: Counts, seen: list[str], wanted: str = "") -> None:
    """Count one policy."""
    mentions = [one for one in mentions_of(policy) if one.certainty >= SURE]
    for strict in (False, True):
        label = "strict" if strict else "span"
        documents: dict[str, set[str]] = {"ours": set(), "gold": set(), "words": set()}
        for start, end in sentences(policy, strict=strict):
            gold = [one for one in policy.spans if one[0] < end and start < one[1]]
            ours = [
                (one.start, one.end, PREDICTED[one.kind], one)
                for one in mentions
                if one.kind in PREDICTED and one.key != "delete" and one.start < end and start < one.end
            ]
            _overlaps(counts, label, ours, gold, policy, seen if not strict else [], wanted)
            data = [
                policy.text[max(a, start) : min(b, end)] for a, b, kind in gold if kind == "data"
            ]
            names = {name for text in data for name in categories(text)}
            keys = {name for one in ours if (name := category(one[3])) and one[2] == "data"}
            words = categories(policy.text[start:end])
            documents["ours"] |= keys
            documents["gold"] |= names
            documents["words"] |= words
            if data:
                counts.sets(f"{label} sentence", keys, names)
                counts.sets(f"{label} sentence keywords", words, names)
                if wanted == "category" and not strict and keys != names:
                    seen.append(f"+{keys - names} -{names - keys} {policy.text[start:end]!r} {data}")
        counts.sets(f"{label} document", documents["ours"], documents["gold"])
        counts.sets(f"{label} document keywords", documents["words"], documents["gold"])


def _overlaps(  # noqa: PLR0913 - a counter's state
    counts: Counts,
    label: str,
    ours: list[tuple[int, int, str, Mention]],
    gold: list[tuple[int, int, str]],
    policy: Policy,
    seen: list[str],
    wanted: str,
) -> None:
    for kind in TARGETS:
        mine = [one for one in ours if one[2] == kind]
        theirs = [one for one in gold if one[2] == kind]
        name = f"{label} {kind}"
        wrong = [a for a in mine if not any(a[0] < b[1] and b[0] < a[1] for b in theirs)]
        missed = [b for b in theirs if not any(a[0] < b[1] and b[0] < a[1] for a in mine)]
        counts.predicted[name] += len(mine)
        counts.right[name] += len(mine) - len(wrong)
        counts.labelled[name] += len(theirs)
        counts.found[name] += len(theirs) - len(missed)
        if kind == wanted:
            for sign, places in (("+", wrong), ("-", missed)):
                for place in places:
                    a, b = place[:2]
                    around = policy.text[max(0, a - 25) : a], policy.text[b : b + 15]
                    seen.append(f"{sign} {around[0]}[{policy.text[a:b]}]{around[1]}".replace("\n", "|"))


def main() -> int:
    """Print the table."""
    arguments = [one for one in sys.argv[1:] if not one.startswith("--")]
    wanted = arguments.pop() if "--errors" in sys.argv else ""
    folder = Path(arguments[0] if arguments else os.environ.get("HONGXIAN_POLICIES", "policies"))
    paths = sorted(folder.glob("*.json")) if folder.is_dir() else []
    if not paths:
        print(f"no labelled policies in '{folder}': give the folder or set HONGXIAN_POLICIES")
        return 2
    halves = [Counts(), Counts()]
    policies = [read(path) for path in paths]
    mentions_of(policies[0])
    clock = time.process_time()
    for policy in policies:
        mentions_of(policy)
    spent = time.process_time() - clock
    for number, policy in enumerate(policies):
        seen: list[str] = []
        score(policy, halves[number % 2], seen, wanted)
        if wanted and number % 2 == 0:
            print("\n".join(f"{policy.name} {line}" for line in seen))
    size = sum(len(policy.text) for policy in policies)
    print(f"{len(policies)} policies, {size} characters: {spent:.2f} CPU s, "
          f"{spent / size * 6400 * 1000:.1f} ms per 6,400 characters")  # fmt: skip
    _table(halves)
    return 0


def _table(halves: list[Counts]) -> None:
    print(f"{'':32}{'even  P     R     F1':>26}{'odd   P     R     F1':>26}  target")
    for label in ("span", "strict"):
        rows: list[tuple[str, float | None]] = [
            ("document", 0.97), ("document keywords", None), ("sentence", 0.94),
            ("sentence keywords", None), *TARGETS.items(),
        ]  # fmt: skip
        for row, target in rows:
            figures = [half.figures(f"{label} {row}") for half in halves]
            cells = "".join(f"      {p:.3f} {r:.3f} {f:.3f}" for p, r, f in figures)
            print(f"{label + ' ' + row:32}{cells}  {target or ''}")


if __name__ == "__main__":
    raise SystemExit(main())
