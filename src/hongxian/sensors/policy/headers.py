"""What the header of a column, or the key of a line, says about what stands under it."""

from __future__ import annotations

import re

LONGEST = 24

_ROLES = (
    ("link", (
        r"链接|网址|隐私(?:政策|权|保护|条款|协议)|官网|政策|地址$|联系方式|\b(?:link|url"
        r"|privacy policy|website|contact)\b"
    )),
    ("none", (
        r"序号|编号|备注|版本|敏感|是否|系统$|操作系统$|平台$|频[率次]|数量|条数|\b(?:no\.?"
        r"|version|remarks?|required)$"
    )),
    ("recipient", (
        r"接收方|接收者|共享(?:方|对象|主体)|合作方|合作伙伴|受托方|受让方|提供对象|接收主体"
        r"|被共享|recipient|shared with|partner"
    )),
    ("company", (
        r"(?:公司|开发者|运营者|运营方|主体|厂商|提供方|提供者|供应商|服务商|机构)(?:名称?"
        r"|全称|信息)?$|\b(?:company|provider|vendor|developer|operator)\b"
    )),
    ("permission", r"权限|permission"),
    ("party", (
        r"sdk(?:的)?(?:名称?|类型|组件)?$|第三方(?:名称?|sdk|组件|插件|主体|机构|公司|身份"
        r"|产品|服务)?(?:名称)?$|(?:插件|组件|产品|工具)(?:名称|名)|^名称$"
              r"|sdk.{0,6}名称|third[- ]part(?:y|ies)(?: name)?$|\bsdk(?: name)?$|^name$"
    )),
    ("retention", r"期限|保存时间|存储时间|保留时间|retention|storage period|how long"),
    ("method", r"方式|手段|途径|method|manner|how "),
    ("purpose", r"目的|用途|使用说明|作用|为什么|purpose|\bwhy\b|use of"),
    ("info", (
        r"(?:个人|用户|收集|共享|获取|使用|采集|涉及|读取|处理|提供|敏感|必要|设备|字段|类型"
        r"|种类|范围|内容).{0,14}(?:信息|数据|字段|内容|类型|种类|范围)|(?:信息|数据)(?:类型"
        r"|种类|名称|字段|内容|项|范围)?$"
             r"|字段|personal (?:information|data)|information|data (?:collected|shared|type"
             r"|element)|^data$|what we"
    )),
    ("function", (
        r"功能|场景|业务|服务(?:类型|名称|内容)?$|类型$|类别$|feature|function|scenario"
        r"|service|context|\btype$"
    )),
)  # fmt: skip
_SIGNS = tuple((role, re.compile(sign, re.IGNORECASE)) for role, sign in _ROLES)


def role_of(words: str) -> str | None:
    """Return what a header announces: party, company, recipient, info, purpose and so on.

    Args:
        words: of the cell or key; anything longer than a header is none.
    """
    plain = (
        " ".join(re.sub(r"（.*?）|\(.*?\)", "", words[:200]).split())
        .strip(" *#“”\"'：:")
        .casefold()
    )
    if re.search(r"[\u4e00-\u9fff]", plain):
        plain = plain.replace(" ", "")
    if (
        not plain
        or len(plain) > (LONGEST * 2 if plain.isascii() else LONGEST)
        or re.search(r"[，。；,;]", plain)
    ):
        return None
    return next((role for role, sign in _SIGNS if sign.search(plain)), None)
