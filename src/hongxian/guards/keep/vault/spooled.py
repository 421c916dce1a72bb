"""What a server writes, taken by a program of its own into a spool, and from there into objects."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from hongxian.guards.keep.vault.objects import Place, file_hash

if TYPE_CHECKING:
    import subprocess
    from pathlib import Path

    from hongxian.guards.keep.vault.alarms import Alarms
    from hongxian.guards.keep.vault.objects import Store


@dataclass(slots=True)
class Spooled:
    """What all kinds of servers share.

    Args:
        store: the vault.
        alarms: told what is wrong.
        server: whose log it is.
        hold: seconds for which it is held at least.
        silence: seconds without a sign of life that are told.
    """

    KIND: ClassVar[str]
    """What kind of server it is, as names of objects begin."""

    store: Store
    alarms: Alarms
    server: Any
    hold: float
    silence: float = 300.0
    base_due: bool = False
    """Whether the chain broke, so that only a new base can be rolled forward."""
    _child: subprocess.Popen[bytes] | None = None
    _heard: float | None = None

    @property
    def area(self) -> str:
        """Where its objects stand."""
        return f"{self.KIND}/{self.server.name}"

    @property
    def running(self) -> bool:
        """Whether what the server writes is being taken."""
        return self._child is not None and self._child.poll() is None

    def place(self, name: str) -> Place:
        """Return where an object of it is to stand."""
        return Place(self.area, name, self.area, self.hold)

    def is_held(self, path: Path, name: str) -> bool:
        """Return whether an object of a name is held; what differs from it is kept aside, and told.

        Args:
            path: the file that would become the object.
            name: of the object.
        """
        held = self.store.ledger.find(self.area, name)
        if held is None:
            return False
        if held.sha256 != (found := file_hash(path)):
            self.alarms.tell("wal_differs", self.server.name, segment=path.name)
            self.base_due = True
            self.keep_once(path, f"differs/{path.name}-{found[:12]}")
        return True

    def keep_once(self, path: Path, name: str) -> None:
        """Make an object of a file, unless there is one of that name."""
        place = self.place(name)
        if self.store.ledger.find(place.area, place.name) is None:
            self.store.adopt([(path, place)])
