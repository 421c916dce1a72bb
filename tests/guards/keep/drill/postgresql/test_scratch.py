from __future__ import annotations

import dataclasses
import os
from pathlib import Path

import pytest
from tests.guards.keep.protected import USER, protected

from hongxian.guards.keep.drill.copies import hand_over
from hongxian.guards.keep.drill.postgresql.restore import restore
from hongxian.guards.keep.drill.postgresql.scratch import Scratch
from hongxian.guards.keep.drill.scratch import ScratchServer
from hongxian.guards.keep.programs import ProgramError


def test_a_server_of_its_own_asks_for_nothing_beside(ended: list[ScratchServer]) -> None:
    with protected() as kept:
        kept.shop.sql("alter system set archive_command = 'touch /tmp/never'",
                      "alter system set shared_preload_libraries = 'no_such_library'")  # fmt: skip
        kept.caught_up()
        place = kept.place / "scratch"
        place.mkdir()
        back = restore(kept.vault, "shop", place)
        source = dataclasses.replace(kept.source, settings={"work_mem": "5MB"}, patience=60)
        own = Scratch(back, place, source)
        ended.append(own)
        own.prepare()
        if USER:
            hand_over(place, USER)
        own.start()
        own.wait("select not pg_is_in_recovery()", "postgres", "me")
        assert own.sql("select count(*) from orders", "postgres", "me") == "5000"
        assert own.sql("show listen_addresses", "postgres", "me") == ""
        assert own.sql("show archive_mode", "postgres", "me") == "off"
        assert own.sql("show work_mem", "postgres", "me") == "5MB"
        if USER:
            assert Path(f"/proc/{own._server.pid}").owner() == USER
            assert os.getuid() == 0
        own.end()
        own.end()
        own.source = dataclasses.replace(source, patience=0.2)
        own.start()
        with pytest.raises(ProgramError):
            own.wait("select false", "postgres", "me")
        own.end()
        own.start(bad_setting="1")
        with pytest.raises(ProgramError, match="bad_setting"):
            own.wait("select true", "postgres", "me")
        own.end()
