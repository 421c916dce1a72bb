"""Facts: what sensors observed, how far they looked, and the store that keeps both."""

from hongxian.facts.duck import Store
from hongxian.facts.reason import Reason
from hongxian.facts.record import Coverage, Fact, Run
from hongxian.facts.vocabulary import CERTAINTIES, FORMS, KINDS, PHASES, SCOPES, SENSORS

__all__ = [
    "CERTAINTIES",
    "FORMS",
    "KINDS",
    "PHASES",
    "SCOPES",
    "SENSORS",
    "Coverage",
    "Fact",
    "Reason",
    "Run",
    "Store",
]
