"""Whether a word that may name PI does so where it stands.

A common word (行业, 教育, 搜索) names PI only where it stands by itself, not inside another noun
(互联网行业, 教育机构). Other words name no PI before or after words of a class: 客服电话 is the
operator's, 显著位置 is a place on a page, 微信好友 after 分享至 is who receives.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.terms import load_common

if TYPE_CHECKING:
    from collections.abc import Container

    from hongxian.sensors.policy.lexicon.match import Hit

NOUN = re.compile(
    r"功能|服务|技术|开关|平台|厂商|公司|行业|设置|页面|界面"
    r"|推送(?!给|[您你]|消息|信息|内容|广告|提醒|通知|优惠|相关)|通知(?![您你]|用户)|渠道|系统|软件|工具|按钮|播放|会议|直播"
    r"|通话|权限|协议|机构|商(?!品)|管理|安全|保护|泄露"
    r"|披露义务|控制者|处理者|主体|网络(?!信息)|科技|有限"
    r"|厂家|引擎|模式|接口|键|框|端口|通道|库存|体系|工作|行为规范|提供[商者方]"
)
"""What makes another noun of the PI before it."""
_HANDLING = re.compile(
    r"安全|保护|主体|处理者|控制者|处理规则|处理活动|泄露|系统|网络|技术|服务|产业|科技|化|流|库"
    r"|中心|工程|出境|传播|主管|影响评估|政策|指引|声明|协议|法(?!律|规|定)|加密|标准"
)
"""What makes a noun that handles PI of a word for PI as such: 个人信息保护."""
_MATTER = re.compile(r"共享|推送|存储|披露|分析|使用|交换|传输|处理|加密")
"""What does so with the bare words 信息, 数据."""
_BARE = frozenset(("信息", "资料", "数据"))
_HAN = re.compile(r"[\u4e00-\u9fff]")
_OPEN = re.compile(
    r"(?:[^\u4e00-\u9fff]|[的您你及和与或是为如其属])$|(?:收集|填写|获取|提供|上传|提交|存储|所在"
    r"|从事|包括|记录|包含|用户|以及|个人|读取|采集|使用|本人|涉及|进行|相关|客户|常用|孩子|学生|任何|日常)$"
)
_CLOSE = re.compile(
    r"[^\u4e00-\u9fff]|[等及和或与以的]|信息|数据|记录|资料|情况|内容|习惯|事件|分布|进行|用于|$"
)
_OURS = re.compile(
    r"(?:客服|客户服务|服务|投诉|举报|咨询|热线|办公|官网|官方|网站|链接|下载|页面|网页|服务器|我们的"
    r"|我司|本公司)(?:联系|的)?$"
)
_LABEL = re.compile(r"[:：]|如下|为[:：]")
_LABELS = frozenset(
    ("联系电话", "联系地址", "联系邮箱", "邮箱", "电话", "地址", "联系方式", "联系信息", "电子邮箱",
     "公司名称", "公司地址", "单位名称", "企业名称")
)  # fmt: skip
_SHOWN = re.compile(r"(?:显著|显着|醒目|明显|页面|内容|链接|突出|适当|当前页面?)的?$")
_CHANGED = re.compile(
    r"(?:找回|修改|重置|忘记|更改|设置新|验证)(?:您|你)?的?(?:登[录陆]|账[号户][/、和及]?[号户卡]?)?$"
    r"|(?:妥善|保管|泄[露漏]|切勿|请勿|不要|牢记|谨慎)[^，。；]{0,14}$"
)
_CARED = re.compile(r"(?:妥善|保管|泄[露漏]|切勿|请勿|不要|出借|转借)[^，。；]{0,14}$")
_RECEIVING = re.compile(
    r"(?:[至给到向与]|邀请|添加|和)(?:您|你)?的?(?:微信|qq|朋友圈|微博|其他|游戏)?[、/或和]?(?:微信|qq)?$"
)
_NAMED = re.compile(r"(?:可)?(?:接收|发送|下发|群发)(?:的|到)?$")
_ELSEWHERE = re.compile(
    r"(?:其他|境外|境内|以外的?|该|不同|各|相关|目的地|适用|前述|上述|全球)(?:的)?(?:国家[和或及/、])?$"
)
_PARTNER = re.compile(r"(?:与|向|由|例如|比如|如|通信|基础|转售|虚拟|合作的?|该|第三方|等)$")
_OTHERS = re.compile(r"(?:冒用|盗用|使用)(?:他人|其他人|别人)的?$")
_MADE = re.compile(
    r"(?:进行|形成|构建|建立|制作|生成|作出?|做)(?:数据|综合|个性化|用户)?(?:的)?"
    r"(?:[^，。；]{0,4}(?:分析|模型|统计)[和及与、并](?:进行)?)?(?:用户|人群)?$"
    r"|(?:特征|行为|数据)(?:分析|模型)(?:[和及与、并]|并?进行)+(?:用户)?$"
)
"""Making a profile is a use of PI: no profile that is collected."""
_BEFORE = {
    "basic.name": re.compile(
        r"(?:向|给|冒用|使用他人)(?:[^，。；]{0,10}[、和])?(?:他人|其他人)?(?:的)?$"
    ),
    "device.carrier": _PARTNER,
    "basic.phone": _OURS,
    "basic.email": _OURS,
    "basic.address": _OURS,
    "location.precise": _SHOWN,
    "location.coarse": _ELSEWHERE,
    "auth.password": _CHANGED,
    "netid.account": _CARED,
    "contact.friends": _RECEIVING,
    "comm.sms": _NAMED,
    "label.profile": _MADE,
}
"""PI that is no PI after these words."""
_AFTER = {
    "device": re.compile(r"文字|文化|模型|包(?!名)|能力"),
    "auth": re.compile(r"找回|重置|登[录陆]|学|锁|丢失"),
    "biometric": re.compile(r"登[录陆]|支付|解锁|验证登|[ -]*sdk"),
    "media": re.compile(
        r"(?:或(?:录像|视频))?的(?:日期|时间|格式|尺寸|大小)|聊天|交互|助手|评测|配音|广告|类|互动|验证|识别|上传功能|连接|编辑|剪辑|合成"
    ),
    "trade": re.compile(r"配送|支付|处理|提交|跟踪|进度"),
    "contact": re.compile(r"互动|分享|添加"),
    "comm": re.compile(r"方式|营销|验证登|行业|秀|显示|设备"),
    "basic": re.compile(r"方式|营销|歧视|秀|显示"),
    "location": re.compile(r"的?法[律规院]|司法|管辖|监管"),
    "weblog": re.compile(
        r"(?<=浏览|搜索|下载|点击|关注|收藏|评价|评论)[、或和及与]"
        r"(?:使用(?!习惯|记录|情况)|播放(?!记录|时长)|下载(?!记录)|购买(?!记录)|发布)"
    ),
    "identity": re.compile(
        r"(?<=实名)(?:认证(?!信息|资料|的)|制(?!信息)|注册|验证(?!信息|资料)|登记)"
    ),
    "eduwork": re.compile(r"认证|标准|惯例|规范|领先"),
    "property": re.compile(r"安全|损失|损害|权益|出售|重组|收购|转让|发放|证券"),
}
"""PI, by its group, that is no PI before these words."""
_REACH = 12


def names_pi(text: str, hit: Hit, near: Container[int]) -> bool:
    """Whether a term of PI names PI where it stands.

    Args:
        text: The even text.
        hit: The term.
        near: Where PI that is no common word starts and ends: 画像标签 is no other noun.
    """
    word = text[hit.start : hit.end]
    if hit.key == "personal":
        handling = _HANDLING.match(text, hit.end)
        return handling is None and not (word in _BARE and _MATTER.match(text, hit.end))
    if NOUN.match(text, hit.end):
        return False
    before = max(0, hit.start - _REACH)
    if word in _LABELS and _LABEL.match(text, hit.end):
        return False
    after = _AFTER.get(hit.key.split(".")[0])
    if after is not None and after.match(text, hit.end):
        return False
    told = _BEFORE.get(hit.key)
    if told is not None and told.search(text, before, hit.start):
        return False
    return word not in load_common() or _by_itself(text, hit, near)


def _by_itself(text: str, hit: Hit, near: Container[int]) -> bool:
    if hit.end not in near and not _CLOSE.match(text, hit.end):
        return False
    if not hit.start or hit.start in near:
        return True
    return _OPEN.search(text, max(0, hit.start - _REACH), hit.start) is not None
