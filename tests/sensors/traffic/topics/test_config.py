from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.sensors.traffic.topics.config import FILE, settings_of


def test_the_environment_comes_before_the_file(tmp_path: Path) -> None:
    path = tmp_path / "client.properties"
    path.write_text("# how\n\nsecurity.protocol = SASL_SSL\nsasl.password=a=b\n")
    found = settings_of({FILE: str(path), "HONGXIAN_KAFKA_SASL_PASSWORD": "c", "HOME": "x"})
    assert found == {"security.protocol": "SASL_SSL", "sasl.password": "c"}


def test_what_offsets_need_cannot_be_set() -> None:
    assert settings_of({"HONGXIAN_KAFKA_ENABLE_AUTO_COMMIT": "true"}) == {}


def test_a_file_that_is_none_is_told_without_its_text(tmp_path: Path) -> None:
    path = tmp_path / "client.properties"
    path.write_text("a=b\nhunter2\n")
    with pytest.raises(HongxianError, match=r"client.properties:2: must be NAME=VALUE") as told:
        settings_of({FILE: str(path)})
    assert "hunter2" not in str(told.value)
    with pytest.raises(HongxianError, match="No such file"):
        settings_of({FILE: str(tmp_path / "none")})
