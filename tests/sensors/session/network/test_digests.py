import hashlib

import pytest

from hongxian.sensors.session.network import digests as module
from hongxian.sensors.session.network.digests import digests, known


def test_hashes_of_a_value_are_made_once_and_twice() -> None:
    made = {how: digest.hex() for how, digest in digests("Ab")}
    assert made["md5",] == hashlib.md5(b"Ab").hexdigest()
    assert made["sha512", "lower"] == hashlib.sha512(b"ab").hexdigest()
    inner = hashlib.md5(b"Ab").hexdigest()
    assert made["sha256", "md5"] == hashlib.sha256(inner.encode()).hexdigest()
    assert made["md5", "upper", "md5"] == hashlib.md5(inner.upper().encode()).hexdigest()
    assert len([how for how, _ in digests("12") if len(how) == 1]) == len(known())


def test_an_algorithm_that_this_python_lacks_is_left_out(monkeypatch: pytest.MonkeyPatch) -> None:
    known.cache_clear()
    monkeypatch.setattr(module, "ALGORITHMS", ("md5", "no-such"))
    assert known() == ("md5",)
    known.cache_clear()
