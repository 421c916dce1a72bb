"""Synthetic values (extra ``synthetic``): invented, and under one key the same for the same value.

Two values may get the same invention; a pseudonym is the technique where they must not.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, by_distinct
from hongxian.guards.mask.technique import Option, Technique
from hongxian.guards.mask.techniques.pseudonym import digests, normalised
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

PROVIDERS = {
    "basic.name": "name", "basic.phone": "phone_number", "basic.email": "ascii_safe_email",
    "basic.address": "address", "basic.birth_date": "date_of_birth",
    "basic.nickname": "user_name", "identity.doc_number": "ssn",
    "property.bank_card": "credit_card_number", "property.vehicle": "license_plate",
    "eduwork.employer": "company", "eduwork.occupation": "job", "netid.account": "user_name",
    "netid.user_id": "uuid4", "netid.ip": "ipv4_public", "device.mac": "mac_address",
    "location.residence": "address",
}  # fmt: skip
"""What Faker calls the inventions of a PI type."""

_HELD = 1 << 16
"""Inventions that are held, because values come again and to invent is slow."""

LOCALES = ("zh_CN", "en_US")


def _apply(setting: Setting) -> Apply:
    try:
        from faker import Faker  # noqa: PLC0415 - an extra
    except ImportError:
        raise WordedError("no_synthetic_extra") from None
    faker = Faker(setting.option("locale", "zh_CN"))
    provider = getattr(faker, setting.option("provider", PROVIDERS.get(setting.info)))
    digest = digests("sha256", setting.key().derive("synthetic"))
    start = setting.domain.encode() + b"\0"

    @lru_cache(maxsize=_HELD)
    def invent(value: str) -> str:
        faker.seed_instance(int.from_bytes(digest(start + value.encode()), "big"))
        return str(provider())

    def apply(column: Any) -> Masked:
        return by_distinct(
            normalised(column, setting.info), lambda values: [invent(value) for value in values]
        )

    return apply


def _check(setting: Setting) -> WordedError | None:
    if "provider" in setting.options or setting.info in PROVIDERS:
        return None
    return WordedError("mask_no_provider", info=setting.info)


TECHNIQUE = Technique(
    name="synthetic",
    apply=_apply,
    keyed=True,
    options={
        "provider": Option(kinds=(str,), choices=tuple(sorted(set(PROVIDERS.values())))),
        "locale": Option(kinds=(str,), choices=LOCALES),
    },
    check=_check,
)
