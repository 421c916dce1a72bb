"""Within what time requests and complaints are answered."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.checks.numbers import HAN, NUMBER, number
from hongxian.sensors.policy.checks.seek import finding

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.sensors.policy.checks.text import Passage, Policy
    from hongxian.sensors.policy.findings import Finding

_CUES = (
    "工作日", "自然日", "日内", "天内", "日之内", "天之内", "日以内", "天以内", "小时内", "月内",
    "周内", "星期内", "）日", ")日", "小时之内",
    "小时以内", "day", "hour", "week", "month",
)  # fmt: skip
_TIME = re.compile(
    rf"(?<![近每续过*×x/\d{HAN}])({NUMBER})(?:\s?[(（]\s?({NUMBER})\s?[)）])?\s?个?\s?"
    r"(?:(工作日)|(自然日|日历日|日|天|小时|月|周|星期)(?:之内|以内|内))"
)
_WITHIN = re.compile(
    rf"\b(?:within|in|no later than|not exceeding"
    rf"|at most)(?: a period of)? ({NUMBER})(?: ?\(({NUMBER})\))? "
    r"(?:((?:working|business) days?)|((?:calendar )?days?|hours?|weeks?|months?))"
)
_ANSWER = re.compile(
    r"答[复覆]|回[复覆]|回应|响应|反馈|受理|核查|办理|解决|查复|决定|(?<!退款)处理(?!个人信息)|完成"
    r"|审核|予以(?:注销|删除|更正)"
    r"|为您(?:注销|删除|更正)|(?:进行|执行)(?:注销|删除|更正)"
    r"|\b(?:respon|repl(?:y|ies)|answer|process(?:ed)?|handle|resolve|act on|complete|get back)\w*"
)
_OTHER = re.compile(
    r"提前|届满前|保存|存储|保留|留存|公示|公告期|冷静期|反悔期|冻结期|退款|退货|发货|提现|充值"
    r"|到账|试用|有效期|未登录|未使用|不活跃"
    r"|免费|会员期|生效|缓存|备份|违[规反法]|侵权"
    r"|\b(?:retain|kept|stored|keep|refund|trial|in advance|prior|inactive|cooling)"
)
_ASKED = re.compile(
    r"请求|申请|要求|投诉|举报|疑问|问题|意见|建议|反馈|咨询|验证|收到|联系|注销|删除|更正|来信"
    r"|邮件|权利"
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
"""What is asked for -> its wordings."""
_DAYS = {"小": 1 / 24, "h": 1 / 24, "月": 30, "m": 30, "周": 7, "星": 7, "w": 7}


def check(policy: Policy) -> Iterator[Finding]:
    """Yield each promise of an answer in time; ``detail.about`` says to what."""
    for passage in policy.holding(_CUES):
        text = policy.raw(passage)
        if _ANSWER.search(text) and _ASKED.search(f"{passage.heads}\n{text}"):
            yield from _promises(passage, text)


def _promises(passage: Passage, text: str) -> Iterator[Finding]:
    known = set()
    for sign in (_TIME, _WITHIN):
        for found in sign.finditer(text):
            around = _around(text, found.start(), found.end())
            value = number(found[2] or found[1]) or number(found[1])
            if not value or not _ANSWER.search(around) or _OTHER.search(around):
                continue
            told = _measure(value, found[3], found[4])
            if told not in known:
                known.add(told)
                yield finding(
                    "response_time", passage, amount=told[0], unit=told[1],
                    detail={"about": _about(passage, text)},
                )  # fmt: skip


def _around(text: str, start: int, end: int) -> str:
    """Return the time with what stands before and after it in its sentence."""
    before = re.split(r"[。;；\n]", text[max(0, start - 40) : start])[-1]
    after = re.split(r"[。;；\n]", text[end : end + 40])[0]
    return f"{before}{text[start:end]}{after}"


def _about(passage: Passage, text: str) -> list[str]:
    for words in (text, passage.heads):
        found = [key for key, sign in _ABOUT.items() if sign.search(words)]
        if found:
            return found
    return ["request"]


def _measure(value: int, working: str | None, calendar: str) -> tuple[float, str]:
    if working:
        return float(value), "working_day"
    return round(value * _DAYS.get(calendar[0], 1.0), 2), "day"
