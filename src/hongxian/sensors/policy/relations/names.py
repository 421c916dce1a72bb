"""From the name of a third party, as a policy writes it, to the key that our list of SDKs has."""

from __future__ import annotations

import re
from functools import cache

from hongxian.laws.owners import without_sdk
from hongxian.laws.sdks import load_sdks

LONGEST = 80
_PLAIN = re.compile(
    r"(?:软件)?(?:开发)?(?:工具)?开发?包|\bsdk\b|sdk|客户端|android|安卓|\bios\b"
    r"|[\s“”\"'《》「」·:：.。+_-]|（.*?）|\(.*?\)|【.*?】",
    re.IGNORECASE,
)
_COMPANY = re.compile(
    r"(?:股份|责任)?有限(?:责任)?公司$|公司$|co\.?,?ltd\.?$|inc\.?$", re.IGNORECASE
)
_WORDS = frozenset(
    (
        "第三方",
        "三方",
        "推送",
        "支付",
        "地图",
        "分享",
        "登录",
        "统计",
        "定位",
        "广告",
        "认证",
        "人脸",
        "公司",
    )
)


def find_key(words: str) -> str | None:
    """Return the key of the SDK or company that a name means, or ``None``.

    Args:
        words: the name, such as 极光推送SDK; what brackets hold is left aside.
    """
    plain = _plain(words)
    if len(plain) < 2 or plain in _WORDS:
        return None
    names = _names()
    if plain in names:
        return names[plain]
    inside = [name for name in _longest_first() if len(name) >= 3 and plain.startswith(name)]
    if inside:
        return names[inside[0]]
    begun = [key for name, key in names.items() if name.startswith(plain)]
    return begun[0] if begun and len(plain) >= (3 if plain.isascii() else 2) else None


def write(words: str) -> str:
    """Return a third party as declarations write it: its key, else its name.

    A company that owns hosts and has no SDK goes by the key that a fact about its hosts has.
    """
    name = " ".join(words.split())[:LONGEST]
    return find_key(words) or without_sdk(name) or f"named:{name}"


@cache
def _names() -> dict[str, str]:
    found: dict[str, str] = {}
    for key, sdk in load_sdks().items():
        for name in (sdk.zh, sdk.en):
            for part in (name, *re.split(r"[/()]", name)):
                plain = _plain(part)
                if len(plain) >= 2 and plain not in _WORDS:
                    found.setdefault(plain, key)
    companies: dict[str, set[str]] = {}
    for key, sdk in load_sdks().items():
        companies.setdefault(_plain(sdk.company), set()).add(key)
    for company, keys in companies.items():
        if len(keys) == 1 and len(company) >= 3:
            found.setdefault(company, next(iter(keys)))
    return found


@cache
def _longest_first() -> tuple[str, ...]:
    return tuple(sorted(_names(), key=len, reverse=True))


def _plain(words: str) -> str:
    plain = _PLAIN.sub("", words[:200]).casefold()
    return _COMPANY.sub("", plain)
