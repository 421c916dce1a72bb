from __future__ import annotations

import socket
import ssl
from pathlib import Path

import pytest
from tests.guards.gate.live.test_settings import certificate

from hongxian.errors import HongxianError
from hongxian.guards.listening import address_shown, bound, tls_from


def test_both_kinds_of_addresses_are_had_and_told_as_people_write_them() -> None:
    for host, kind, shown in (
        ("127.0.0.1", socket.AF_INET, "127.0.0.1:{}"),
        ("::1", socket.AF_INET6, "[::1]:{}"),
    ):
        with bound((host, 0)) as one:
            assert one.family is kind
            assert address_shown(one) == shown.format(one.getsockname()[1])


def test_an_address_that_is_taken_is_told() -> None:
    with bound(("127.0.0.1", 0)) as taken:
        taken.listen()
        with pytest.raises(HongxianError, match="cannot be listened on: Address already in use"):
            bound(taken.getsockname())


def test_processes_may_share_an_address() -> None:
    with bound(("127.0.0.1", 0), share=True) as one:
        one.listen()
        with bound(one.getsockname(), share=True) as other:
            other.listen()
            assert other.getsockname() == one.getsockname()


def test_tls_is_spoken_with_a_certificate_and_from_a_version_on(tmp_path: Path) -> None:
    certificate(tmp_path)
    place, key = tmp_path / "cert.pem", tmp_path / "key.pem"
    assert tls_from(place, key).minimum_version is ssl.TLSVersion.TLSv1_2
    assert tls_from(place, key, "1.3").minimum_version is ssl.TLSVersion.TLSv1_3


def test_a_certificate_that_cannot_be_used_is_told(tmp_path: Path) -> None:
    certificate(tmp_path)
    with pytest.raises(HongxianError, match=r"none\.pem"):
        tls_from(tmp_path / "none.pem", None)
    with pytest.raises(HongxianError, match=r"cert\.pem"):
        tls_from(tmp_path / "cert.pem", None)
    (tmp_path / "cert.pem").write_text("none")
    with pytest.raises(HongxianError, match=r"cert\.pem"):
        tls_from(tmp_path / "cert.pem", tmp_path / "key.pem")
