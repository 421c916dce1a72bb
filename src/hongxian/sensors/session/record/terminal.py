"""The guide's talk on a terminal: questions on stderr, answers from the keyboard."""

from __future__ import annotations

import sys
import time

from hongxian.sensors.session.record.guide import END, GO, SKIP
from hongxian.words.mask import warn

_ANSWERS = {"s": SKIP, "q": END, "": GO}


class Terminal:
    """Speaks with the tester; the end of the input ends the session."""

    def tell(self, text: str) -> None:
        """Say something."""
        warn(text)

    def go(self, text: str) -> str:
        """Wait until the tester is ready."""
        while True:
            answer = self._line(f"{text}\n[Enter / s / q] ", END)
            if (known := _ANSWERS.get(answer.lower())) is not None:
                return known

    def done(self, text: str) -> None:
        """Wait until the tester has done it."""
        self._line(f"{text} ", "")

    def choose(self, text: str, keys: str) -> str:
        """Return one of the letters; empty when the tester does not know."""
        while True:
            answer = self._line(f"{text}\n[{'/'.join(keys)} / Enter] ", "").lower()
            if not answer or answer in tuple(keys):
                return answer

    def ask(self, text: str) -> str:
        """Return a line; empty when there is nothing to say."""
        return self._line(text, "")

    def rest(self, seconds: float) -> None:
        """Let some time pass."""
        time.sleep(seconds)

    @staticmethod
    def _line(text: str, ended: str) -> str:
        sys.stderr.write(text)
        sys.stderr.flush()
        line = sys.stdin.readline()
        if line:
            return line.strip()
        return "q" if ended == END else ended
