"""Judges long pages beside all else: reading one takes long, and nobody else is to wait for it.

A thread reads and masks; what counts is counted where everything else is. Python runs one thread
at a time, so others wait for a turn of it, and for single steps over a whole page.
"""

from __future__ import annotations

import asyncio
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from hongxian.guards.gate.exchange.bodies import BodyError, decoded, encoded
from hongxian.guards.gate.exchange.finder import Finder
from hongxian.guards.gate.exchange.kinds import is_json, spoken
from hongxian.guards.gate.exchange.parts import coding_of, kind_of
from hongxian.guards.gate.exchange.texts import Text

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hongxian.guards.gate.exchange.judge import Judge
    from hongxian.guards.gate.exchange.parts import Answer
    from hongxian.guards.gate.exchange.ruling import Cover, Ruling

TURN = 0.001
"""Seconds after which the thread lets others run."""


class Aside:
    """A thread of its own for long answers, one after the other."""

    def __init__(self) -> None:
        """Start it when it is needed first."""
        sys.setswitchinterval(TURN)
        self._pool = ThreadPoolExecutor(1, "gate-aside")
        self._finder = Finder()
        self._tasks: set[asyncio.Task[None]] = set()

    def judge(
        self, judge: Judge, ruling: Ruling, answer: Answer, then: Callable[[], None]
    ) -> None:  # fmt: skip
        """Decide on an answer, mask it, and go on.

        Args:
            judge: who decides.
            ruling: takes what is decided.
            answer: as the interface gave it.
            then: is called when that is done, whatever came of it.
        """
        task = asyncio.ensure_future(self._judged(judge, ruling, answer, then))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def close(self) -> None:
        """Begin nothing any more."""
        self._pool.shutdown(wait=False, cancel_futures=True)

    async def _judged(
        self, judge: Judge, ruling: Ruling, answer: Answer, then: Callable[[], None]
    ) -> None:  # fmt: skip
        run = asyncio.get_running_loop().run_in_executor
        try:
            text = await run(self._pool, self._read, judge, ruling.cover, answer)
            if text is None:
                judge.answer(ruling, answer)
            elif covers := judge.text_covers(ruling, answer.status, text):
                packed = coding_of(answer.headers)
                ruling.body, ruling.packed = await run(self._pool, covered, text, covers, packed)
                ruling.masked += text.masked
        except BodyError as error:
            judge.fail(ruling, error.reason)
        except Exception:  # noqa: BLE001 - a fault of ours is no reason to let anything through
            judge.fail(ruling, "error")
        then()

    def _read(self, judge: Judge, cover: Cover, answer: Answer) -> Text | None:
        """Return the text of an answer; ``None`` for JSON, which is read quickly."""
        packed, data = coding_of(answer.headers), answer.body
        if packed:
            data = decoded(data, packed, judge.settings.most_answer)
        kind = spoken(kind_of(answer.headers))[0]
        if not data or is_json(kind, data):
            return None
        return Text(data, kind, judge.find_in(cover, self._finder))


def covered(
    text: Text, covers: Mapping[str, Callable[[str], str]], packed: bytes
) -> tuple[bytes, bytes]:
    """Return a text with values covered, as it is packed, and how that is."""
    plain = text.covered(covers)
    if not packed:
        return plain, b""
    made = encoded(plain, packed.decode("latin-1").strip().lower())
    return made, b"" if made is plain else packed
