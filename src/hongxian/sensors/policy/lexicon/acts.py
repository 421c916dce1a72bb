"""Acts: a verb counts when its object is PI; with another object it keeps a low certainty."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.nouns import is_noun
from hongxian.sensors.policy.lexicon.text import Breaks

if TYPE_CHECKING:
    from hongxian.sensors.policy.lexicon.match import Hit

WEAK = 0.3
"""Certainty of a verb whose object is not seen to be PI."""

LOOSE = 0.45
"""Certainty of a verb in a noun phrase: 我们收集的信息, 信息的使用."""

_WINDOW = 60
_CONSENT = re.compile(
    r"[得到取](?:您|你|用户|其|本人|监护人|父母)[^，。；、]{0,8}(?:授权|同意|许可)"
)
_THING = re.compile(
    r"(?:服务(?!日志|记录|使用|订单|信息|器)|产品(?!信息)|功能"
    r"|软件(?!列表|信息|版本|安装)|平台(?!账)|网站(?!浏览)"
    r"|应用程序|app|页面|帮助|权利|便利|支持|措施|链接|协议|条款"
    r"|权限|请求|体验|奖品|方式|渠道)"
    r"|\b(?:services?|products?|website|app|features?"
    r"|content|support|experience|cookies?|rights?)\b"
)
_CUT = re.compile(
    r"[，,](?:我们|您|你|如|但|除|则|本|以|为|用于)|(?<!以下|如下|下列|信息|包括)：|(?<=\w{3}): "
)
_CORE = frozenset(
    (
        "收集",
        "采集",
        "搜集",
        "获取",
        "记录",
        "接收",
        "读取",
        "提取",
        "存储",
        "保存",
        "共享",
        "转让",
        "披露",
    )
)
"""Verbs that have a thing between them and the PI: 记录您使用服务的时间."""
_NOUN_AFTER = re.compile(
    r"的(?![^，。；]{0,8}(?:信息|数据|资料)(?:包括|有|为|是"
    r"|如下|：))|[：。]|后|[，,](?!使用|存储|保存|分析|共享)|$"
)
_NOUN_BEFORE = re.compile(
    r"(?:(?<!目)的|不|对外|如何|怎样|拒绝|如[需须]|如必须|其他)$|(?:如何|怎样)[^，。；]{0,12}$"
)
_JOINT = re.compile(
    r"[、/和及与或以并且,，而]*(?:进行|或者|以及|并且|对外|公开|进一步|and|or|/|, |\s)*$"
)
_PERSON = re.compile(
    r"(?<![向为与经给对得让供示至使由帮据当在关录存集])(?:您|你|用户)(?!的|们的|同意|授权|所)"
    r"|(?<!to )(?<!with )(?<!from )(?<!for )(?<!about )\byou\b"
)
_PERSON_USES = re.compile(
    r"(?:您|你|用户)(?:在|可以|可|需要|已|正在|继续|选择|主动|不|无法|能|首次|通过)*$"
)
_NEAR = 8
_DATA = ("信息", "数据", "资料", "information", "data")
_OPERATOR = re.compile(
    r"(?<![向给至])(?:我们|我方|我司)|本公司|本平台|平台"
    r"|公司|第三方|服务商|合作|sdk|关联|他们|\bwe\b|partners?"
)
_TO_PERSON = re.compile(r"(?:[向给为][您你](?!的)|[向给为]用户|为我们)[^，。；]{0,6}$")
_REFUSED = re.compile(r"(?:不|拒绝|不愿意?|未|不想)$")
_CASE = re.compile(r"[^，。；]{0,20}的(?:情况|情形|前提|条件)下?")
_MOVED = re.compile(r"[将把对就][^。；\n]*$")
_PASSIVE = re.compile(
    r"[^。；，\n]{0,12}(?:被|由|会|将|的|用于|进行|予以|可能|加以|不会)[^。；，\n]{0,8}$"
    r"|[^.;\n]{0,60}\b(?:is|are|was|were|be|been|being)\b[^.;,\n]{0,20}$"
    r"|[^.;,\n]{0,20}\b(?:you|we)(?: (?:may|can|will|have|choose to|voluntarily))* $"
)
GIVEN = frozenset(
    (
        *(
            "提供",
            "提交",
            "填写",
            "上传",
            "输入",
            "填报",
            "登记",
            "完善",
            "预留",
            "绑定",
            "设置",
            "添加",
        ),
        *("开通", "选填", "告知", "透露", "录入"),
        *("submit", "upload", "enter", "fill in", "input", "provide", "give", "send"),
    )
)
"""Verbs of the person: what you provide, the operator collects."""


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the acts, with the certainty that their objects give them."""
    named = {hit.start for hit in hits.get("info", ())}
    acts = [hit for hit in hits.get("act", ()) if not is_noun(text, hit, named)]
    back = [hit for hit in hits.get("reference", ()) if text.endswith(_DATA, hit.start, hit.end)]
    info = [*hits.get("info", ()), *back]
    return _Settler(text, sorted(info)).settle(acts)


class _Settler:
    def __init__(self, text: str, info: list[Hit]) -> None:
        self.text = text
        self.info = info
        self.starts = [hit.start for hit in info]
        self.sentences = Breaks(text)

    def settle(self, acts: list[Hit]) -> list[Hit]:
        """Settle the acts from the last to the first: a verb shares the object of the next."""
        settled: list[Hit] = []
        for act in reversed(acts):
            after = settled[-1] if settled else None
            settled.append(self._settle(act, after))
        settled.reverse()
        return [self._inherit(hit, settled[n - 1] if n else None) for n, hit in enumerate(settled)]

    def _settle(self, act: Hit, after: Hit | None) -> Hit:
        first, last = self.sentences.around(act.start)
        joint = (
            after is not None
            and after.certainty > WEAK
            and after.start - act.end < 8
            and _JOINT.fullmatch(self.text, act.end, after.start) is not None
        )
        strong = joint or self._object_after(act, last) or self._object_before(act, first)
        if _CONSENT.match(self.text, act.end - 1) or not strong or self._used_by_person(act, first):
            return act._replace(certainty=WEAK)
        judged = self._by_subject(act, first)
        given = judged.key == "collect" and self.text[act.start : act.end] in GIVEN
        aside = _REFUSED.search(self.text, first, act.start) if given else self._nominal(act, first)
        if aside or (not joint and _CASE.match(self.text, act.end)):
            return judged._replace(certainty=min(LOOSE, judged.certainty))
        return judged

    def _used_by_person(self, act: Hit, first: int) -> bool:
        verb = self.text[act.start : act.end]
        return verb not in GIVEN and _PERSON_USES.search(self.text, first, act.start) is not None

    def _nominal(self, act: Hit, first: int) -> bool:
        """Whether a verb stands in a noun phrase, and tells no act of its own."""
        if _NOUN_BEFORE.search(self.text, first, act.start):
            return True
        if self._object_before(act, first):
            return False
        return _NOUN_AFTER.match(self.text, act.end) is not None

    def _inherit(self, act: Hit, before: Hit | None) -> Hit:
        """Let a verb joined to a certain one before it (收集和使用) be as certain."""
        near = before is not None and before.certainty > WEAK and act.start - before.end < 8
        if act.certainty > WEAK or not near or before is None:
            return act
        joint = _JOINT.fullmatch(self.text, before.end, act.start) and act.start > before.end
        return act._replace(certainty=before.certainty) if joint else act

    def _object_after(self, act: Hit, last: int) -> bool:
        end = min(last, act.end + _WINDOW)
        place = bisect_left(self.starts, act.end)
        if place == len(self.starts) or self.starts[place] >= end:
            return False
        cut = _CUT.search(self.text, act.end, end)
        if cut is not None and cut.start() < self.starts[place]:
            return False
        if self.text[act.start : act.end] in _CORE:
            return True
        thing = _THING.search(self.text, act.end, end)
        if act.key == "use" and self.starts[place] - act.end > _NEAR:
            return False
        return thing is None or self.starts[place] <= thing.start()

    def _object_before(self, act: Hit, first: int) -> bool:
        place = bisect_left(self.starts, act.start) - 1
        if place < 0 or self.starts[place] < first:
            return False
        named = self.info[place]
        if named.end >= act.start:
            return True
        moved = _MOVED.search(self.text, max(first, named.start - 30), named.start)
        return moved is not None or bool(_PASSIVE.fullmatch(self.text, named.end, act.start))

    def _by_subject(self, act: Hit, first: int) -> Hit:
        """Judge by who acts: what the person gives is collected; what the person sees is not."""
        start = max(first, act.start - _WINDOW)
        if act.key == "share" and _TO_PERSON.search(self.text, start, act.start):
            return act._replace(certainty=WEAK)
        given = self.text[act.start : act.end] in GIVEN
        clause = (
            start
            if given
            else max(start, *(self.text.rfind(one, start, act.start) for one in "，,"))
        )
        person = _last(_PERSON, self.text, clause, act.start)
        other = _last(_OPERATOR, self.text, clause, act.start)
        if given and (person > other or act.key == "collect"):
            return act._replace(key="collect")
        if person > other and not given and act.key in {"collect", "use", "delete"}:
            return act._replace(certainty=WEAK)
        return act


def _last(words: re.Pattern[str], text: str, start: int, end: int) -> int:
    return max((one.end() for one in words.finditer(text, start, end)), default=0)
