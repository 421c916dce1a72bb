from __future__ import annotations

import dataclasses
import os
import re
from pathlib import Path

import pytest
from tests.guards.keep.protected import USER
from tests.guards.keep.protected_maria import protected_maria

from hongxian.guards.keep.drill.mariadb.restore import restore
from hongxian.guards.keep.drill.mariadb.scratch import MariaScratch, _settings
from hongxian.guards.keep.drill.mariadb.sums import rows
from hongxian.guards.keep.drill.scratch import ScratchServer
from hongxian.guards.keep.programs import ProgramError

EVENT = "create event shop.harm on schedule every 1 second do insert into shop.notes values (9, '')"


def test_a_server_of_its_own_asks_for_nothing_beside(ended: list[ScratchServer]) -> None:
    with protected_maria() as kept:
        kept.shop.sql(EVENT)
        kept.shop.sql("create user boss@localhost identified by 'x'; drop user root@localhost; "
                      "flush privileges;"
                      "insert into shop.notes values (1, '\\n\\\\! touch never\\n')")  # fmt: skip
        kept.caught_up()
        place = kept.place / "scratch"
        place.mkdir()
        source = dataclasses.replace(kept.source, settings={"max-connections": "17"})
        back = restore(kept.vault, "shop", place)
        own = MariaScratch(back, place, source)
        ended.append(own)
        own.prepare()
        own.start()
        own.replay(back.logs, back.base.position)
        with own.connected() as base:
            told = dict(rows(base, "show variables"))
            assert rows(base, "select id from shop.notes") == [(1,)]
            assert rows(base, "select count(*) from mysql.user where user = 'boss'") == [(1,)]
        assert (told["skip_networking"], told["event_scheduler"]) == ("ON", "OFF")
        assert (told["log_bin"], told["max_connections"]) == ("OFF", "17")
        assert told["plugin_dir"].startswith(str(place))
        assert not list(place.rglob("never"))
        if USER:
            assert Path(f"/proc/{own._server.pid}").owner() == USER
            assert os.getuid() == 0
        with pytest.raises(ProgramError, match="already exists"):
            own.replay(back.logs, back.base.position)  # what is there already
        with pytest.raises(ProgramError):
            own.replay([place / "none"], 4)
        own.leave()
        own.end()


def test_a_server_that_cannot_begin_is_told(ended: list[ScratchServer]) -> None:
    with protected_maria(settings={"no-such-setting": "1"}) as kept:
        place = kept.place / "scratch"
        place.mkdir()
        own = MariaScratch(restore(kept.vault, "shop", place), place, kept.source)
        ended.append(own)
        own.prepare()
        with pytest.raises(ProgramError, match="no-such-setting"):
            own.start()
        own.end()


def test_a_dump_comes_back_too(ended: list[ScratchServer]) -> None:
    with protected_maria(files=False) as kept:
        place = kept.place / "scratch"
        place.mkdir()
        back = restore(kept.vault, "shop", place)
        own = MariaScratch(back, place, kept.source)
        ended.append(own)
        own.prepare()
        own.start()
        with own.connected() as base:
            assert rows(base, "select count(*) from shop.orders") == [(5000,)]
        own.end()


def test_of_the_settings_of_a_copy_only_what_its_files_need_is_taken(tmp_path: Path) -> None:
    (tmp_path / "backup-my.cnf").write_text(
        "[mysqld]\ninnodb_page_size=8192\ninnodb_undo_directory=./\nplugin_load=harm.so\n"
        "innodb_data_file_path=ibdata1:12M;/etc/x:1M\ninnodb_undo_tablespaces = 3\n"
    )
    told = _settings(tmp_path / "backup-my.cnf")
    assert told == {"innodb_page_size": "8192", "innodb_undo_tablespaces": "3"}
    assert _settings(tmp_path / "none") == {}
    assert not re.search("harm|/", str(told))
