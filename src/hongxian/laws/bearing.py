"""From clauses to the behaviours that they bear on, and back; only what is in force counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.laws.documents import Clause, load_clauses
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from datetime import date

GROUP_SIZES = (4, 4, 9, 6, 3, 5)
"""How many behaviours each of the six groups of the 2019 Method has."""

NUMBERS = tuple(
    f"{group}.{item}" for group, size in enumerate(GROUP_SIZES, 1) for item in range(1, size + 1)
)
"""The numbers of the 31 behaviours, in the Method's order."""


STORE = tuple(f"store.{number}" for number in range(1, 11))
"""The rules on stores."""


def clauses_for(number: str, on: date) -> list[Clause]:
    """Return the clauses in force on a day that bear on a behaviour, the weightiest first.

    Args:
        number: of a behaviour of the Method, or the id of a rule on stores.
        on: the day.

    Raises:
        HongxianError: there is no behaviour of this number.
    """
    if number not in NUMBERS + STORE:
        raise WordedError("no_behaviour", number=number)
    return [one for one in load_clauses() if number in one.rules and one.in_force(on)]
