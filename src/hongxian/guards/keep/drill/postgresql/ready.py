"""Makes what was restored ready to be started as the server that was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.guards.keep.drill.postgresql.scratch import control, quoted
from hongxian.guards.keep.drill.results import moment

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.keep.drill.postgresql.restore import Restored

AUTO = "postgresql.auto.conf"
"""Where ``ALTER SYSTEM`` writes."""
ASIDE = f"{AUTO}.source"
"""Where that of the source is put: it may hold commands of whoever did the damage, or name
standbys that nobody is, so that no commit would ever return."""


def ready(restored: Restored, until: float | None = None, programs: Path | None = None) -> None:
    """Write what PostgreSQL needs to replay WAL and then take statements, on a timeline of its own.

    Args:
        restored: base and WAL in their folders.
        until: the moment (seconds since 1970) at which replaying ends; ``None``: the end of WAL.
        programs: folder of PostgreSQL's programs; ``None``: where they are found.

    Raises:
        ProgramError: the copy has no control file that can be read.
    """
    data = restored.data
    for name in ("postmaster.pid", "standby.signal"):
        (data / name).unlink(missing_ok=True)
    if (data / AUTO).exists():
        (data / AUTO).rename(data / ASIDE)
    lines = {
        "restore_command": f'cp "{restored.wal}/%f" "%p"', "recovery_target_timeline": "latest",
        **control(data, programs),
    }  # fmt: skip
    if until is not None:
        lines |= {"recovery_target_time": moment(until), "recovery_target_action": "promote"}
    text = "".join(f"{key} = {quoted(value)}\n" for key, value in lines.items())
    (data / AUTO).write_text(text, "utf-8")
    (data / AUTO).chmod(0o600)
    (data / "recovery.signal").touch(mode=0o600)
