from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.gate.exchange.field_lines import FieldLines

LINES = b"host: a\r\nx-user: u\r\nx-users: v\r\nx-user: \r\n"
NAMES = st.text("ab-", min_size=1, max_size=4).map(str.encode)
VALUES = st.text("ab: -", max_size=4).map(str.encode)


def test_fields_are_told_as_pairs() -> None:
    assert list(FieldLines(LINES)) == [
        (b"host", b"a"), (b"x-user", b"u"), (b"x-users", b"v"), (b"x-user", b"")
    ]  # fmt: skip


@given(st.lists(st.tuples(NAMES, VALUES), max_size=6), NAMES)
def test_values_of_a_field_are_those_of_its_pairs(pairs: list, name: bytes) -> None:
    made = FieldLines(b"".join(b"%b: %b\r\n" % pair for pair in pairs))
    assert list(made) == pairs
    for one in (name, name + b": ", name + b":" * 9):
        assert made.values(one) == [value for own, value in pairs if own == one]


def test_the_host_is_put_first() -> None:
    made = FieldLines(b"a: 1\r\nhost: b\r\nc: 2\r\n")
    made.host, made.host_end, made.changed = 6, 15, [0, 6]
    made.host_first()
    assert made.lines == b"host: b\r\na: 1\r\nc: 2\r\n"
    assert (made.host, made.host_end, made.changed) == (0, 9, None)
    made.host_first()
    assert made.lines.startswith(b"host: b\r\na")


def test_what_speaks_of_the_body_is_left_out() -> None:
    made = FieldLines(b"a: 1\r\netag: b\r\nc: 2\r\ndigest: 3\r\n")
    assert made.unchanged() == made.lines
    made.changed = [6, 15, 21, 32]
    assert made.unchanged() == b"a: 1\r\nc: 2\r\n"
    made.changed = [0, 32]
    assert made.unchanged() == b""
