from __future__ import annotations

from hongxian.sensors.traffic.model import Exchange


def test_the_path_is_the_target_without_its_query() -> None:
    assert Exchange(at=0.0, method="GET", target="/a/b?c=/d?e").path == "/a/b"
