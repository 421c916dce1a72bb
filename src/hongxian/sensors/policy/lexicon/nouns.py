"""Verbs of handling inside nouns (使用者, 存储期限) and with an object that is never PI.

What a noun is told by is its class of endings or openings, so no list of whole words is needed.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Container

    from hongxian.sensors.policy.lexicon.match import Hit

_ENDING = re.compile(
    r"者|商(?![品户家业城])|方(?!便)|人(?![脸像群员])|权(?!益)|量|器|率|性(?!别)|费|的?服务(?![日订记])"
    r"|的?功能|技术|平台|工具|系统(?![和及与版类故信应])|结果|机制|方案|能力|公司|机构|企业(?![用微名信员])|实体|条款|协议|规则|规范|说明"
    r"|过程|期间|期限?|年限|目的|范围|路径|按钮|页面|界面|选项|活动|措施|程序|渠道|进度|义务|流程"
    r"|原则|标准|需求|体验|环境|通道|层|策略|政策|目录|安全|质量|风险|价值|商店|市场|软件|场景"
    r"|中心|要求|接口|[ -]*sdk"
)
"""What makes a noun of the verb before it, or is an object that is no PI."""
_STORED = re.compile(r"时[限间长点]|地[点域区]|位置|场所|空间|介质|设备|卡(?!号)")
_OPENING = re.compile(
    r"(?:人脸|面部|语音|图像|身份|指纹|声纹|风险|设备|文字|数据|统计|网络|业务|资产|权利|股权"
    r"|账[号户]|帐[号户]|隐私|权限|系统|社交|一键|云|未|已|非)$"
)
_OPENED = frozenset(
    ("识别", "验证", "传输", "分析", "转移", "转让", "合并", "设置", "分享", "存储", "公开",
     "公布", "备份", "交换")
)  # fmt: skip
_CONSENT = re.compile(
    r"(?:[您你其]|用户|本人|监护人|父母|个人)?的?(?:明确|明示|单独|事先|书面|另行|再次|额外)*的?"
    r"(?:同意|授权|许可|权限|批准|联系|奖)(?!共享|该|您|你|的[^，。；]{0,6}(?:信息|数据))"
)
_CONSENTED = frozenset(("获取", "获得", "取得", "收到", "请求"))
_IDENTIFIES = re.compile(
    r"(?:出|到)?(?:您|你|用户|特定|自然人|任何|某一|个人|具体|[^，。；]{0,4}身份)"
)
_UNABLE = re.compile(r"(?:无法|不能|难以|可以?|能够?|重新|单独|可被|以|被|用于|用以|直接|间接)$")
_PERSONAL = frozenset(("删除", "清除", "查看", "访问", "编辑"))
_BY_PERSON = re.compile(
    r"(?:(?:您|你|用户)(?:可以?|有权|能够?|需|随时|主动)*|自行|自主|点击|申请|要求|如何"
    r"|[更改]正[、或和]|访问[、或和]|查询[、或和]|查[看阅][、或和])$"
)
_DEMANDS = re.compile(
    r"(?:[您你]的|用户的?|该|此|上述|合理的?|书面|服务|响应|提出|[的何项]|下列|处理|满足|拒绝)$"
)
_TIME = re.compile(
    r"(?:不断|持续|更加|进一步|改进|日益|逐步|妥善|继续|停止|正常|恢复|开始)(?:地)?$"
)
_KEPT = frozenset(("完善", "保管", "使用"))
DELEGATES = re.compile(
    r"(?!协议|合同|方|人|关系|书|处理)[^，。；、：的]{2,18}?(?:对|代为|帮助|协助|处理|加工"
    r"|存储|保存|保管|分析|统计|配送|派送"
    r"|收集|验证|核验|核实|发送|推送|开展|进行|提供)"
)
"""What follows 委托 when it is a verb: 委托技术公司处理."""
_REACH = 6


def is_noun(text: str, act: Hit, info: Container[int]) -> bool:
    """Whether a verb's neighbours make it part of a noun, or of a phrase without PI.

    Args:
        text: The even text.
        act: The verb.
        info: Where PI starts: an ending that is PI itself (记录服务日志) makes no noun.
    """
    verb = text[act.start : act.end]
    if verb.isascii():
        return False
    if act.key == "entrust" and DELEGATES.match(text, act.end):
        return False
    if act.end not in info and _ENDING.match(text, act.end):
        return True
    if act.key == "store" and _STORED.match(text, act.end):
        return True
    before = max(0, act.start - _REACH)
    return (
        (verb in _OPENED and _OPENING.search(text, before, act.start) is not None)
        or (verb in _CONSENTED and _CONSENT.match(text, act.end) is not None)
        or (verb == "识别" and _identifies(text, act))
        or (verb == "请求" and _DEMANDS.search(text, before, act.start) is not None)
        or (verb in _PERSONAL and _BY_PERSON.search(text, before, act.start) is not None)
        or (verb in _KEPT and _TIME.search(text, before, act.start) is not None)
    )


def _identifies(text: str, act: Hit) -> bool:
    """Whether 识别 tells what PI is (无法识别特定个人), and no act."""
    if _UNABLE.search(text, max(0, act.start - _REACH), act.start):
        return True
    return _IDENTIFIES.match(text, act.end) is not None
