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
    assert proven([batch]) == {"digest"}
    numbers = pa.record_batch({"phone": [int(one) for one in PHONES], "digest": hashes})
    coded = pa.record_batch({"phone": pa.array(PHONES).dictionary_encode(), "digest": hashes})
    assert proven([coded]) == {"digest"}
    assert proven([numbers]) == {"digest"}


def test_a_keyed_hash_and_one_of_something_else_are_not() -> None:
    keyed = [hmac.new(b"key", one.encode(), "sha256").hexdigest() for one in PHONES]
    other = [hashlib.md5(one.encode()).hexdigest() for one in reversed(PHONES)]
    batch = pa.record_batch({"phone": PHONES, "keyed": keyed, "other": other, "empty": [None] * 30})
    assert proven([batch]) == set()


def test_the_first_rows_may_come_in_pieces() -> None:
    hashes = [hashlib.md5(one.encode()).hexdigest() for one in PHONES]
    batch = pa.record_batch({"phone": PHONES, "digest": hashes})
    assert proven([batch.slice(0, 1), batch.slice(1, 1)]) == {"digest"}
    late = pa.record_batch({"digest": hashes[2:4], "phone": PHONES[2:4]})
    plain = pa.record_batch({"phone": PHONES[:2], "n": [1, 2]})
    assert proven([plain, late, plain]) == {"digest"}
    assert proven([]) == set()
