from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.topics.order import Order, Record


def record(at: int, partition: int = 0, offset: int = 0, size: int = 1) -> Record:
    return Record(at, partition, offset, b"x" * size)


def test_nothing_is_handed_on_while_an_older_record_may_come() -> None:
    order = Order([0, 1], 10)
    order.add(record(5))
    assert order.ready() == []
    order.add(record(3, 1))
    order.add(record(7, 1, 1))
    assert [one.at for one in order.ready()] == [3, 5]
    assert not order.done
    order.end(0)
    assert [one.at for one in order.ready()] == [7]
    order.end(1)
    assert order.done


def test_when_nothing_comes_nothing_is_waited_for() -> None:
    order = Order([0, 1], 10)
    order.add(record(5))
    assert [one.at for one in order.ready(idle=True)] == [5]
    assert order.ready(idle=True) == []


def test_a_partition_that_is_ahead_has_to_wait() -> None:
    order = Order([0, 1], 10)
    order.add(record(5, size=10))
    assert order.full() == [0]
    order.add(record(6, 1))
    order.ready()
    assert order.full() == []


@given(st.lists(st.tuples(st.integers(0, 2), st.integers(0, 50)), max_size=60))
def test_all_records_come_once_and_in_order(rows: list[tuple[int, int]]) -> None:
    order = Order([0, 1, 2], 1 << 20)
    newest = [0, 0, 0]
    found: list[Record] = []
    for offset, (partition, step) in enumerate(rows):
        newest[partition] += step
        order.add(record(newest[partition], partition, offset))
        found += order.ready()
    found += order.ready(idle=True)
    assert sorted(one.offset for one in found) == list(range(len(rows)))
    assert [one.at for one in found] == sorted(one.at for one in found)
