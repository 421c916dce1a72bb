"""Conditions: terms, and phrases such as 征得…同意, 除…外, 按照法律…要求."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.lexicon.match import Hit, select

if TYPE_CHECKING:
    from collections.abc import Iterator

_PHRASES = (
    ("separate_consent", re.compile(r"(?:经|征得|取得|获得|得到"
                                    r"|获取)[^，。；\n]{0,8}单独[^，。；\n]{0,6}(?:同意|授权)后?")),
    ("consent", re.compile(
        r"(?:在|于)?(?:未)?(?:经过?|征得|取得|获得|得到|获取|征求"
        r"|基于)(?:您|你|用户|个人|监护人|其|父母|本人)[^，。；\n]{0,14}?"
        r"(?:同意|授权|许可|允许)(?:同意)?(?:的情况下|的前提下|后|之后)?")),
    ("legal_exception", re.compile(r"除(?!了|此|非)[^。；\n]{2,60}?(?<!以"
                                   r"|另|例|除|此|海|国|境)外(?![部国界汇])")),
    ("law", re.compile(
        r"(?:按照?|根据|依据|依照|应|因|遵照|基于)[^，。；\n]{0,16}(?:法律"
        r"|法规|司法|行政|监管|法院|公安)[^，。；\n]{0,24}?"
        r"(?:规定|要求|需要|命令|程序|许可)")),
    ("choice", re.compile(r"(?:如果?|若|当|在)(?:您|你|用户)(?:选择"
                          r"|主动|自愿|同意)[^，。；\n]{0,24}")),
)  # fmt: skip


def settle(text: str, hits: dict[str, list[Hit]]) -> list[Hit]:
    """Return the conditions; a phrase takes the place of the terms inside it."""
    return select([*_phrases(text), *hits.get("condition", ())])


def _phrases(text: str) -> Iterator[Hit]:
    for key, grammar in _PHRASES:
        for one in grammar.finditer(text):
            yield Hit(one.start(), one.end(), key, 1.0)
