"""What several workers remember together: each sees all that is asked, in one order.

Questions, as keys alone, stand in a stream of Redis. A worker appends its own and reads, in the
same round trip, all that stand before them; it counts these, then its own, and decides. So every
worker decides as one process would that served all. Questions that come while a trip is under way
go together with the next one.

Each worker has the whole state and takes in each question once; only the worker that was asked
looks what it shows. Questions have numbers, so one that is sent again, because Redis went away
before it was heard of, is counted once.
"""

from __future__ import annotations

import asyncio
import secrets
from collections import OrderedDict, deque
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import msgpack

from hongxian.guards.gate.live.redis_link import RedisError, RedisLink, RedisPlace
from hongxian.guards.gate.live.snapshot import EVERY, STATE, STREAM, Snapshots
from hongxian.guards.gate.question import Question

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.gate.core import Gate
    from hongxian.guards.gate.exchange.judge import Judge
    from hongxian.guards.gate.exchange.ruling import Ruling
    from hongxian.guards.gate.live.settings import StateSettings

READ = 2_000
"""Questions that are read in a trip."""
MOST_STREAM = 1_000_000
"""Questions that the stream holds at most; most are dropped when the state is saved."""
MOST_UNSENT = 10_000
"""Questions that are kept for a Redis that is gone; of more, the oldest go."""
IDLE = 0.2
"""Seconds after which a worker without questions looks what the others were asked."""
RETRY = 0.5
"""Seconds between two attempts to reach Redis."""
PATIENCE = 3.0
"""Seconds until a connection must stand, and a reply on it come before it is used."""
LATE = 0.02
"""Seconds that a reply is given once its time is over: we may have been late ourselves."""
MOST_SENDERS = 4_096
"""Workers whose last number is remembered; one that starts is another one."""

_TRIP = (
    "for i = 3, #ARGV do "
    "redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[2], '*', 'e', ARGV[i]) end "
    f"return redis.call('XRANGE', KEYS[1], '(' .. ARGV[1], '+', 'COUNT', {READ})"
)
_ASK, _TELL = 0, 1


@dataclass(slots=True)
class _Sent:
    """A question of this worker that has not come back."""

    data: bytes
    question: Question
    told: tuple[int, int | None] | None = None
    judge: Judge | None = None
    ruling: Ruling | None = None
    then: Callable[[], None] | None = None
    counted: bool = False


class Shared:
    """The state of all workers.

    Args:
        settings: where Redis is, and what is done when it is gone.
        lost: told each time that it cannot be reached.
        event: told once that it is gone, and once that it is back, as a line of the log.
    """

    def __init__(
        self, settings: StateSettings, lost: Callable[[], None], event: Callable[..., None]
    ) -> None:
        """Connect to nothing yet."""
        self.gate: Gate
        self._settings, self._on_lost, self._event_of = settings, lost, event
        self._since: float | None = None
        """When Redis went away."""
        self._seen: OrderedDict[bytes, int] = OrderedDict()
        """Worker -> number of its last question that was counted."""
        self._place = RedisPlace.read(settings.redis or "")
        self._me = secrets.token_bytes(8)
        self._number = 0
        self._cursor = b"0-0"
        self._script = b""
        self._queue: deque[_Sent] = deque(maxlen=MOST_UNSENT)
        self._mine: dict[int, _Sent] = {}
        self._link: RedisLink | None = None
        self._busy = self._sent_some = False
        self._timer: asyncio.TimerHandle | None = None
        self._idle: asyncio.TimerHandle | None = None
        self._task: asyncio.Task[None] | None = None
        self._ended = False
        self._snapshots = Snapshots(self._place)

    async def start(self, gate: Gate) -> None:
        """Connect, and take over what is remembered; without Redis begin with nothing."""
        self.gate = gate
        try:
            await self._connect()
        except RedisError as error:
            self._gone(str(error))

    async def _connect(self) -> None:
        link = await RedisLink.dial(self._place, self._closed, PATIENCE)
        try:
            await self._begin(link)
        except RedisError:
            link.close()
            raise
        self._link = link
        self._busy = False
        if self._since is not None:
            seconds = round(asyncio.get_running_loop().time() - self._since, 1)
            self._event_of("state_back", seconds=seconds, untold=len(self._queue))
            self._since = None
        self._look()

    async def _begin(self, link: RedisLink) -> None:
        """Catch up with what is remembered and was asked."""
        if self._cursor == b"0-0":
            saved = await link.call("GET", STATE)
            if saved is not None:
                self._cursor, seen = self._snapshots.load(self.gate, saved)
                self._seen = OrderedDict(seen)
        while found := await link.call("XRANGE", STREAM, b"(" + self._cursor, "+", "COUNT", READ):
            self._took(found)
        self._queue.clear()
        self._queue.extend(self._mine.values())  # what stands there need not be sent again
        self._script = await link.call("SCRIPT", "LOAD", _TRIP)

    async def stop(self) -> None:
        """Save what is remembered, and end."""
        self._ended = True
        for timer in (self._timer, self._idle):
            if timer is not None:
                timer.cancel()
        if self._task is not None:
            self._task.cancel()
        if self._link is not None:
            self._snapshots.save(self.gate, self._cursor, self._seen)
            self._link.close()
            self._link = None

    def ask(self, judge: Judge, ruling: Ruling, then: Callable[[], None]) -> None:
        """Decide on a question after all that were asked before it, and go on."""
        question = ruling.question
        if question is None:
            then()
            return
        sent = self._event(_ASK, question, None)
        sent.judge, sent.ruling, sent.then = judge, ruling, then
        if self._link is None:
            self._alone(sent)
        self._trip()

    def tell(self, question: Question, records: int, hits: int | None) -> None:
        """Take in what a question was answered, here and everywhere."""
        sent = self._event(_TELL, question, (records, hits))
        if self._link is None:
            self._alone(sent)

    def _event(self, kind: int, question: Question, told: tuple[int, int | None] | None) -> _Sent:
        self._number += 1
        dumped = msgpack.packb(question.dump())  # of its own: its sender need not read it again
        data: bytes = msgpack.packb([self._me, self._number, kind, dumped, told])
        sent = _Sent(data, question, told)
        self._queue.append(sent)
        self._mine[self._number] = sent
        if len(self._mine) > MOST_UNSENT:
            oldest = next(iter(self._mine))
            self._alone(self._mine.pop(oldest))
        return sent

    def _trip(self) -> None:
        """Send what waits, and ask for what all were asked."""
        if self._busy or self._link is None:
            return
        self._busy = True
        events = [sent.data for sent in self._queue]
        self._queue.clear()
        self._sent_some = bool(events)
        loop = asyncio.get_running_loop()
        self._timer = loop.call_later(self._settings.timeout, self._late)
        self._link.send(
            self._came, "EVALSHA", self._script, 1, STREAM, self._cursor, MOST_STREAM, *events
        )

    def _came(self, reply: Any) -> None:
        """Take what Redis answered."""
        if self._timer is not None:
            self._timer.cancel()
        if not isinstance(reply, list):
            self._fail(str(reply))
            return
        if self._sent_some and not reply:  # what was just added stands before: another stream
            self._cursor = b"0-0"
        self._took(reply)
        self._busy = False  # only now: whoever goes on may ask again
        if self._queue or len(reply) >= READ or self._waits():
            self._trip()

    def _waits(self) -> bool:
        return any(sent.then is not None and not sent.counted for sent in self._mine.values())

    def _took(self, rows: list[Any]) -> None:
        """Count questions in their order; decide on those of this worker."""
        for name, (_, data) in rows:
            self._cursor = name
            who, number, kind, question, told = msgpack.unpackb(data)
            if who == self._me:
                own = self._mine.pop(number, None)
                if own is not None:  # else it was counted when Redis was gone
                    self._alone(own)
            elif self._is_new(who, number):
                asked = Question.load(msgpack.unpackb(question))
                if kind == _ASK:
                    self.gate.take(asked)
                else:
                    self.gate.tell(asked, told[0], told[1])

    def _is_new(self, who: bytes, number: int) -> bool:
        """Return whether a question of another worker was not counted; its numbers go up."""
        if number <= self._seen.get(who, 0):
            return False
        self._seen[who] = number
        self._seen.move_to_end(who)
        if len(self._seen) > MOST_SENDERS:
            self._seen.popitem(last=False)
        return True

    def _alone(self, sent: _Sent) -> None:
        """Count and decide on a question now, if that was not done."""
        if sent.counted:
            return
        sent.counted = True
        if sent.told is not None:
            self.gate.tell(sent.question, *sent.told)
            return
        judge, ruling, then = sent.judge, sent.ruling, sent.then
        if judge is None or ruling is None or then is None:
            return
        try:
            judge.decide(ruling, self.gate.count(sent.question))
        except Exception:  # noqa: BLE001 - a fault of ours is no reason to let anything through
            judge.fail(ruling, "error")
        if self._link is None and self._settings.lost == "closed":
            judge.fail(ruling, "state")
        sent.judge = sent.ruling = sent.then = None
        then()

    def _late(self) -> None:
        """Look once more for a reply: when we were held up ourselves it is there already."""
        self._timer = asyncio.get_running_loop().call_later(LATE, self._fail, "timeout")

    def _fail(self, why: str) -> None:
        """Leave a Redis that does not answer, or not in time."""
        if self._link is not None:
            self._link.close()
            self._gone(why)

    def _closed(self) -> None:
        self._gone("closed")

    def _gone(self, why: str) -> None:
        """Decide on what waits, and try to reach Redis again."""
        self._link = None
        if self._timer is not None:
            self._timer.cancel()
        if not self._ended:
            self._on_lost()
            if self._since is None:
                self._since = asyncio.get_running_loop().time()
                self._event_of("state_lost", reason=why, lost=self._settings.lost)
        for sent in list(self._mine.values()):
            self._alone(sent)
        self._queue.clear()
        self._queue.extend(self._mine.values())
        if not self._ended and (self._task is None or self._task.done()):
            self._task = asyncio.get_running_loop().create_task(self._again())

    async def _again(self) -> None:
        while True:
            await asyncio.sleep(RETRY)
            try:
                await self._connect()
            except RedisError:
                self._on_lost()
            else:
                return

    def _look(self) -> None:
        """Look now and then what others were asked, and save what is remembered."""
        if self._ended or self._link is None:
            return
        self._trip()
        loop = asyncio.get_running_loop()
        if self._snapshots.due(loop.time()):
            self._link.send(self._locked, "SET", f"{STATE}:lock", self._me, "NX", "EX", EVERY)
        self._idle = loop.call_later(IDLE, self._look)

    def _locked(self, reply: Any) -> None:
        if reply == b"OK":
            self._snapshots.save(self.gate, self._cursor, self._seen)
