"""Format-preserving encryption: turned back with the key, and never else."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.ciphers import CIPHERS, BlockCipher
from hongxian.guards.mask.ff1 import LEAST_DOMAIN
from hongxian.guards.mask.formats import bank_card, phone, resident_id
from hongxian.guards.mask.formats.letters import Alphabet, Classes
from hongxian.guards.mask.formats.part import DIGITS
from hongxian.guards.mask.fpe import encrypt_column
from hongxian.guards.mask.technique import Option, Technique
from hongxian.words.worded import WordedError, nearest

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.cells import Masked
    from hongxian.guards.mask.formats.part import Format
    from hongxian.guards.mask.technique import Apply, Setting

FORMATS: dict[str, Callable[..., Format]] = {
    "phone": phone.Phone, "resident_id": resident_id.ResidentId, "bank_card": bank_card.BankCard,
    "digits": lambda: Classes(DIGITS), "classes": Classes, "alphabet": Alphabet,
}  # fmt: skip
"""Formats by name."""

KEEP = {"phone": phone.KEEP, "resident_id": resident_id.KEEP, "bank_card": bank_card.KEEP}
"""What each format can keep."""

OF_INFO = {
    "basic.phone": "phone", "identity.doc_number": "resident_id",
    "property.bank_card": "bank_card",
}  # fmt: skip
"""The format of a PI type, when a policy names none; any other keeps the class of each letter."""


def _form(setting: Setting) -> tuple[str, Format]:
    name = setting.option("format", None)
    if name is None:
        name = "alphabet" if "alphabet" in setting.options else OF_INFO.get(setting.info, "classes")
    if name == "alphabet":
        return name, FORMATS[name](setting.options["alphabet"])
    if name in KEEP and "keep" in setting.options:
        return name, FORMATS[name](tuple(setting.options["keep"]))
    return name, FORMATS[name]()


def _apply(setting: Setting, *, decrypt: bool = False) -> Apply:
    name, form = _form(setting)
    algorithm = setting.option("cipher", "aes")
    secret = setting.key().derive(f"fpe:{algorithm}", CIPHERS[algorithm])
    cipher, domain = BlockCipher(algorithm, secret), f"{setting.domain}:{name}".encode()

    def apply(column: Any) -> Masked:
        return encrypt_column(column, form, cipher, domain, decrypt=decrypt)

    return apply


def _check(setting: Setting) -> WordedError | None:
    name = setting.option("format", None)
    letters = setting.option("alphabet", None)
    if name == "alphabet" and letters is None:
        return WordedError("mask_no_alphabet")
    if letters is not None and (not letters.isascii() or len(set(letters)) != len(letters)):
        return WordedError("mask_alphabet")
    name, _ = _form(setting) if letters is None else ("alphabet", None)
    keep = setting.option("keep", [])
    for word in keep:
        if word not in KEEP.get(name, ()):
            return WordedError("mask_keep", word=word, format=name,
                               nearest=nearest(str(word), list(KEEP.get(name, ()))))  # fmt: skip
    if name == "resident_id" and resident_id.domain_size(tuple(keep)) < LEAST_DOMAIN:
        left = resident_id.domain_size(tuple(keep))
        return WordedError("mask_domain", left=left, least=LEAST_DOMAIN)
    return None


TECHNIQUE = Technique(
    name="fpe",
    apply=_apply,
    reveal=partial(_apply, decrypt=True),
    keyed=True,
    options={
        "format": Option(kinds=(str,), choices=tuple(FORMATS)),
        "alphabet": Option(kinds=(str,), least=2, most=94),
        "cipher": Option(kinds=(str,), choices=tuple(CIPHERS)),
        "keep": Option(kinds=(list,), most=4),
    },
    check=_check,
)
