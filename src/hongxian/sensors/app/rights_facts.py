"""Facts about ways to one's rights of which neither interface nor policy of a package speaks."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hongxian.sensors.app.look_facts import whole_policies

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from hongxian.facts import Fact
    from hongxian.sensors.app.manifest_facts import About
    from hongxian.sensors.app.package import AppPackage

ACCOUNT = re.compile(r"注册|登录|登陆|\b(?:sign ?up|sign ?in|log ?in|register)\b", re.IGNORECASE)
"""Wording of an interface that has accounts."""
WAYS = {
    "withdraw_consent": ("撤回", "撤销", "取消授权", "关闭授权", "关闭权限", "withdraw", "revoke"),
    "correct": ("更正", "修改", "编辑", "完善", "correct", "rectif", "edit"),
    "delete": ("删除", "清除", "清空", "delete", "erase"),
    "cancel_account": ("注销", "销户", "销号", "delete account", "delete my account",
                       "close account", "close my account", "deactivate"),
}  # fmt: skip
"""Control -> words, one of which any way to it would bear."""
NEEDS_ACCOUNT = frozenset({"correct", "delete", "cancel_account"})
LABEL = 20
"""Characters; the text of a button or a field is not longer."""
SURE = 0.5


def rights_facts(
    about: About, package: AppPackage, code: Iterable[bytes], *, collects: bool
) -> Iterator[Fact]:
    """Yield a missing ``control`` for each right of which no text of the package speaks.

    That is said only where the policy itself lies in the package, so that its text was looked
    through too; of correction, deletion and cancellation only where the interface has accounts.

    Args:
        about: the subject.
        package: the package.
        code: the DEX files, whose texts are looked through.
        collects: whether the code can read PI.
    """
    policies = whole_policies(package)
    if not policies or not collects:
        return
    texts = [text.value for text in package.strings()]
    accounts = any(len(text) <= LABEL and ACCOUNT.search(text) for text in texts)
    whole = "\n".join([*texts, *(part.text or "" for part in package.policies)]).lower()
    files = list(code)
    for item, words in WAYS.items():
        if item in NEEDS_ACCOUNT and not accounts:
            continue
        if any(word in whole for word in words) or _in_code(files, words):
            continue
        yield about.fact(
            "control", item=item, outcome="missing", certainty="inferred", score=SURE,
            locator=f"resources.arsc, {policies[0].locator}",
        )  # fmt: skip


def _in_code(files: Iterable[bytes], words: tuple[str, ...]) -> bool:
    """Whether a Chinese word stands among the texts of code; English ones name much else."""
    marks = [word.encode() for word in words if not word.isascii()]
    return any(mark in raw for raw in files for mark in marks)
