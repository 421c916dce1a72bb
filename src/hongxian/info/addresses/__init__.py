"""Postal addresses in Chinese text and in columns."""

from hongxian.info.addresses.finder import (
    AddressHit,
    address_scores,
    find_addresses,
    find_addresses_in,
    is_address,
)
from hongxian.info.addresses.levels import Level, Part

__all__ = [
    "AddressHit",
    "Level",
    "Part",
    "address_scores",
    "find_addresses",
    "find_addresses_in",
    "is_address",
]
