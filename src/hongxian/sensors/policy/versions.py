"""What a newer version of a policy adds: PI, purposes, recipients, permissions."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.policy.findings import Finding

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    from hongxian.sensors.policy.declarations import Declaration
    from hongxian.sensors.policy.document import Document

_POSITIVE = frozenset(("collect", "use", "share", "entrust", "transfer", "disclose", "store"))
_PROMISES = re.compile(
    r"(?:变更|修订|更新|修改|变化|调整)[^。\n]{0,80}(?:通知|公告|告知|弹窗|提示|公示|推送"
    r"|重新(?:征得|获得|取得)[^。\n]{0,8}同意)"
    r"|(?:通知|公告|告知|弹窗|提示)[^。\n]{0,40}(?:变更|修订|更新|修改)"
    r"|(?:chang|updat|amend|revis)\w*[^.\n]{0,120}(?:notif|notice|inform|announce"
    r"|let you know|consent)"
    r"|(?:notify|inform) you[^.\n]{0,80}(?:chang|updat|amend|revis)",
    re.IGNORECASE,
)


def compare(
    earlier: tuple[Document, Sequence[Declaration]], later: tuple[Document, Sequence[Declaration]]
) -> list[Finding]:
    """Return what the later version declares and the earlier one does not.

    What is told as new once is not told again in each combination: a new type of PI counts, not
    each of its purposes; only what is new about known PI is told beside it.

    Args:
        earlier: the earlier version and what it declares.
        later: the later version and what it declares.
    """
    before = [one for one in earlier[1] if one.act in _POSITIVE]
    after = [one for one in later[1] if one.act in _POSITIVE]
    notice = _promise(later[0].text)
    return [
        Finding(
            item="changed", start=said.span.start, end=said.span.end, info=said.info,
            purpose=said.purpose if "purpose" in new else None,
            recipient=said.recipient if "recipient" in new else None,
            detail=_detail(said, new, promised=notice),
        )
        for said, new in _new(before, after)
    ]  # fmt: skip


def _new(
    before: Iterable[Declaration], after: Iterable[Declaration]
) -> Iterator[tuple[Declaration, tuple[str, ...]]]:
    """Yield each declaration that brings something new, with what is new in it."""
    known = {name: {key(one) for one in before} for name, key in _KEYS.items()}
    seen: dict[str, set[tuple[str | None, ...]]] = {name: set() for name in _KEYS}
    for said in after:
        new = tuple(
            name
            for name, key in _KEYS.items()
            if key(said)[-1] is not None
            and key(said) not in known[name]
            and key(said) not in seen[name]
        )
        for name in new:
            seen[name].add(_KEYS[name](said))
        told = new if "info" not in new else ("info", *(n for n in new if n != "info"))
        if told:
            yield said, told


def _info(said: Declaration) -> tuple[str | None, ...]:
    return (said.actor, said.info)


def _purpose(said: Declaration) -> tuple[str | None, ...]:
    return (said.info, said.purpose)


def _recipient(said: Declaration) -> tuple[str | None, ...]:
    return (said.info, said.recipient)


def _permission(said: Declaration) -> tuple[str | None, ...]:
    return (said.permission,)


_KEYS: dict[str, Callable[[Declaration], tuple[str | None, ...]]] = {
    "info": _info, "purpose": _purpose, "recipient": _recipient, "permission": _permission,
}  # fmt: skip
"""What can be new -> what makes it the same as before."""


def _promise(text: str) -> bool:
    return bool(_PROMISES.search(text))


def _detail(said: Declaration, new: tuple[str, ...], *, promised: bool) -> dict[str, object]:
    detail: dict[str, object] = {
        "act": said.act, "actor": said.actor, "new": list(new), "notice_promised": promised,
    }  # fmt: skip
    if "permission" in new:
        detail["permission"] = said.permission
    return detail
