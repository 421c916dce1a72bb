"""Within what time requests and complaints are answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.numbers import NUMBER, number
from hongxian.sensors.policy.checks.seek import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "日", "天", "小时", "个月", "一个月", "周内", "days", "hours", "weeks", "month",
)  # fmt: skip
_TIME = re.compile(
    rf"({NUMBER})(?:\s?[(（]\s?({NUMBER})\s?[)）])?\s?个?\s?(工作日|自然日|日历日|日|天|小时|月|周|星期"
    r"|(?:working|business) days?|(?:calendar )?days?|hours?|weeks?|months?)"
    r"(?:内|之内|以内|左右|里|完成|(?!前|起|后))"
)
_ANSWER = re.compile(
    r"答复|回复|回应|响应|反馈|处理完|处理(?:您|该|并|完毕|您的|相关|投诉|举报)|受理|核查|办理|解决|完成(?:核查|处理|审核|验证|注销|删除|更正)|予以处理|做出处理|作出处理|进行处理|审核|查复|予以(?:注销|删除)|注销完成|为您(?:注销|删除|更正)|决定是否|完成"
    r"|\b(?:respond|repl(?:y|ies)|answer|process(?:ed)?|handle|resolve|reply|act on|complete|get back)\w*"
)
_OTHER = re.compile(
    r"提前|届满前|保存|存储|保留|留存|公示|公告期|冷静期|反悔期|冻结期|退款|退货|发货|试用|登录态|有效期|未登录|不活跃|试运行|免费|会员期|生效|缓存|备份"
    r"|\b(?:retain|kept|stored|keep|refund|trial|in advance|prior|inactive|cooling)"
)
_ASKED = re.compile(
    r"请求|申请|要求|投诉|举报|疑问|问题|意见|建议|反馈|咨询|验证|收到|联系|注销|删除|更正|来信|邮件|权利"
    r"|\b(?:request|complain|question|inquir|enquir|receipt|receiv|contact|rights?|verif)\w*"
)
_ABOUT = {
    "complaint": re.compile(r"投诉|举报|申诉|\bcomplain"),
    "cancel_account": re.compile(
        r"注销|销户|\b(?:delet|cancel|clos|deactivat)\w* (?:your |the )?account"
    ),
    "delete": re.compile(r"删除|\bdelet|\beras"),
    "correct": re.compile(r"更正|修改|\bcorrect|\brectif"),
    "withdraw": re.compile(r"撤回|撤销|\bwithdraw"),
    "access": re.compile(r"访问|查询|查阅|副本|\baccess|\bcopy"),
}
_UNITS = {"小": 1 / 24, "h": 1 / 24, "月": 30, "m": 30, "周": 7, "星": 7}


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each promise of an answer in time; ``detail.about`` says to what."""
    for passage in policy.holding(_CUES):
        text = policy.raw(passage)
        if not _ANSWER.search(text) or not _ASKED.search(f"{passage.heads}\n{text}"):
            continue
        yield from _promises(passage, text)


def _promises(passage: Passage, text: str) -> Iterator[Finding]:
    for found in _TIME.finditer(text):
        clause = _around(text, found.start(), found.end())
        if not _ANSWER.search(clause) or _OTHER.search(clause):
            continue
        value = number(found[2] or found[1]) or number(found[1])
        if value:
            amount, unit = _measure(value, found[3])
            about = [key for key, sign in _ABOUT.items() if sign.search(text)]
            about = about or [key for key, sign in _ABOUT.items() if sign.search(passage.heads)]
            yield finding(
                "response_time", passage, amount=amount, unit=unit,
                detail={"about": about or ["request"]},
            )  # fmt: skip


def _around(text: str, start: int, end: int) -> str:
    """Return the time with the clause before and after it."""
    before = re.split(r"[。;；\n]", text[max(0, start - 60) : start])[-1]
    after = re.split(r"[。;；\n]", text[end : end + 40])[0]
    return f"{before[-40:]}{text[start:end]}{after}"


def _measure(value: int, unit: str) -> tuple[float, str]:
    if unit.startswith(("工作", "working", "business")):
        return float(value), "working_day"
    if unit.startswith(("mon", "月")):
        return float(value * 30), "day"
    return round(value * _UNITS.get(unit[0], 1.0) * (7 if unit.startswith("week") else 1), 2), "day"
