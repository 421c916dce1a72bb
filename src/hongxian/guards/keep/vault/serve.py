"""Runs a vault: its interface for restic, and what it does of its own accord."""

from __future__ import annotations

import threading
from typing import TYPE_CHECKING

import uvicorn

from hongxian.errors import HongxianError
from hongxian.guards.keep.vault.restic.app import ResticApp
from hongxian.guards.keep.vault.vault import Vault
from hongxian.guards.listening import address_shown, bound, tls_from
from hongxian.words import say
from hongxian.words.mask import warn

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.settings import VaultSettings

BACKLOG, CONNECTIONS = 256, 1_024
DRAIN = 10
"""Seconds that are given to what is being answered when the vault ends."""


class Server:
    """A vault with its interface.

    Args:
        settings: what it is told.
        lang: language of what is told on stderr.

    Raises:
        HongxianError: its address cannot be listened on, or its certificate cannot be used.
    """

    def __init__(self, settings: VaultSettings, lang: str) -> None:
        """Take the address, and open the vault."""
        self._lang = lang
        self._own = bound(settings.address) if settings.address else None
        self.vault = Vault(settings, lang)
        app = ResticApp(
            self.vault.repositories, self.vault.passwords, self.vault.quotas, self.vault.alarms
        )
        config = uvicorn.Config(
            app, log_config=None, access_log=False, lifespan="off", server_header=False,
            proxy_headers=False, backlog=BACKLOG, limit_concurrency=CONNECTIONS,
            timeout_graceful_shutdown=DRAIN,
        )  # fmt: skip
        config.load()
        if settings.certificate is not None:
            try:
                config.ssl = tls_from(settings.certificate, settings.key)
            except HongxianError:
                if self._own is not None:
                    self._own.close()
                raise
        self._server = uvicorn.Server(config)

    @property
    def address(self) -> str:
        """Where it listens; empty when it serves no clients."""
        return address_shown(self._own) if self._own else ""

    @property
    def ready(self) -> bool:
        """Whether it answers."""
        return self._own is None or self._server.started

    def run(self) -> None:
        """Serve until told to end."""
        beats = threading.Thread(target=self.vault.run, daemon=True)
        beats.start()
        try:
            if self._own is None:
                beats.join()
            else:
                warn(say("keep_vault.listening", self._lang, address=self.address))
                self._server.run(sockets=[self._own])
        finally:
            self.end()
            beats.join()

    def end(self) -> None:
        """End what :meth:`run` does."""
        self._server.should_exit = True
        self.vault.end()
