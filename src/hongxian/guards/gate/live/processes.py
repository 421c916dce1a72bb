"""The processes of the gate: opens its sockets, starts workers, and replaces those that die."""

from __future__ import annotations

import os
import secrets
import signal
import sys
import time
from typing import TYPE_CHECKING

from hongxian.errors import Exit
from hongxian.guards.gate.live.metrics import Metrics
from hongxian.guards.gate.live.serve import Post, serve
from hongxian.guards.gate.live.worker import Worker
from hongxian.guards.listening import address_shown, bound
from hongxian.words import say
from hongxian.words.mask import warn

if TYPE_CHECKING:
    import socket
    from types import FrameType

    from hongxian.guards.gate.live.host import ConnectionHost
    from hongxian.guards.gate.live.settings import LiveSettings

PATIENCE = 5.0
"""Seconds that workers are given beyond the time of draining."""
SOON = 1.0
"""Seconds within which a worker that dies is replaced only after a pause."""


def run(settings: LiveSettings, lang: str, make: type[ConnectionHost] = Worker) -> None:
    """Run the gate until it is told to end.

    Args:
        settings: what the policy says.
        lang: language of what is told on stderr.
        make: what is run: the proxy, or an agent.

    Raises:
        HongxianError: an address cannot be listened on.
    """
    secret = settings.state.secret or secrets.token_bytes(32)
    metrics = Metrics(settings.workers)
    many = settings.workers > 1
    own = [bound(settings.address, share=many)]
    admin = [bound(settings.admin, share=many)] if settings.admin else []
    shown = ", ".join(address_shown(one) for one in own)
    warn(
        say(
            "gate.listening", lang, address=shown, workers=settings.workers, mode=settings.gate.mode
        )
    )
    if many and settings.state.redis is None:
        warn(say("gate.apart", lang, workers=settings.workers))
    if admin:
        warn(say("gate.admin", lang, address=address_shown(admin[0])))
    post = Post(settings=settings, secret=secret, metrics=metrics, lang=lang, make=make)
    if many:
        Processes(post, own, admin).run()
    else:
        serve(post, 0, own, admin)


class Processes:
    """Workers, each with sockets of its own at one address.

    Args:
        post: what they share.
        own: sockets that hold the addresses.
        admin: the same of the port of those who run the gate.
    """

    def __init__(self, post: Post, own: list[socket.socket], admin: list[socket.socket]) -> None:
        """Keep what is told."""
        self._post, self._own, self._admin = post, own, admin
        self._alive: dict[int, tuple[int, float]] = {}
        self._ending = False

    def run(self) -> None:
        """Start all workers, and wait for their end."""
        for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
            signal.signal(number, self._handed_on)
        for worker in range(self._post.settings.workers):
            self._start(worker)
        while self._alive:
            try:
                pid, status = os.wait()
            except InterruptedError:
                continue
            except ChildProcessError:
                break
            worker, since = self._alive.pop(pid, (-1, 0.0))
            if worker >= 0 and not self._ending:
                warn(say("gate.died", self._post.lang, worker=worker, status=_status(status)))
                if time.monotonic() - since < SOON:
                    time.sleep(SOON)
                if not self._ending:
                    self._start(worker)
        for one in (*self._own, *self._admin):
            one.close()

    def _start(self, worker: int) -> None:
        sys.stdout.flush()
        sys.stderr.flush()
        pid = os.fork()
        if pid:
            self._alive[pid] = worker, time.monotonic()
            return
        code = 1
        try:
            for number in (signal.SIGHUP, signal.SIGTERM, signal.SIGINT):
                signal.signal(number, signal.SIG_DFL)
            own = [bound(one.getsockname()[:2], share=True) for one in self._own]
            admin = [bound(one.getsockname()[:2], share=True) for one in self._admin]
            serve(self._post, worker, own, admin)
            code = 0
        finally:
            os._exit(code or Exit.CLEAN)

    def _handed_on(self, number: int, frame: FrameType | None) -> None:
        """Hand a signal on to all workers; after one to end, none is replaced."""
        del frame
        ending = number != signal.SIGHUP
        self._ending = self._ending or ending
        for pid in list(self._alive):
            os.kill(pid, signal.SIGTERM if ending else number)
        if ending:
            signal.signal(signal.SIGALRM, self._killed)
            signal.alarm(int(self._post.settings.limits.drain + PATIENCE))

    def _killed(self, number: int, frame: FrameType | None) -> None:
        del number, frame
        for pid in list(self._alive):
            os.kill(pid, signal.SIGKILL)


def _status(status: int) -> str:
    code = os.waitstatus_to_exitcode(status)
    return signal.Signals(-code).name if code < 0 else str(code)
