"""One copy being made: what is to happen to it, and what is told of it on the way."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any, BinaryIO

from hongxian.errors import Exit
from hongxian.facts.reason import Reason
from hongxian.guards.mask.copies.outputs import packed
from hongxian.guards.mask.run import measured
from hongxian.words import say
from hongxian.words.worded import WordedError

if TYPE_CHECKING:
    from collections.abc import Callable

    from hongxian.guards.mask.batches import Watch
    from hongxian.guards.mask.plan import Plan
    from hongxian.guards.mask.run import Asked, Outcome


@dataclass(slots=True, kw_only=True)
class Job:
    """What a copy is told, and what it tells.

    Args:
        plan: what happens to each column of it.
        watch: is shown each batch, before and after.
        form: the format of tables that is wanted; ``None`` keeps the source's own.
        tables: the format of tables that have no file of their own.
        skip: what cannot be masked inside of it is left out instead of ending it.
        inner: what came of the files inside of it.
        problems: what was left out of it, and why.
        notes: what else the user should know, though nothing is missing.
    """

    plan: Plan
    watch: Watch | None = None
    form: str | None = None
    tables: str = "parquet"
    skip: bool = False
    inner: list[Outcome] = field(default_factory=list)
    problems: list[Any] = field(default_factory=list)
    notes: list[Any] = field(default_factory=list)

    def own(self) -> Job:
        """Return the job of a file inside, whose columns are its own."""
        return replace(self, plan=replace(self.plan, columns={}), watch=None, form=None, inner=[])

    def left_out(self, problem: Any) -> None:
        """Leave out what cannot be masked, if the user said so.

        Args:
            problem: what is wrong with it, sayable in both languages.

        Raises:
            HongxianError: the user did not.
        """
        if not self.skip:
            raise problem if isinstance(problem, InnerError) else InnerError(problem)
        self.problems.append(problem)


class InnerError(WordedError):
    """A file inside of another that cannot be masked, which is why the other is not copied.

    Args:
        problem: what is wrong with it, sayable in both languages.
    """

    def __init__(self, problem: Any) -> None:
        """Keep what is wrong, so that it can be said in either language."""
        self.problem = problem
        super().__init__("mask_inner", getattr(problem, "where", None), Exit.SENSOR)

    @property
    def reason(self) -> Reason | None:
        """The reason as facts keep it, if there is one."""
        return self.problem if isinstance(self.problem, Reason) else None

    def say(self, lang: str) -> str:
        """Return what is wrong, and that nothing was copied."""
        return f"{self.problem.say(lang)}{say('errors.mask_inner', lang)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unit:
    """One table or one file that becomes a file.

    Args:
        place: where it is, as the user knows it.
        name: where its copy stands in a folder.
        copy: writes the copy and returns its rows.
        packing: how the copy is packed, unless its name says otherwise.
        mode: permissions of the file.
        holds: there are files inside, which tell of their own columns.
        form: the only end of a name that the copy may have.
    """

    place: str
    name: str
    copy: Callable[[BinaryIO, Job], int]
    packing: str | None = None
    mode: int | None = None
    holds: bool = False
    form: str | None = None

    def copied(self, plain: BinaryIO, packing: str | None, job: Job, asked: Asked) -> list[Outcome]:
        """Write the copy, measure the risk on the way, and return what came of it.

        Args:
            plain: takes the bytes.
            packing: how they are packed.
            job: what is to happen.
            asked: what is to be measured.

        Raises:
            HongxianError: it cannot be copied, or holds more than can be measured together.
        """
        if self.holds and (asked.quasi or asked.sensitive):
            raise WordedError("mask_risk_one")

        def copy(watch: Watch | None) -> int:
            job.watch = watch
            with packed(plain, packing) as out:
                return self.copy(out, job)

        own = measured(self.place, job.plan, asked, copy)
        return job.inner if self.holds and not own.columns else [own, *job.inner]
