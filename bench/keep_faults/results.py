"""What came of faults: the table, and the exit code."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, field

from hongxian.words.table import table

HEAD = ("group", "fault", "expected", "happened", "outcome", "evidence")
OUTCOMES = ("refused", "healed", "lost", "not run")
LOST, NOT_RUN = 1, 3
"""Exit codes."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What came of one fault.

    ``evidence`` names the log and the sequence of the record that shows it; ``outcome`` is one of
    :data:`OUTCOMES`.
    """

    group: str
    fault: str
    expected: str
    happened: str
    outcome: str
    evidence: str


@dataclass(slots=True)
class Results:
    """All outcomes so far; each is told as it comes, unless it is to be quiet."""

    quiet: bool = False
    outcomes: list[Outcome] = field(default_factory=list)
    proofs: list[tuple[str, bool]] = field(default_factory=list)
    """What ``keep verify`` said of each log at its end, and whether it was whole."""

    def add(self, one: Outcome) -> None:
        """Take an outcome; one that claims to be fine needs evidence.

        Raises:
            ValueError: the outcome is not a known word.
        """
        if one.outcome not in OUTCOMES:
            raise ValueError(one.outcome)
        if one.outcome in ("refused", "healed") and not one.evidence:
            told = f"{one.happened}; no record shows it"
            one = Outcome(one.group, one.fault, one.expected, told, "lost", "")
        self.outcomes.append(one)
        if not self.quiet:
            print(
                f"{one.outcome:8} {one.group}: {one.fault}: {one.happened} [{one.evidence or '-'}]",
                flush=True,
            )

    def prove(self, told: str, *, whole: bool) -> None:
        """Take what ``keep verify`` said at the end of a group."""
        self.proofs.append((told, whole))
        if not self.quiet:
            print(f"         {told}", flush=True)

    def code(self) -> int:
        """Return the exit code."""
        if any(one.outcome == "lost" for one in self.outcomes):
            return LOST
        if not all(whole for _, whole in self.proofs):
            return LOST
        done = [one for one in self.outcomes if one.outcome != "not run"]
        return 0 if self.outcomes and len(done) == len(self.outcomes) else NOT_RUN

    def text(self) -> str:
        """Return the table, what ``keep verify`` said, and the sum."""
        rows = [[str(value) for value in asdict(one).values()] for one in self.outcomes]
        lines = [table(rows, list(HEAD)).rstrip("\n"), ""]
        lines += [f"keep verify: {told}" for told, _ in self.proofs]
        return "\n".join([*lines, self.summed()])

    def markdown(self) -> str:
        """Return the table as it stands in a page."""
        lines = [f"| {' | '.join(HEAD)} |", "|---" * len(HEAD) + "|"]
        for one in self.outcomes:
            cells = (str(value).replace("|", "\\|") for value in asdict(one).values())
            lines.append(f"| {' | '.join(cells)} |")
        return "\n".join([*lines, "", self.summed()])

    def json(self) -> str:
        """Return all of it as JSON."""
        told = {
            "faults": [asdict(one) for one in self.outcomes],
            "verified": [{"says": told, "whole": whole} for told, whole in self.proofs],
            "code": self.code(),
        }
        return json.dumps(told, ensure_ascii=False, indent=2)

    def summed(self) -> str:
        """Return how many there were of each outcome."""
        counts = dict.fromkeys(OUTCOMES, 0)
        for one in self.outcomes:
            counts[one.outcome] += 1
        return f"{len(self.outcomes)} faults: " + ", ".join(f"{n} {w}" for w, n in counts.items())
