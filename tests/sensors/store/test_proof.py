from __future__ import annotations

import hashlib
import hmac

import pyarrow as pa
import pytest
from tests.sensors.store.made import people

from hongxian.sensors.store.proof import proven

PHONES = [one["phone"] for one in people(30)]


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sm3"])
def test_the_bare_hash_of_the_value_beside_it_is_proven(kind: str) -> None:
    hashes = [hashlib.new(kind, one.encode()).hexdigest().upper() for one in PHONES]
    batch = pa.record_batch({"phone": PHONES, "digest": hashes, "n": list(range(30))})
    assert proven(batch) == {"digest"}
    numbers = pa.record_batch({"phone": [int(one) for one in PHONES], "digest": hashes})
    assert proven(numbers) == {"digest"}


def test_a_keyed_hash_and_one_of_something_else_are_not() -> None:
    keyed = [hmac.new(b"key", one.encode(), "sha256").hexdigest() for one in PHONES]
    other = [hashlib.md5(one.encode()).hexdigest() for one in reversed(PHONES)]
    batch = pa.record_batch({"phone": PHONES, "keyed": keyed, "other": other, "empty": [None] * 30})
    assert proven(batch) == set()
