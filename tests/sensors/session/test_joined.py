import io

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.joined import Joined


def test_the_beginning_stays_known() -> None:
    source = Joined(b"ab", io.BytesIO(b"cd"))
    assert (source.head, source.read(), source.read()) == (b"ab", b"abcd", b"")


@given(st.binary(max_size=40), st.binary(max_size=40), st.integers(1, 7))
def test_read_in_pieces_it_is_what_it_was(head: bytes, rest: bytes, size: int) -> None:
    source = Joined(head, io.BytesIO(rest))
    assert b"".join(iter(lambda: source.read(size), b"")) == head + rest
