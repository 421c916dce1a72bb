"""Reads a buffer once and finds what the recognisers know.

Compiled like ``checks.py``, by the same rules. A word (letters, digits, ``_``) is where a value can
begin. Before a word stands perhaps a label: it is looked up backwards, by a hash. A labelled word
is read by the automaton of the recognisers of its label, any word by the automaton of those that
need none. What ends there is checked at once; the best of it is the hit.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.info.recognise.counting import LABELLED, VALID, Counting
from hongxian.info.recognise.forms import DIGIT, HEX, LOWER, UNDER, UPPER

if TYPE_CHECKING:
    from hongxian.info.recognise.tables import Tables

WORD = DIGIT | LOWER | UPPER | UNDER
SKIP, BEGIN, AT, SIGN, PLUS, WIDE, YEAR = 0, 1, 2, 3, 4, 5, 6
"""What a byte sets off: nothing, a word, an e-mail address, the colon of a label, a number with its
country, a colon in full width, and 年 behind numerals; of the last two it is the last byte.
"""
ALONE_BIT, NAMED_BIT, SIGN_BIT, AHEAD = 1, 2, 4, 4
"""Bits of the gate: a word that needs no label, one that may have one, a sign; ``AHEAD`` bits up
stand the same for the second byte behind.
"""
SIDES = 6
"""Bits of the classes of bytes that the gate tells apart."""
OPEN, CJK, MAIL, FIRST = 0, 1, 2, 3
"""Starts of the automaton: what needs no label, by what it begins with, then each recogniser."""
RECOGNISER, KIND, CHECK, RANK, FLAGS, STRIDE = 0, 1, 2, 3, 4, 5
"""Numbers per pattern."""
ALONE, NAMED, WRONG = 0, 1, 2
"""Kinds of patterns: need no label, need one, are the wrong form next to one."""
KEEP, SILENT = 1, 2
"""Flags: a failed check next to a label is a hit of the grade labelled; hits are not told."""
LENGTHS = 32
"""Lengths that the filter of words tells apart."""
HEAD = 3
"""Bytes of a value that matter one by one more often than not."""
LEAP = 4
"""Digits that are read at once where their values do not matter."""
REACH = 64
"""Bytes that a value may have when it begins in the middle of something; keeps the time linear."""


class Kernel(Counting):
    """The tables, the text and the place in it."""

    def __init__(self, tables: Tables, out: Any) -> None:
        """Take the tables and room for hits, ``FIELDS`` numbers each."""
        Counting.__init__(self, tables, out)
        self.classes = tables.automaton.classes
        self.width = tables.automaton.width
        self.step = tables.automaton.step
        self.ended = tables.automaton.ended
        self.starts = tables.starts
        self.members = tables.members
        self.patterns = tables.patterns
        self.triggers = tables.triggers
        self.sides = tables.sides
        self.gate = tables.gate
        self.lengths = tables.lengths
        self.begins = tables.begins
        self.best = self.best_start = self.best_end = self.best_grade = self.best_rank = 0

    def count(self, data: Any, offsets: Any, group: int) -> None:
        """Read all rows and add the hits of each kind to the sums; see :meth:`into`.

        Args:
            data: the bytes of all rows.
            offsets: where each row begins, and where the last one ends.
            group: group of the label that stands before every row; 0 for none.
        """
        row, at, last = 0, -1, len(offsets) - 1
        while row < last:
            row = self.rows(data, offsets, row, at, group)
            at = self.edge
            self.gather(offsets)

    def rows(self, data: Any, offsets: Any, row: int, at: int, group: int) -> int:
        """Read rows until the end or until the room is full; ``edge`` is the place then.

        Args:
            data: the bytes of all rows.
            offsets: where each row begins, and where the last one ends.
            row: the row to begin with.
            at: the place in it, or -1 for its beginning.
            group: group of the label that stands before every row; 0 for none.
        """
        self.data = data
        self.group = group
        self.front = 61 if group else 0
        self.hits = 0
        last = len(offsets) - 1
        while row < last:
            self.row = row
            self.lo = offsets[row]
            self.hi = offsets[row + 1]
            self.edge = self.lo
            at = self.read(self.first() if at < 0 else at)
            if at < self.hi or self.hits >= self.room:
                self.edge = at
                return row
            at = -1
            row += 1
        return row

    def text(self, data: bytes, at: int) -> int:
        """Read one text from a place on; return where there was no more room for hits, or -1."""
        raw = data
        self.data = raw  # as long as this runs: nothing else reads it
        self.group = self.front = self.hits = self.row = self.lo = self.edge = 0
        self.hi = len(data)
        at = self.read(at)
        return at if at < self.hi or self.hits >= self.room else -1

    def first(self) -> int:
        """Return where to begin with a row; behind a label a value may be of any signs."""
        if self.group and self.lo < self.hi and not self.kinds[self.data[self.lo]] & WORD:
            return self.sign(self.lo - 1, SIGN)
        return self.lo

    def value(self, data: Any, group: int) -> int:
        """Read one value whose label is known; return whether a hit begins at its beginning."""
        self.data = data
        self.hits = self.row = self.lo = self.edge = self.group = self.front = 0
        self.hi = len(data)
        self.best = -1
        self.labelled(0, group)
        return 1 if self.best >= 0 and self.tell() >= 0 else 0

    def read(self, i: int) -> int:
        """Read a row from a place on; return where it ended."""
        while i < self.hi and self.hits < self.room:
            i = self.onward(i)
            if i < self.hi:
                trigger = self.triggers[self.data[i]]
                i = self.word(i) if trigger == BEGIN else self.sign(i, trigger)
        return i

    def onward(self, i: int) -> int:
        """Return the next place at which something may begin, by the bytes on both its sides."""
        data, sides, gate = self.data, self.sides, self.gate
        last = self.hi - 1
        side = sides[data[i]]
        here = gate[sides[self.byte(i - 1)] << SIDES | side]
        while i < last:
            following = sides[data[i + 1]]
            ahead = gate[side << SIDES | following]
            if here & ahead >> AHEAD:
                return i
            here, side = ahead, following
            i += 1
        return i if here & gate[side << SIDES | sides[0]] >> AHEAD else i + 1

    def word(self, start: int) -> int:
        """Read a word; return where to go on."""
        self.best = -1
        before = self.byte(start - 1)
        group = 0
        if self.gate[self.sides[before] << SIDES | self.sides[self.data[start]]] & NAMED_BIT:
            if before >= 128 and start - 3 >= self.edge:
                self.run(start - 3, start - 3, self.starts[CJK], self.hi)
            group = self.label_before(start)
        if group and self.best < 0:
            self.labelled(start, group)
        if self.best < 0 and self.promising(start):
            glued = before in (45, 46, 47, 43, 61, 126, 58)
            self.run(start, start, self.starts[OPEN], start + REACH if glued else self.hi)
        return start + 1 if self.best < 0 else self.tell()

    def promising(self, start: int) -> int:
        """Return whether anything can come of a word without a label: two looks at filters."""
        data, kinds = self.data, self.kinds
        first = data[start]
        second = self.sides[self.byte(start + 1)]
        if not self.gate[self.sides[first] << SIDES | second] >> AHEAD & ALONE_BIT:
            return 0
        seen = 0
        stop = start
        while stop < self.hi and kinds[data[stop]] & WORD:
            seen |= kinds[data[stop]]
            stop += 1
        begin = self.begins[first] << 1 | seen & DIGIT
        length = min(stop - start, LENGTHS - 1)
        if not self.lengths[(begin * LENGTHS + length) << 8 | self.byte(stop)]:
            return 0
        return self.begun(start, stop)

    def begun(self, start: int, stop: int) -> int:
        """Return whether a value that needs no label may begin with a word, by what is before."""
        before = self.byte(start - 1)
        if before == 58 and stop - start <= 4:
            return not self.in_chain(start)
        if before == 46:
            return not self.kind(start - 2) & DIGIT
        if before == 45:
            return not self.kind(start - 2) & WORD
        return 1

    def in_chain(self, start: int) -> int:
        """Return whether a short word stands in a chain such as aa:bb:cc, not at its beginning."""
        at = start - 2
        while at > start - 7 and self.kind(at) & HEX:
            at -= 1
        return self.byte(at) == 58

    def closed(self, end: int) -> int:
        """Return whether a value may end at a place: neither a word nor a number goes on."""
        if not self.kinds[self.data[end - 1]] & WORD:
            return 1
        after = self.byte(end)
        if after == 64:
            return 0
        return 0 if after == 46 and self.kind(end + 1) & DIGIT else 1

    def sign(self, i: int, trigger: int) -> int:
        """Read what no word begins; return where to go on."""
        self.best = -1
        if trigger == AT:
            return self.mail(i)
        if trigger == PLUS:
            return self.plus(i)
        if trigger in (WIDE, YEAR) and self.byte(i - 2) not in (0xEF, 0xE5):
            return i + 1
        start = i - 14 if trigger == YEAR else self.value_after(i + 1)
        if self.edge <= start < self.hi and self.unread(start):
            group = self.label_before(start)
            if group:
                self.labelled(start, group)
        return i + 1 if self.best < 0 else self.tell()

    def unread(self, start: int) -> int:
        """Return whether a value begins that :meth:`word` would not ask for its label."""
        if not self.kind(start) & WORD:
            return 1
        return self.byte(start - 1) in (32, 9) and not self.kind(start) & (DIGIT | UPPER)

    def value_after(self, i: int) -> int:
        """Return where a value begins behind blanks and quotes."""
        stop = i + 8
        while i < stop and i < self.hi and self.data[i] in (32, 34, 39, 92, 9):
            i += 1
        return i

    def plus(self, i: int) -> int:
        """Read a number that begins with its country."""
        if self.kind(i + 1) & DIGIT and not self.kind(i - 1) & WORD:
            group = self.label_before(i)
            if group:
                self.labelled(i, group)
            if self.best < 0:
                self.run(i, i, self.starts[OPEN], i + REACH)
        return i + 1 if self.best < 0 else self.tell()

    def mail(self, at: int) -> int:
        """Read an e-mail address around its @."""
        start = at
        floor = max(self.edge, at - 64)
        while start > floor and (
            self.kinds[self.data[start - 1]] & WORD or self.data[start - 1] in (37, 43, 45, 46)
        ):
            start -= 1
        while start < at and self.data[start] in (37, 43, 45, 46):
            start += 1
        if start < at:
            self.run(at, start, self.starts[MAIL], at + 256)
        return at + 1 if self.best < 0 else self.tell()

    def labelled(self, start: int, group: int) -> None:
        """Read a value by each recogniser of its label."""
        while self.members[group] >= 0:
            self.run(start, start, self.starts[FIRST + self.members[group]], self.hi)
            group += 1

    def run(self, i: int, start: int, row: int, stop: int) -> None:
        """Run the automaton from a place and keep the best of what ends.

        Nothing ends between two digits, so that several of them are passed at once.
        """
        data, classes, steps, leaps = self.data, self.classes, self.step, self.width + 1
        stop = min(stop, self.hi)
        far = i + HEAD
        while i < stop:
            if far <= i <= stop - LEAP and self.digits(i) and steps[row + leaps]:
                row = steps[row + leaps]
                i += LEAP
            else:
                row = steps[row + classes[data[i]]]
                if row == 0:
                    return
                i += 1
            if row & 1 and (i == self.hi or self.ends_here(i)) and self.closed(i):
                self.ending(steps[row + self.width], start, i)

    def digits(self, i: int) -> int:
        """Return whether ``LEAP`` digits stand at a place."""
        data, kinds = self.data, self.kinds
        both = kinds[data[i]] & kinds[data[i + 1]]
        return both & kinds[data[i + 2]] & kinds[data[i + 3]] & DIGIT

    def ends_here(self, i: int) -> int:
        """Return whether no word goes on at a place inside of the row."""
        return not (self.kinds[self.data[i]] & WORD and self.kinds[self.data[i - 1]] & WORD)

    def ending(self, place: int, start: int, end: int) -> None:
        """Weigh every pattern that ends at a place."""
        while self.ended[place] >= 0:
            self.weigh(self.ended[place] * STRIDE, start, end)
            place += 1

    def weigh(self, pattern: int, start: int, end: int) -> None:
        """Check a match, and keep it when it is better: valid, then by rank, then the longer."""
        kind = self.patterns[pattern + KIND]
        if kind == ALONE and self.byte(end) == 45 and self.kind(end + 1) & WORD:
            return
        self.left = start
        self.right = end
        grade = VALID
        if kind == WRONG or not self.verify(self.patterns[pattern + CHECK], start, end):
            if kind != WRONG and (kind == ALONE or not self.patterns[pattern + FLAGS] & KEEP):
                return
            grade = LABELLED
        rank = self.patterns[pattern + RANK]
        if self.best >= 0 and not self.better(grade, rank):
            return
        self.best = pattern
        self.best_start, self.best_end = self.left, self.right
        self.best_grade, self.best_rank = grade, rank

    def better(self, grade: int, rank: int) -> int:
        """Return whether a grade and a rank are no worse than those of the best."""
        if grade != self.best_grade:
            return grade < self.best_grade
        return rank <= self.best_rank

    def tell(self) -> int:
        """Write the best match down; return where it ends."""
        self.edge = self.best_end
        if not self.patterns[self.best + FLAGS] & SILENT:
            recogniser = self.patterns[self.best + RECOGNISER]
            self.write(self.best_start, self.best_end, recogniser, self.best_grade)
        return self.best_end
