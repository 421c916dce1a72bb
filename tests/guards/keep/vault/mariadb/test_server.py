from __future__ import annotations

from pathlib import Path

import pytest
from tests.guards.keep.mariadbs import maria

from hongxian.guards.keep.programs import ProgramError
from hongxian.guards.keep.vault.mariadb.server import MariaServer


def test_a_server_tells_its_logs() -> None:
    with maria() as shop:
        before = shop.server.logs()
        shop.sql("flush binary logs")
        assert shop.server.logs() == [*before, f"log.{len(before) + 1:06}"]


def test_a_server_that_does_not_answer_is_told(tmp_path: Path) -> None:
    (tmp_path / "my.cnf").write_text("[client]\nhost=127.0.0.1\nport=1\n")
    with pytest.raises(ProgramError):
        MariaServer(name="shop", defaults=tmp_path / "my.cnf").logs()
