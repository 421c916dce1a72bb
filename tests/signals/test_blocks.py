from __future__ import annotations

from hongxian.signals.blocks import LEAST_SHARERS, Blocks
from hongxian.signals.keys import Key


def key(block: int, place: int) -> Key:
    return Key(value=block * 100 + place, block=block, place=place)


def asked(blocks: Blocks, members: int, numbers: int = 60) -> bool:
    """Let some principals share out a block; whether that is seen."""
    found = [blocks.add(key(1, place), place % members, 0.0) for place in range(numbers)]
    return any(found)


def test_a_block_that_several_share_out_is_seen() -> None:
    assert asked(Blocks(), LEAST_SHARERS)
    assert not asked(Blocks(), LEAST_SHARERS - 1)
    assert not asked(Blocks(), LEAST_SHARERS, 20)


def test_colleagues_who_all_know_each_other_are_no_sharing_out() -> None:
    blocks = Blocks()
    found = [blocks.add(key(1, place), who, 0.0) for who in range(10) for place in range(60)]
    assert not any(found[60:])


def test_where_all_blocks_are_full_none_stands_out() -> None:
    blocks = Blocks()
    for block in range(2, 30):
        for place in range(60):
            blocks.add(key(block, place), 1, 0.0)
    assert not asked(blocks, 10)


def test_it_forgets_overnight_and_when_it_is_full() -> None:
    blocks = Blocks(most=2)
    for block in (1, 2, 3):
        blocks.add(key(block, 0), 1, 0.0)
    assert len(blocks) == 2
    blocks.add(key(9, 0), 1, 90_000.0)
    assert len(blocks) == 1
    assert blocks.add(Key(5), 1, 90_000.0) is None


def test_it_comes_back_from_plain_data() -> None:
    blocks = Blocks()
    asked(blocks, 10, 50)
    again = Blocks.load(blocks.dump())
    assert again.dump() == blocks.dump()
    assert again.add(key(1, 51), 3, 0.0)
