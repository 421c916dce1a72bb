"""Files for tests, and copies of them."""

from __future__ import annotations

import io
import zipfile
from typing import TYPE_CHECKING, Any

from tests.guards.mask.tables import plan

from hongxian.guards.mask.known import recognised
from hongxian.guards.mask.many import Masked, Wanted, mask_source

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.plan import Named

PHONE, COVERED = "13812345678", "138****5678"
CSV = f"phone,city\n{PHONE},A\n"
COVERED_CSV = f"phone,city\n{COVERED},A\n"
PICTURE = b"\x89PNG\r\n\x1a\n" + bytes(64)


def copied(
    source: Path,
    target: Path | None,
    audience: str = "analyst",
    *,
    skip: bool = False,
    **named: Named,
) -> Masked:
    """Mask a file; audiences decide, unless a column is named."""
    own = plan(audience, named=named, recognise=recognised)
    return mask_source(str(source), target, own, Wanted(skip=skip, form="csv"))


def zipped(members: dict[str, bytes | str]) -> bytes:
    """Return a zip archive."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as made:
        for name, data in members.items():
            made.writestr(name, data)
    return out.getvalue()


def unzipped(data: bytes) -> dict[str, bytes]:
    """Return the members of a zip archive."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def told(masked: Masked) -> list[Any]:
    """Return what was not copied."""
    return [one.say("en") for one in masked.problems]
