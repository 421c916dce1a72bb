from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.guards.keep.vaults import DAY, Machine, Restic, store

from hongxian.guards.keep.vault.check import check
from hongxian.guards.keep.vault.objects import Place
from hongxian.guards.keep.vault.restic.dates import Dates
from hongxian.guards.keep.vault.restic.expiry import Expired, ExpiryError, expire
from hongxian.guards.keep.vault.restic.repository import Repository


class Arrivals:
    """A repository that grows day by day, as restic writes it."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.machine = folder, Machine()
        self.vault = store(folder / "vault", self.machine)
        self.own = Repository(
            self.vault, "shop", 10 * DAY, Dates(self.vault, "restic/shop", None, DAY)
        )
        self.restic = Restic("", folder)
        self.place = ("-r", str(folder / "repository"))
        self.restic(*self.place, "init")

    def day(self, content: bytes) -> None:
        (self.folder / "source").write_bytes(content)
        self.restic(*self.place, "backup", str(self.folder / "source"))
        root, incoming = self.folder / "repository", self.vault.root / "incoming"
        for path in root.rglob("*"):
            name = path.relative_to(root).as_posix()
            if path.is_file() and not self.vault.path("restic/shop", name).exists():
                shutil.copy(path, incoming / "file")
                place = Place("restic/shop", name, "shop", 10 * DAY)
                self.vault.adopt([(incoming / "file", place)])
                (incoming / "file").unlink()
        self.machine.passes(3 * DAY)

    def snapshots(self) -> int:
        return len(list(self.vault.ledger.live("restic/shop", "snapshots/")))

    def checked(self) -> None:
        at = ("-r", str(self.vault.root / "objects/restic/shop"))
        self.restic(*at, "check", "--read-data", "--no-lock")


def test_what_is_old_by_arrival_goes_and_the_rest_is_whole(tmp_path: Path) -> None:
    days = Arrivals(tmp_path)
    for number in range(3):
        days.day(bytes([number]) * 300_000)
    assert expire(days.own, "reading") == Expired()
    days.machine.passes(2 * DAY)
    done = expire(days.own, "reading")
    assert done is not None
    assert (done.snapshots, days.snapshots()) == (1, 2)
    assert done.size > 0
    days.checked()
    assert check(days.vault).whole
    days.machine.passes(400 * DAY)
    done = expire(days.own, "reading")
    assert done is not None
    assert (done.snapshots, days.snapshots()) == (1, 1)  # the newest stays, however old
    days.checked()
    assert check(days.vault).whole
    assert expire(days.own, "reading") == Expired()


def test_a_client_at_work_is_not_disturbed(tmp_path: Path) -> None:
    days = Arrivals(tmp_path)
    days.day(b"1")
    days.day(b"2")
    days.machine.passes(400 * DAY)
    days.own.lock("0" * 64, b"lock")
    assert expire(days.own, "reading") is None
    days.own.unlock("0" * 64)
    for password, program in (("other", "restic"), ("reading", "no-such-program")):
        with pytest.raises(ExpiryError):
            expire(days.own, password, program)
    assert days.snapshots() == 2
    assert not days.own.expiring
    assert list((days.vault.root / "incoming").iterdir()) == []
