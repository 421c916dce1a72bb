from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.guards.keep.vaults import DAY, Machine, Restic, store

from hongxian.guards.keep.vault.objects import Place, RefusedError
from hongxian.guards.keep.vault.restic.dates import Dates, moment

TAKEN = datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC).timestamp()


@pytest.fixture(scope="module")
def files(tmp_path_factory) -> tuple[bytes, bytes]:
    """A key and a snapshot that restic has written."""
    folder = tmp_path_factory.mktemp("local")
    (folder / "source").write_text("orders")
    restic = Restic("", folder)
    place = ("-r", str(folder / "repository"))
    restic(*place, "init")
    restic(*place, "backup", "--time", "2026-01-02 03:04:05", str(folder / "source"))
    return tuple(  # type: ignore[return-value]
        next((folder / "repository" / kind).iterdir()).read_bytes()
        for kind in ("keys", "snapshots")
    )


def dates(folder: Path, key: bytes | None, wall: float, password: str | None = "reading") -> Dates:
    vault = store(folder, Machine(wall=wall))
    if key is not None:
        for name, data in (("keys/0", b"{}"), ("keys/1", key)):
            incoming = vault.incoming(Place("restic/shop", name, "shop", DAY))
            incoming.write(data)
            incoming.keep()
            incoming.close()
    return Dates(vault, "restic/shop", password, 6 * 3600)


@pytest.mark.parametrize(
    ("later", "fault"),
    [(60, None), (5 * 3600, None), (-200, None), (-400, "future"), (7 * 3600, "past"),
     (-400 * DAY, "future"), (400 * DAY, "past")],
)  # fmt: skip
def test_a_date_is_that_of_arrival(tmp_path, files, later: float, fault: str | None) -> None:
    own = dates(tmp_path, files[0], TAKEN + later)
    if fault is None:
        own.look(files[1])
        own.look(files[1])
    else:
        with pytest.raises(RefusedError, match=fault):
            own.look(files[1])


@pytest.mark.parametrize("data", [b"", b"x" * 100])
def test_what_the_key_does_not_read_is_refused(tmp_path: Path, files, data: bytes) -> None:
    with pytest.raises(RefusedError, match="unreadable"):
        dates(tmp_path, files[0], TAKEN).look(data)


def test_without_a_key_nothing_is_read(tmp_path: Path, files) -> None:
    with pytest.raises(RefusedError, match="unreadable"):
        dates(tmp_path, None, TAKEN).look(files[1])


def test_without_a_password_nothing_is_seen(tmp_path: Path, files) -> None:
    dates(tmp_path, files[0], TAKEN + 400 * DAY, None).look(files[1])


@pytest.mark.parametrize(
    "text", ["2026-01-02T03:04:05Z", "2026-01-02T03:04:05.123456789+00:00",
             "2026-01-02T11:04:05.5+08:00", "2026-01-02T03:04:05.1Z"],
)  # fmt: skip
def test_dates_of_restic(text: str) -> None:
    assert abs(moment(text) - TAKEN) < 1


@given(st.text())
def test_what_is_no_date_is_told(text: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        moment(text + " no")


def test_a_date_needs_a_zone() -> None:
    with pytest.raises(ValueError, match="zone"):
        moment("2026-01-02T03:04:05")
