"""A server of its own for a drill: a folder, a socket and a user, no network."""

from __future__ import annotations

import os
import pwd
import subprocess
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.guards.keep.drill.copies import hand_over
from hongxian.guards.keep.programs import ProgramError, told

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from hongxian.guards.keep.drill.settings import AnySource

SETTLE = 0.05
LONGEST_END = 60.0
"""Seconds that a server is given to end."""


@dataclass(slots=True)
class ScratchServer:
    """A server over what was restored.

    Args:
        folder: where its socket, its settings and its log are.
        source: whose copy it is.
    """

    folder: Path
    source: AnySource
    _server: subprocess.Popen[bytes] | None = field(default=None)

    @property
    def socket(self) -> Path:
        """The folder of its socket."""
        return self.folder / "socket"

    @property
    def user(self) -> dict[str, Any]:
        """Whom it runs as, as ``subprocess`` is told."""
        if os.getuid() != 0 or self.source.user is None:
            return {}
        told_ = pwd.getpwnam(self.source.user)
        return {"user": told_.pw_uid, "group": told_.pw_gid, "extra_groups": []}

    def owned(self) -> None:
        """Give its folder to whom it runs as."""
        if self.user and self.source.user is not None:
            hand_over(self.folder, self.source.user)

    def begin(self, command: Sequence[str]) -> None:
        """Start its program."""
        with (self.folder / "log").open("wb") as log:
            self._server = subprocess.Popen(  # noqa: S603 - a database's, over our own settings
                command, stdout=log, stderr=log, stdin=subprocess.DEVNULL, cwd=self.folder,
                **self.user,
            )  # fmt: skip

    def until(self, fits: Callable[[], bool]) -> None:
        """Wait until something is so.

        Raises:
            ProgramError: the server ended, or it was not so within its time.
        """
        ends = time.monotonic() + self.source.patience
        while time.monotonic() < ends:
            if self._server is None or self._server.poll() is not None:
                raise ProgramError(self.said())
            try:
                if fits():
                    return
            except ProgramError:
                pass  # it does not answer yet
            time.sleep(SETTLE)
        raise ProgramError(self.said())

    def end(self, number: int = 15) -> None:
        """End it by a signal; what it holds stays."""
        if self._server is None:
            return
        self._server.send_signal(number)
        try:
            self._server.wait(LONGEST_END)
        except subprocess.TimeoutExpired:
            self._server.kill()
            self._server.wait()
        self._server = None

    def said(self) -> str:
        """Return the end of its log, without values."""
        return told((self.folder / "log").read_bytes())
