"""PI types: what they are called, when they are sensitive, what other vocabularies call them."""

from hongxian.info.crime import CrimeTier, load_crime_tiers
from hongxian.info.sensitivity import Standard, load_standards
from hongxian.info.types import Group, InfoType, find_type, load_groups, load_types

__all__ = [
    "CrimeTier",
    "Group",
    "InfoType",
    "Standard",
    "find_type",
    "load_crime_tiers",
    "load_groups",
    "load_standards",
    "load_types",
]
