"""By what means the person can do a thing: in the app, or by writing and calling."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongxian.sensors.policy.checks.text import Passage, Policy

_APP = re.compile(
    r"点击|点选|进入|设置|菜单|按钮|开关|页面|界面|登[录陆]"
    r"|[“「【\"\[][^”」】\"\]\n]{1,20}[”」】\"\]](?:-|→|>|中|页|功能|里|进行|-)"
    r"|->|-->|→|>|我的-|在线(?:操作|办理|申请|提交)|自助|自行|功能(?:中|里|内|进行|来)"
    r"|(?:客户端|app|应用|小程序|个人中心|用户中心|账[号户]中心)(?:中|内|里|上)|卸载|取消(?:勾选"
    r"|关注)|勾选"
    r"|(?:开启|开通|关闭|停用)[^,，。;；\n]{0,12}(?:功能|权限|服务|开关)|(?:系统|设备"
    r"|手机)(?:的)?(?:中|里|权限|管理)"
    r"|\b(?:settings?|log(?:ging)? in|sign in|click|tap|go to|toggle|switch|your (?:account"
    r"|profile) page"
    r"|account page|in the app|in-app|uninstall)\b"
)
_CONTACT = re.compile(
    r"联系(?:我们|客服|在线客服|人工|方式)|与我们(?:取得)?联系|向我们(?:提出|发送|申请|提交|反馈"
    r"|的?客服)"
    r"|客服|致电|拨打|热线|电话(?!号码)|邮件|邮箱|发邮|来信|书面|传真|营业网点|柜台|要求我们"
    r"|请求我们|通知我们"
    r"|@|\b(?:contact(?:ing)? (?:us|our|the)|e-?mail(?:ing)?|write to|writing to|call(?:ing)? us"
    r"|hotline|ask(?:ing)? us|request(?:s)? (?:to|that) (?:us|we)|notify(?:ing)? us)\b"
)


def ways(text: str) -> list[str]:
    """Return by what means a text lets the person act: ``app``, ``contact``.

    Args:
        text: even.
    """
    signs = {"app": _APP, "contact": _CONTACT}
    return [way for way, sign in signs.items() if sign.search(text)]


def ways_around(policy: Policy, passage: Passage) -> list[str]:
    """Return the means that the lead-in of a passage tells, else those around it."""
    found = ways("\n".join(passage.above[-1:]))
    if found:
        return found
    return sorted({way for one in policy.nearby(passage) for way in ways(policy.raw(one))})
