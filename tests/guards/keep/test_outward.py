from __future__ import annotations

import pytest
from tests.guards.keep.receiver import receiver

from hongxian.guards.keep.outward import OutwardError, allowed, post


def test_what_is_posted_arrives() -> None:
    with receiver() as got:
        assert post(got.address, b"text", "text/plain") == b"ok"
    assert (got.bodies, got.paths) == ([b"text"], ["/in?a=1"])


@pytest.mark.parametrize(
    ("address", "may"),
    [
        ("https://a.example/x", True), ("https://", False), ("http://127.0.0.1/", True),
        ("http://[::1]:8/", True), ("http://localhost/", True), ("http://a.example/", False),
        ("http://127.0.0.1.a.example/", False), ("file:///etc/passwd", False), ("ftp://a", False),
    ],
)  # fmt: skip
def test_where_to(address: str, may: bool) -> None:
    assert allowed(address) is may


def test_what_does_not_arrive_is_said() -> None:
    with pytest.raises(OutwardError, match="address"):
        post("http://a.example/", b"", "text/plain")
    with receiver(500) as got, pytest.raises(OutwardError, match="HTTP 500"):
        post(got.address, b"", "text/plain")
    with pytest.raises(OutwardError, match="refused"):
        post(got.address, b"", "text/plain")
    with pytest.raises(OutwardError):
        post("https://127.0.0.1:1/", b"", "text/plain")
