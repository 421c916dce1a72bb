"""Tokens: drawn by lot and kept in a vault; only vault and key together lead back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, by_distinct
from hongxian.guards.mask.technique import Option, Technique
from hongxian.guards.mask.vault import Vault
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting


def _vault(setting: Setting) -> Vault:
    if setting.vault is None:
        raise WordedError("mask_no_vault")
    if setting.ring is None:
        raise WordedError("key_none")
    return Vault(setting.vault, setting.ring, setting.key_name)


def _apply(setting: Setting) -> Apply:
    vault, prefix = _vault(setting), setting.option("prefix", "tok_")

    def apply(column: Any) -> Masked:
        return by_distinct(column, lambda values: vault.tokens(values, setting.domain, prefix))

    return apply


def _reveal(setting: Setting) -> Apply:
    vault = _vault(setting)

    def apply(column: Any) -> Masked:
        return by_distinct(column, lambda tokens: vault.values(tokens, setting.domain))

    return apply


def _check(setting: Setting) -> WordedError | None:
    return WordedError("mask_no_vault") if setting.vault is None else None


TECHNIQUE = Technique(
    name="token",
    apply=_apply,
    reveal=_reveal,
    keyed=True,
    options={"prefix": Option(kinds=(str,), most=16)},
    check=_check,
)
