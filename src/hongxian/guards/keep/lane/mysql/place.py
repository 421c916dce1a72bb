"""A server as the lane knows it: one snapshot of all its databases, and what is judged by it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.place import Place
from hongxian.guards.keep.statements.mysql.classify import classify

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from hongxian.guards.keep.statements.catalog import Catalog
    from hongxian.guards.keep.statements.verdict import Judgement


@dataclass(frozen=True, slots=True)
class ServerSnapshot:
    """A catalog of a server (:class:`~..judged.State`)."""

    catalog: Catalog

    def judge(
        self, text: str, estimate: Callable[[str], float | None] | None = None,
        given: Mapping[int, int] | None = None, modes: frozenset[str] = frozenset(),
    ) -> Judgement:  # fmt: skip
        """Judge a text; nobody estimates rows here, and no parameter lists many."""
        del estimate, given
        return classify(text, self.catalog, modes, follows=True)

    def after(self, text: str) -> ServerSnapshot:
        """Return the same: what a text defines holds at once, and is read before the next one."""
        del text
        return self


class ServerPlace(Place):
    """A server whose sessions read texts by modes of their own."""

    def by(self, text: str, modes: frozenset[str]) -> Judgement:
        """Return the judgement of a text as a session reads it."""
        assert isinstance(self.base, ServerSnapshot)  # noqa: S101 - made so by its host
        return self.base.judge(text, modes=modes)

    @property
    def behind(self) -> bool:
        """Whether something was defined that the snapshot does not show yet."""
        return any(one.settled for one in self.pending)
