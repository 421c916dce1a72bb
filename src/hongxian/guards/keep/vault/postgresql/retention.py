"""Which bases and which WAL may go: every moment of the time that is held can be restored."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.vault.postgresql import wal
from hongxian.guards.keep.vault.postgresql.bases import bases

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.ledger import Entry
    from hongxian.guards.keep.vault.objects import Store


def old(store: Store, name: str, retention: float) -> list[Entry]:
    """Return objects that no moment of the time that is held needs.

    The newest base from before that time stays with all WAL since its beginning, and so does the
    newest of all, however old.

    Args:
        store: the vault.
        name: of the server.
        retention: seconds back from now for which any moment can be restored.
    """
    area, found = f"postgresql/{name}", bases(store, name)
    before = [base for base in found if base.at <= store.clock.now() - retention]
    if not before:
        return []
    gone = [entry for base in before[:-1] for entry in store.ledger.live(area, base.prefix)]
    numbers = {base.number for base in found}
    gone += [  # of a base that was broken off
        entry
        for entry in store.ledger.live(area, "base/")
        if entry.name.split("/")[1] not in numbers
    ]
    first = before[-1].segment
    for entry in store.ledger.live(area, "wal/"):
        segment = entry.name.removeprefix("wal/").removesuffix(".partial")
        if wal.SEGMENT.fullmatch(segment) and segment[:8] <= first[:8] and segment[8:] < first[8:]:
            gone.append(entry)
    return gone
