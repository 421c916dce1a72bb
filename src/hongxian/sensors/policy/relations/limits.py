"""What limits an act: negation, condition, possibility, and clauses that only say what if not."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.relations.scene import Named, compiled

if TYPE_CHECKING:
    from hongxian.sensors.policy.relations.scene import Group, Scene

_REFUSAL = compiled(
    r"(?:如果?|若|倘若|假如|当|一旦|即使|除非|但)?(?:您|你|用户|监护人)?(?:选择|明确"
    r"|主动)?(?:拒绝|不同意|不提供|未提供|不授权|未授权|不授予|不允许|不开启|未开启"
    r"|不接受|不填写|不愿|不想|不希望|撤回|撤销|关闭|取消|停用|禁用|退出|反对)",
    r"(?:不|未|没有)(?:能|会|予)?(?:提供|授权|同意|开启|开通|填写)(?:该|此|上述|这|前述|相关"
    r"|以上|任何)",
    r"否则|(?:如|若)不(?:提供|同意)",
    r"(?:您|你|用户)(?:不|未|没有)(?:使用|开启|打开|启用|参与|注册|登录)",
    r"\bif you (?:do not|don't|choose not|refuse|decline|opt out|withdraw|disable|would prefer)",
    r"\byou (?:may|can) (?:refuse|decline|choose not|opt out|disable|withdraw)",
)
_CONSEQUENCE = compiled(
    r"不(?:会)?影响|(?:无法|不能|未能)(?:为您|向您|正常|使用|继续|享受|完成|实现|获得|体验"
    r"|提供|登录|注册|及时|充分|保证)",
    r"(?:属于|系|是|均?为)(?:您的|个人|你的)?(?:个人)?敏感(?:个人)?信息|敏感(?:个人)?信息包括",
    r"(?:无需|不需要|不必|无须|不强制|不强迫)(?:您|你|用户)?[^，。；]{0,6}(?:提供|填写|上传"
    r"|提交|登录|收集)",
    r"\b(?:will not be able|cannot (?:use|provide|access)|may not be able|unable to"
    r"|does not affect)",
)
_RIGHTS = compiled(
    r"(?:您|你|用户)(?:有权|享有|可以?|能够?)(?:随时|自行|自主|通过[^，。；]{0,30}"
    r"|在[^，。；]{0,30}|选择|要求|请求|联系|向我们){0,3}"
    r"(?:查询|查阅|查看|访问|更正|修改|更新|变更|删除|清除|注销|撤回|撤销|拒绝|关闭|复制"
    r"|获取(?:您|你|个人信息)|转移|管理|限制|退订|决定|要求|请求|投诉|举报|控制)",
    r"\byou (?:have the right|may|can|are entitled|could)(?: also| always| at any time)? (?:to )?"
    r"(?:access|correct|delet|updat|withdraw|request|review|modif|export|object|manag|cancel"
    r"|opt|contact|control|change)",
)
_REMARKS = compiled(
    r"(?:请您?(?:注意|妥善|谨慎|勿|不要|仔细)|建议您|您应(?:当)?(?:妥善|谨慎|对)|本(?:政策"
    r"|指引|协议|声明)(?:旨在|将帮助|适用|不适用|向您|仅适用|说明|介绍|阐述))",
    r"\b(?:this (?:privacy )?(?:policy|notice|statement) (?:explains|describes|applies"
    r"|does not apply|sets out|covers))",
    r"最小必要|合法、?正当|遵循.{0,30}原则",
)
_ADVICE = compiled(
    r"(?:按照?|依照|根据|遵照)本[^，。；]{0,10}(?:政策|协议|声明|指引|条款)|视为(?:您|用户"
    r"|你)?|意味着(?:您|你|用户)|即表示|由于(?:您|你|用户)|不包括",
    r"in accordance with this|under this (?:privacy )?policy|means that you"
    r"|you (?:acknowledge|agree) (?:that|to)",
    r"建议您|建议你|提醒您|(?:如果?|若|一旦)?我们(?:发现|得知|获知|知悉)",
    r"\bif we (?:discover|learn|become aware|find)|we (?:recommend|advise|encourage)",
)
_BUT = re.compile(r"^\s*(?:但|不过|然而|此时|我们(?:仍|会|将)|but|we will|however)", re.IGNORECASE)

_NO = compiled(
    r"不(?!仅|但|限|断|同|时|少|超过|可撤|可或缺|得不|超出|低于|间断|定期|便|特定|影响|一致"
    r"|必要|良|当|法|正当|可抗|在(?:此|限))",
    r"未(?!成年|来|经|满)|没有|无权|并非|无需|无须|勿|禁止|杜绝|无法",
    r"\bnever\b|\bnot\b(?! only| limited)|n't\b|\bno longer\b|\bcannot\b|\bneither\b|\bnor\b",
    r"\bno (?:personal|such|information|data)\b",
)
_YET = compiled(
    r"而是|但|仅会|只会|仅(?:在|将|用|为|向)|只有|除非|\bbut\b|\bonly\b|\bexcept\b|\bunless\b"
)
_WITHOUT = compiled(
    r"(?:未|没有|不)(?:经过?|征得|获得|取得|得到|在.{0,4}经).{0,14}(?:同意|授权|许可|允许|认可)",
    r"(?:除非|除)(?=.{0,60}(?:同意|授权|许可))|(?:征得|获得|取得|经过?|得到).{0,12}(?:同意"
    r"|授权|许可)[^，。；]{0,10}(?:除外|外|例外|否则)",
    r"(?:如|若).{0,6}(?:未|没有).{0,10}同意|(?:同意|授权)(?:之)?前.{0,10}不"
    r"|事先.{0,10}(?:同意|授权).{0,30}(?:才|方)",
    r"without (?:\w+ ){0,5}?(?:consent|permission|authori[sz]ation)"
    r"|unless (?:\w+ ){0,6}?(?:consent|agree|permission)",
    r"(?:except )?with your (?:\w+ )?(?:consent|permission)",
)
_EXCEPT = compiled(
    r"除.{1,80}外|除非|(?:除外|例外)|以下(?:情形|情况)(?:除外|例外)|\bexcept\b|\bunless\b"
    r"|other than|not .{0,60}except"
)
_NOT_EXCEPT = re.compile(
    r"除(?:上述|此|前述|以上|了|法律法规另有规定)[^，。；]{0,10}之?外，?(?=.{0,10}(?:还|也|另"
    r"|我们(?:还|也)))"
)
_NARROW = compiled(
    r"无关|强制|捆绑|一揽子|仅因|不知情|不需要|恶意|超出|超范围|范围之?外|其他用途|其他目的"
    r"|任何其他|以外的|之外的|不必要|非必要|过度|额外|多余|目的之外|另行|擅自|非法",
    r"unrelated|other purpose|beyond|excess|any other purpose|more .{0,10}than",
)
_CONSENT = compiled(
    r"(?:经|征得|取得|获得|得到|征求)[^，。；]{0,16}(?:同意|授权|许可)|(?:您|用户"
    r"|你)(?:的)?(?:授权|同意|许可)(?!书)",
    r"with your (?:\w+ )?(?:consent|permission)|you (?:consent|agree)|your (?:\w+ )?consent",
)
_SEPARATE = compiled(r"单独(?:的)?同意|单独.{0,4}授权|separate consent")
_LAW = compiled(
    r"(?:法律|法规|监管)[^，。；]{0,8}(?:要求|规定)的(?=[，,])"
    r"|(?:根据|按照|依据|依照|遵守|应|因)[^，。；]{0,14}(?:法律|法规|司法|监管"
    r"|行政)[^，。；]{0,16}(?:规定|要求|程序|需要)?|as required by (?:applicable )?law"
    r"|required by law"
)
_CHOICE = compiled(
    r"(?:如果?|若|当)?(?:您|你|用户)(?:可以?)?(?:选择|自愿|主动|自主)(?!权)|可选|选填"
    r"|\bif you choose|optional|voluntar"
)
_MAY = compiled(r"可能|或(?:会|将|需|许)|\bmay\b|\bmight\b|\bcould\b|有(?:时|可能)")


def find_moot(scene: Scene) -> None:
    """Mark the clauses that tell a right, a refusal or what follows from one."""
    refused = False
    for number in range(len(scene.clauses)):
        words = scene.words(number)
        if refused and not _BUT.match(words):
            scene.moot[number] = True
            continue
        if _ADVICE.search(words):
            scene.moot[number] = refused = True
            continue
        refusal = bool(_REFUSAL.search(words)) and not _WITHOUT.search(words)
        scene.moot[number] = bool(
            refusal or _CONSEQUENCE.search(words) or _RIGHTS.search(words) or _REMARKS.search(words)
        )
        refused = refusal or bool(_ADVICE.search(words))


def limit(scene: Scene, groups: list[Group]) -> None:
    """Tell for each group whether it is negated, possible, and under which condition."""
    for number, group in enumerate(groups):
        before = groups[number - 1] if number else None
        group.negated = _negated(scene, group, before)
        group.possible = bool(_MAY.search(scene.before(group.start)))
        group.condition = _condition(scene, group, groups)


def outcome(scene: Scene, group: Group, act: str) -> str | None:
    """Return what a negated act comes to: ``not_...``, the act under a condition, or nothing.

    Args:
        scene: the sentence.
        group: of the act, negated.
        act: key of the act.
    """
    words = scene.text[scene.sentence.start : scene.sentence.end]
    if group.condition and group.condition.key in {
        "consent",
        "separate_consent",
        "legal_exception",
    }:
        return act
    near = scene.text[
        max(scene.sentence.start, group.start - 40) : min(scene.sentence.end, group.end + 60)
    ]
    if (
        _NARROW.search(near)
        or any(scene.moot)
        or re.search(r"(?:如果?|若)(?:您|你)|\bif you\b", words, re.IGNORECASE)
    ):
        return None
    if act == "collect":
        return None if group.acts[0].manual else "not_collect"
    return "not_share" if act in {"share", "transfer"} else None


def _negated(scene: Scene, group: Group, before: Group | None) -> bool:
    start = scene.clauses[group.clause].start
    inherited = False
    if before is not None and before.clause == group.clause:
        start = before.end
        inherited = before.negated
    words = _without_conditions(scene.text[max(start, group.start - 60) : group.start])
    found = list(_NO.finditer(words))[-1:]
    if found:
        return not _YET.search(words, found[0].end())
    if inherited and not _YET.search(words):
        return not re.search(r"[会将]|\bwill\b", words)
    return bool(re.search(r"\b(?:nor|or|and)\s*$", words)) and inherited


def _without_conditions(words: str) -> str:
    """Blank the negations that belong to a condition, so that 未经您同意 negates nothing."""
    for pattern in (_WITHOUT, re.compile(r"未经.{0,8}")):
        words = pattern.sub(lambda one: " " * len(one.group()), words)
    return words


def _condition(scene: Scene, group: Group, groups: list[Group]) -> Named | None:
    start, end = scene.sentence.start, scene.sentence.end
    if len(groups) > 1 and not group.negated:
        start = max([start, *(one.end for one in groups if one.end <= group.start)])
        end = min([end, *(one.start for one in groups if one.start >= group.end)])
    if group.negated:
        return _exception(scene.text, start, end)
    for key, pattern in (
        ("separate_consent", _SEPARATE), ("consent", _CONSENT), ("law", _LAW), ("choice", _CHOICE),
    ):  # fmt: skip
        found = pattern.search(scene.text, start, end)
        if found:
            return Named(key, Span(found.start(), found.end()))
    return None


def _exception(text: str, start: int, end: int) -> Named | None:
    for key, pattern in (
        ("separate_consent", _SEPARATE),
        ("consent", _WITHOUT),
        ("legal_exception", _EXCEPT),
    ):
        found = pattern.search(text, start, end)
        if found and not _NOT_EXCEPT.match(text, found.start()):
            return Named(key, Span(found.start(), found.end()))
    return None
