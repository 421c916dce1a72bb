"""By which words a privacy policy, an agreement or a list is known, in names, texts and URLs."""

from __future__ import annotations

import re
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from hongxian.sensors.policy.document import Document

LISTS = ("sdk_list", "collection_list")
"""Documents that list, and have none of the other parts that a policy must have."""

_KINDS = {
    "children": (
        r"(儿童|未成年人)(个人信息|隐私)",
        r"(child|minor|kid)\w*[-_ ]?privacy",
    ),
    "sdk_list": (
        r"第三方(SDK|信息共享|共享|合作)\w{0,6}(清单|目录|列表)",
        r"(信息)?共享清单|SDK(目录|清单|列表)",
        r"sdk[-_ ]?(list|catalog|catalogue|directory)",
        r"third[-_ ]?party[-_ ]?(sdk|list|share)",
    ),
    "collection_list": (
        r"(已)?收集(的)?个人信息(的)?(明示)?清单|个人信息(收集|明示)?清单",
        r"(info|pi|data|personal)\w*[-_ ]?collect(ion|ed)?[-_ ]?list",
    ),
    "policy": (
        r"隐私(权)?(保护)?(政策|协议|条款|声明|指引|说明)",
        r"个人信息(保护|处理)(政策|规则|声明|指引)",
        r"(?<![a-z])privac(y|ies)(?![-_ ]?sandbox)",
        r"yinsi|ysxy|yszc",
    ),
    "agreement": (
        r"用户(服务|使用|注册|许可)?协议|服务(协议|条款)|使用条款|注册协议",
        r"(user|service|register|licen[cs]e)[-_ ]?(agreement|protocol)|(?<![a-z])agreement",
        r"terms[-_ ]?(of[-_ ]?)?(service|use)",
        r"yonghuxieyi|yhxy",
    ),
}
_NAMES = {kind: re.compile("|".join(words), re.IGNORECASE) for kind, words in _KINDS.items()}
_TITLE = 40
_QUICK = re.compile(
    "隐私|个人信息|清单|目录|列表|协议|条款|privac|yinsi|ys[xz]|yhxy|yonghu"
    "|agreement|list|protocol|terms|catalog|directory|sdk|third",
    re.IGNORECASE,
)
"""Whatever the others find has one of these in it."""
_URL = re.compile(r"""https?://[^\s"'<>\\，。；：、）》】\u4e00-\u9fff]{4,2000}""", re.IGNORECASE)
_PATHS = {
    "policy": re.compile(r"(?<![a-z])polic(y|ies)(?![a-z])", re.IGNORECASE),
    "agreement": re.compile(r"(?<![a-z])(protocol|xieyi)(?![a-z])", re.IGNORECASE),
}
"""What speaks of a document in the path of a URL only."""


def kind_of(text: str) -> str | None:
    """Return which document a name or short text speaks of; ``None`` for none of them."""
    if not _QUICK.search(text):
        return None
    return next((kind for kind, words in _NAMES.items() if words.search(text)), None)


def document_kind(document: Document) -> str:
    """Return which document this is, by its title, its first words, or its file's name.

    A policy that names its lists in the title is a policy; what nothing tells is one too.
    """
    heading = next((block for block in document.blocks if block.kind == "heading"), None)
    first = document.text[heading.start : heading.end] if heading else document.text[:_TITLE]
    for text in (document.title or "", first, PurePath(document.name).stem):
        if kind := kind_of(text):
            return "policy" if _NAMES["policy"].search(text) and kind in LISTS else kind
    return "policy"


def kind_of_url(url: str) -> str | None:
    """Return which document a URL leads to, by its words; ``None`` for none of them."""
    rest = url.split("://", 1)[-1]
    if kind := kind_of(rest):
        return kind
    path = rest.partition("/")[2]
    return next((kind for kind, words in _PATHS.items() if words.search(path)), None)


def urls_in(text: str) -> list[str]:
    """Return the URLs of a text, each once, without the punctuation that follows them."""
    if "://" not in text:
        return []
    return list(dict.fromkeys(url.rstrip(".,;:)]}!") for url in _URL.findall(text)))
