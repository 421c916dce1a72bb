import json
import random

import pytest

from hongxian.sensors.session.network.randomness import looks_random


@pytest.mark.parametrize("size", [32, 48, 100, 160, 500, 4096, 50_000])
def test_random_bytes_of_any_length_look_random(size: int) -> None:
    dice = random.Random(size)
    found = [looks_random(dice.randbytes(size)) for _ in range(100)]
    assert sum(found) >= 98


@pytest.mark.parametrize(
    "data",
    [
        b"",
        random.Random(1).randbytes(31),
        json.dumps({"a": list(range(500))}).encode(),
        bytes(range(64)) * 9,
        bytes(1000) + random.Random(2).randbytes(20_000),
    ],
)
def test_other_bytes_do_not(data: bytes) -> None:
    assert not looks_random(data)
