"""Alarms: a line on stderr, a line in a log, a message to a webhook, and a record of evidence.

The same alarm of the same source is told once in a while, not each time.
"""

from __future__ import annotations

import json
import queue
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.guards.keep.outward import OutwardError, post
from hongxian.words import LANGUAGES, say
from hongxian.words.mask import mask_all, warn

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from hongxian.guards.keep.evidence.written import Written

AGAIN = 3_600.0
"""Seconds after which the same alarm is told again."""
TRIES, PAUSE = 5, 2.0
"""How often a webhook is tried, and seconds before the second time (then twice that)."""


class Alarms:
    """Tells people.

    Args:
        log: the file, one JSON object a line.
        now: the clock.
        webhook: where messages are posted as JSON.
        lang: language of the lines on stderr.
        name: of the vault or the drill.
        written: the log of evidence; what was told there cannot be taken back.
    """

    def __init__(  # noqa: PLR0913 - the places where it is told, each of its own kind
        self, log: Path, now: Callable[[], float], webhook: str | None = None, lang: str = "en",
        name: str = "", *, written: Written | None = None,
    ) -> None:  # fmt: skip
        """Begin with nothing told."""
        self._log, self._now, self._webhook, self._lang = log, now, webhook, lang
        self._name, self._written = name, written
        self._told: dict[tuple[str, str], float] = {}
        self._lock = threading.Lock()
        self._posts: queue.Queue[bytes | None] = queue.Queue(1_000)
        self._poster: threading.Thread | None = None

    def tell(self, kind: str, source: str, **values: object) -> bool:
        """Tell an alarm; return whether it was told and not only repeated.

        Args:
            kind: a word of ``words/keep_vault.toml``: ``alarm_<kind>``.
            source: whose it is.
            values: what fills its places.
        """
        now = self._now()
        with self._lock:
            if now - self._told.get((kind, source), -AGAIN) < AGAIN:
                return False
            self._told[kind, source] = now
        texts = {
            lang: say(f"keep_vault.alarm_{kind}", lang, source=source, **values)
            for lang in LANGUAGES
        }
        message: dict[str, Any] = mask_all({
            "at": datetime.fromtimestamp(now, UTC).isoformat(timespec="seconds"),
            "vault": self._name, "kind": kind, "source": source, "text": texts,
        })  # fmt: skip
        line = json.dumps(message, ensure_ascii=False)
        # a full disk must not silence it
        with self._lock, suppress(OSError), self._log.open("a", encoding="utf-8") as out:
            out.write(line + "\n")
        warn(texts[self._lang])
        self._post(line.encode())
        self._prove(message)
        return True

    def over(self, kind: str, source: str) -> None:
        """Forget an alarm, so that it is told at once when it comes again."""
        with self._lock:
            self._told.pop((kind, source), None)

    def close(self) -> None:
        """Wait until messages are posted, or given up."""
        if self._poster is not None:
            self._posts.put(None)
            self._poster.join()
            self._poster = None

    def _prove(self, message: dict[str, Any]) -> None:
        """Write an alarm to evidence; that it could not be written is an alarm of its own."""
        if self._written is None or message["kind"] == "evidence":
            return
        body = {"kind": message["kind"], "source": message["source"], "says": message["text"]["en"]}
        try:
            self._written.record("alarm", body)
        except HongxianError as error:
            self.tell("evidence", self._name, reason=error)

    def _post(self, body: bytes) -> None:
        if self._webhook is None:
            return
        with self._lock:
            if self._poster is None:
                self._poster = threading.Thread(target=self._send_all, daemon=True)
                self._poster.start()
        try:
            self._posts.put_nowait(body)
        except queue.Full:
            warn(say("keep_vault.webhook_full", self._lang))

    def _send_all(self) -> None:
        while (body := self._posts.get()) is not None:
            pause = PAUSE
            for last in (*[False] * (TRIES - 1), True):
                try:
                    post(self._webhook or "", body, "application/json")
                    break
                except OutwardError as error:
                    if last:
                        warn(say("keep_vault.webhook_failed", self._lang, reason=error))
                    else:
                        threading.Event().wait(pause)
                        pause *= 2
