"""Which verbs of a sentence say that something is done: 我们会收集, not 如何收集 or 收集的信息."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.declarations import Span
from hongxian.sensors.policy.lexicon.nouns import DELEGATES
from hongxian.sensors.policy.relations.scene import Act, Group, Scene, compiled

if TYPE_CHECKING:
    from collections.abc import Iterator

_GIVES = frozenset((
    "提供", "提交", "填写", "上传", "输入", "填报", "登记", "完善", "预留", "绑定", "设置",
    "添加", "选填", "录入",
    "留下", "发布", "拍摄", "录制", "提供给我们", "向我们提供", "编辑",
    "submit", "upload", "enter", "fill in", "input", "provide", "give", "send",
))  # fmt: skip
"""What the person does and the operator collects by it."""
_MINE = frozenset(
    ("提交", "填写", "填报", "输入", "登记", "预留", "选填", "录入", "fill in", "enter")
)
"""Those of the verbs above that nobody but the person does."""
_LOOSE = frozenset((
    "采用", "核验", "验证", "识别", "检测", "查看", "知悉", "获悉", "获知", "开通", "汇总",
    "拾取", "征集",
    "结合", "比对", "匹配", "关联", "统计", "应用", "对比", "综合", "合并", "参考", "判断", "合并",
    "展示", "告知", "泄露", "泄漏", "给予", "互通", "曝光", "保管", "去标识化处理后删除", "移交给",
    "log", "track", "handle", "rely on", "pass", "hold", "remove", "commission", "reveal", "assign",
))  # fmt: skip
"""Words of the lexicon that mark a verb near PI but say no act of handling for sure."""
_TRANSPORTS = frozenset((
    "发送", "传输", "传送", "传递", "交付", "交换", "发给", "发送给", "传输给", "发送至",
    "transmit", "send", "send to",
))  # fmt: skip
"""Giving only when somebody is named who gets it."""
_UNSURE = 0.3
_POINTS = re.compile(
    r"(?:上述|前述|这些|以上)(?!软件|服务|产品|网站)|该(?!软件|服务|产品|网站|功能)|此类"
    r"|其(?!他|它|中|余|服务|产品)|such|these|this|it\b|them\b",
    re.IGNORECASE,
)
_TOWARDS_FIRST = re.compile(r"(?:[向给与为](?:您|你|用户)|to you\b|you with\b)", re.IGNORECASE)

_NOUN_BEFORE = compiled(
    r"(?:如何|怎样|怎么|怎样地|停止|中止|拒绝|避免|防止|禁止|反对|限制|撤回|撤销|免受|遭到"
    r"|遭受|受到|非法|违法|不当|擅自|意外|有关|关于"
    r"|违规|违反.{0,8}|过度|强制|恶意|导致|造成|可供|[一]?旦|请勿|建议您?(?:不要|妥善"
    r"|谨慎).{0,6})\s*$",
    r"(?:信息|数据|隐私|资料)(?:的)?$(?<=的)",
    r"(?:要求|确保|保证|约束|监督|督促)(?:其|他们|该|第三方|此|这些|合作|接收|受托|上述|任何"
    r"|相关)[^。；]{0,50}$",
    r"\b(?:how (?:we|you|they) (?:may )?|stop(?:ped)? |prevent(?:ing)? |unauthori[sz]ed |refuse to "
    r"|object to |right to |rights? of |against |avoid |unlawful |accidental |restrict )$",
)
_GUARDS = compiled(
    r"(?:防止|避免|防范|免遭|免受|以免|遭到|遭受|杜绝|降低)[^，。；]{0,40}$",
    r"未经(?:授权|许可)的?[^，。；]{0,30}$",
    r"\b(?:prevent|protect\w*|guard|unauthori[sz]ed|against)\b[^.;]{0,80}$",
)
_NOUN_AFTER = compiled(
    r"(?:到|(?:和|及|与|或|、)?(?:产生|形成|生成|存储))?的(?!是[^否])",
    r"(?:的?(?:方式|目的|范围|规则|情况|行为|类型|清单|过程|地点|活动|原则|主体|人员|环节"
    r"|场景|说明|政策|规范|制度|权限|频率|措施|流程|系统"
    r"|空间|介质|能力|安全|服务|协议|关系|请求|申请|目标|链路))",
    r"(?:期限|时间|时长|期间|期)(?!(?:届满|到期|内|届至)?[^，。；]{0,6}(?:[：:为是]|不少于"
    r"|至少|不超过))",
    r"(?:前|之前|时|之时)(?:[，,]|$)",
    r"(?:情况|频率|习惯|技术|模型|结果|报告|时长|记录|日志|偏好|次数|体验|者|量)",
    r"[^，。；]{0,16}的(?:第三方|公司|组织|主体|合作|服务商|机构|接收方|对象|业务)",
    r"[^，。；]{0,10}(?:个人信息|数据)的?(?:安全|方式|种类|范围|规则|责任|活动|情形|期限|原则"
    r"|目的(?!是|为|在))",
    r"\s+of (?=the|your|any|such|personal)",
)
_TELLS_AFTER = re.compile(
    r"(?:到)?(?:[、和及与或/]?[\u4e00-\u9fff]{0,4})?的[^，。；：:]{0,24}?(?:信息|资料|数据"
    r"|内容|类型|种类|范围|字段)?[^，。；：:]{0,8}?"
    r"(?:包括|包含|分为|(?<!具)有(?![关权])|为(?!了|您|你)|如下|可能涉及|是(?!否))|"
    r"(?:到)?的[^，。；：:]{0,20}(?:信息|资料|数据|内容|类型|种类|范围|字段)[^，。；：:]{0,6}[:：]",
)
_RELATIVE = re.compile(
    r"(?:information|data|details?|content|types?|categories)\s*(?:that |which )?"
    r"(?:we |you |they |it |us )?(?:may |can |have |will |also |automatically )*$",
    re.IGNORECASE,
)
_TELLS_RELATIVE = re.compile(
    r"^[^.;:]{0,50}\b(?:includes?|including|are|is|such as|may include|consists? of)\b"
    r"|^[^.;:]{0,30}:",
    re.IGNORECASE,
)
_JOINS = re.compile(
    r"\s*[（(]?(?:[、/,，和及与或并]|并且|以及|或者|并?(?:可能|会|将|对其?)|进行|进一步"
    r"|\band\b|\bor\b|&|to|\s)*\s*",
    re.IGNORECASE,
)
_FRAME_END = re.compile(
    r"(?:时候?|之?前|之?后|期间|过程中|的情况下|情形下|场景下|环节)\s*[，,]?\s*$|^\s*(?:when"
    r"|while|before|after)\b",
    re.IGNORECASE,
)
_PASSIVE_LATER = re.compile(r"^\s*(?:被|由)")
_NEEDS = re.compile(
    r"(?:需要?|须|(?<![供对相响适])应当?(?![用对])|请|要求|必须|邀请|引导|提示"
    r"|should|must|need(?:ed)? to|required to"
    r"|asked? (?:you )?to)"
    r"(?:您|你|用户|you)?[^，。；]{0,12}$",
    re.IGNORECASE,
)
_GIVER = re.compile(
    r"(?:(?<![向给为与对])(?:您|你|用户)(?!的|们)|\byou(?!r)\b)[^，。；]{0,40}$", re.IGNORECASE
)
_USED_FOR = re.compile(r"用于|用作|(?:are|is|be) used (?:to|for)", re.IGNORECASE)
_BASED_ON = re.compile(
    r"(?:根据|基于|结合|依据)(?=(?:您|你|用户|其|上述|前述|这些))|based on (?=your)", re.IGNORECASE
)
_AIM = re.compile(r"[\s\d、.．()（）]*(?:为了?(?!止|期|准)|in order to |to )", re.IGNORECASE)
_AIMED = re.compile(r"用于|用来|以便|in order to |so that ", re.IGNORECASE)
_AIMS = re.compile(
    r"推荐|推送|展示|投放|显示|匹配|定制|recommend|personali|show|tailor", re.IGNORECASE
)
_PARTICIPLES = {
    "collected": "collect", "gathered": "collect", "obtained": "collect", "recorded": "collect",
    "processed": "use", "analysed": "use", "analyzed": "use", "shared": "share", "sold": "share",
    "disclosed": "share", "transferred": "transfer", "stored": "store", "retained": "store",
    "kept": "store",
    "saved": "store", "deleted": "delete", "erased": "delete", "anonymised": "delete",
    "anonymized": "delete",
}  # fmt: skip
_PASSIVE = re.compile(
    r"\b(?:is|are|was|were|be|been|being)\s+(?:(?:also|then|not|never|only|automatically"
    r"|securely)\s+)*"
    rf"({'|'.join(_PARTICIPLES)})\b",
    re.IGNORECASE,
)
_MENU = re.compile(r"[中里页”」】—>-]|界面|菜单|选项")
_BY_PERSON = re.compile(r"(?:您|你|用户)(?:可以?|能够?)[^，。；]{0,20}(?:开启|打开|关闭|授予|允许)")
_VERBAL = re.compile(r"access|read|use|获取|读取|访问|开启|调用", re.IGNORECASE)
_REQUESTS = compiled(
    r"申请|请求|开启|打开|索取|征求|授权|授予|允许|开放|\brequests?|\bask (?:you )?for"
    r"|\brequire|\bneed|\benable|\bgrant"
)


def find_acts(scene: Scene) -> list[Act]:
    """Return the verbs of a sentence that declare something, in order."""
    judged = (
        _judge(scene, Act(one.start, one.end, one.key), one.certainty) for one in scene.named("act")
    )
    acts = [act for act in judged if act]
    acts = [act for act in acts if not _only_aims(scene, act, acts)]
    taken = {place for act in acts for place in range(act.start, act.end)}
    extras = (*_uses(scene), *_requests(scene), *_passives(scene))
    acts += [one for one in extras if taken.isdisjoint(range(one.start, one.end))]
    return sorted(acts, key=lambda act: act.start)


def _only_aims(scene: Scene, act: Act, acts: list[Act]) -> bool:
    """Whether a verb stands in what tells the purpose of another: 为了记录里程，我们会收集步数."""
    if act.key not in {"collect", "use"} or act.manual:
        return False
    number = scene.clause(act.start)
    before = scene.text[scene.clauses[number].start : act.start]
    if _AIM.match(before):
        return any(scene.clause(one.start) > number for one in acts)
    return bool(_AIMED.search(before)) and any(one.start < act.start for one in acts)


def group(scene: Scene, acts: list[Act]) -> list[Group]:
    """Put the verbs together that are coordinated: 收集、使用."""
    groups: list[Group] = []
    for act in acts:
        last = groups[-1] if groups else None
        gap = scene.text[last.end : act.start] if last else ""
        near = last is not None and len(gap) <= 24 and bool(_JOINS.fullmatch(gap))
        if last is not None and near and act.manual == last.acts[-1].manual:
            last.acts.append(act)
        else:
            groups.append(Group(acts=[act], clause=scene.clause(act.start)))
    return groups


def _judge(scene: Scene, act: Act, sure: float) -> Act | None:
    word = scene.text[act.start : act.end].lower()
    number = scene.clause(act.start)
    if scene.moot[number] or word in _LOOSE or _is_noun(scene, act):
        return None
    if word == "设置" and _MENU.match(scene.after(act.end)):
        return None
    if word in _GIVES:
        return _given(scene, act, word)
    unused = act.key == "use" and not _really_used(scene, act, sure)
    if unused or (word in _TRANSPORTS and not _gets(scene, act)):
        return None
    return act


def _really_used(scene: Scene, act: Act, sure: float) -> bool:
    """Whether using is the verb, not part of a word or list: 使用习惯, 操作、使用、服务日志."""
    before = scene.before(act.start)
    if sure <= _UNSURE and not _POINTS.search(scene.after(act.end, 16)):
        return False
    if before.endswith("、") and re.match(r"[、和及]", scene.after(act.end, 1)):
        return any(one.end in (act.start - 1, act.start - 2) for one in scene.named("act"))
    return not _framed(scene, act)


def _given(scene: Scene, act: Act, word: str) -> Act | None:
    """Judge a verb of giving: by the person it is a collection, else somebody must get it."""
    before = scene.before(act.start)
    by_person = word in _MINE or _NEEDS.search(before) or _GIVER.search(before)
    to_us = re.search(
        r"[向给](?:我们|我司|本公司|平台)|\b(?:us|to us)\b", before[-12:] + scene.after(act.end, 24)
    )
    if word in {"提供给我们", "向我们提供"} or (by_person and not _another(scene, act)) or to_us:
        if re.search(r"[向给]第三方[^，。；]{0,12}$", before):
            return None
        act.key, act.manual = "collect", True
        return act
    if word not in {"提供", "provide", "give", "send"} or _TOWARDS_FIRST.search(before[-12:]):
        return None
    return act if _gets(scene, act) else None


def _another(scene: Scene, act: Act) -> bool:
    """Whether the operator stands between the person and the verb: 您同意我们提供."""
    before = scene.before(act.start)
    person = max(
        (one.start() for one in re.finditer(r"您|你|用户|\byou\b", before, re.IGNORECASE)),
        default=0,
    )
    other = max(
        (one.start() for one in re.finditer(r"(?<![向给请由])我们|\bwe\b", before, re.IGNORECASE)),
        default=-1,
    )
    return other > person and not _NEEDS.search(before)


def _gets(scene: Scene, act: Act) -> bool:
    """Whether the clause names somebody else who may get it."""
    clause = scene.clauses[scene.clause(act.start)]
    others = [one for one in scene.parties if one.key not in {"person", "first_party"}]
    near = any(clause.start <= one.start < clause.end + 40 for one in others)
    return near and not re.match(
        r"(?:的)?[^，。；]{0,8}(?:服务|支持|帮助|功能)", scene.after(act.end, 20)
    )


def _is_noun(scene: Scene, act: Act) -> bool:
    before, after = scene.before(act.start), scene.after(act.end)
    if _NOUN_BEFORE.search(before) or _GUARDS.search(before):
        return True
    if act.key == "entrust" and DELEGATES.match(after):
        return False
    tail = _tail(scene, act)
    if _NOUN_AFTER.match(tail):
        return not _TELLS_AFTER.match(tail)
    if _RELATIVE.search(before):
        return not _TELLS_RELATIVE.match(after)
    if (
        re.search(r"\b(?:our|your|the|such|any|for|of)\s$", before, re.IGNORECASE)
        and act.key != "collect"
    ):
        return True
    return _framed(scene, act)


def _tail(scene: Scene, act: Act) -> str:
    """Return what follows the verb and those joined to it: 收集、使用 | 的信息."""
    end = act.end
    for other in scene.named("act"):
        if other.start >= end and _JOINS.fullmatch(scene.text, end, other.start):
            if other.start - end > 4:
                break
            end = other.end
    return scene.after(end)


def _framed(scene: Scene, act: Act) -> bool:
    """Whether the verb only tells when, as in 在收集您的信息前."""
    number = scene.clause(act.start)
    if len(scene.clauses) <= number + 1:
        return False
    words = scene.words(number)
    if not _FRAME_END.search(words):
        return False
    rest = scene.text[act.end : scene.clauses[number].end]
    return len(rest) < 40


def _uses(scene: Scene) -> Iterator[Act]:
    """Yield 用于 where it is the verb of a sentence: 上述信息用于支付."""
    for one in _USED_FOR.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        if not scene.moot[scene.clause(one.start())]:
            yield Act(one.start(), one.end(), "use")
    for one in _BASED_ON.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        number = scene.clause(one.start())
        clause = Span(one.end(), min(scene.clauses[number].end, scene.sentence.end))
        if scene.terms.within("info", clause) and _AIMS.search(scene.text, *_ends(clause)):
            yield Act(one.start(), one.end(), "use")


def _last(found: Iterator[re.Match[str]]) -> re.Match[str] | None:
    return next(iter(list(found)[-1:]), None)


def _passives(scene: Scene) -> Iterator[Act]:
    """Yield the participles of English sentences: your location is collected."""
    for one in _PASSIVE.finditer(scene.text, scene.sentence.start, scene.sentence.end):
        act = Act(one.start(1), one.end(1), _PARTICIPLES[one[1].lower()])
        if not scene.moot[scene.clause(act.start)] and not _GUARDS.search(scene.before(act.start)):
            yield act


def _ends(span: Span) -> tuple[int, int]:
    return span.start, span.end + 24


def _requests(scene: Scene) -> Iterator[Act]:
    """Yield the verb that asks for a permission, or the permission itself at the beginning."""
    for permission in scene.named("permission"):
        number = scene.clause(permission.start)
        if scene.moot[number] or _BY_PERSON.search(scene.before(permission.start)):
            continue
        verb = _last(_REQUESTS.finditer(scene.before(permission.start)))
        begin = permission.start - len(scene.before(permission.start))
        if verb:
            yield Act(begin + verb.start(), begin + verb.end(), "collect", asks=True)
        elif (
            _REQUESTS.search(
                scene.text, permission.end, min(permission.end + 16, scene.sentence.end)
            )
            or _VERBAL.match(scene.text, permission.start)
            or (begin + 4 >= permission.start and number == 0 and len(scene.clauses) > 1)
        ):
            yield Act(permission.start, permission.end, "collect", asks=True)
