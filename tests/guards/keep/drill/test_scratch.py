from __future__ import annotations

import signal
import sys
from pathlib import Path

import pytest
from tests.guards.keep.protected import USER
from tests.sensors.store.sources.servers import folder

from hongxian.guards.keep.drill.scratch import ScratchServer
from hongxian.guards.keep.drill.settings import SourceSettings
from hongxian.guards.keep.programs import ProgramError

WAITS = "import time; print('begun', flush=True); time.sleep(600)"


def test_a_server_runs_as_its_user_and_ends(ended: list[ScratchServer]) -> None:
    with folder() as place:
        own = ScratchServer(place, SourceSettings(name="shop", user=USER, patience=60))
        ended.append(own)
        (place / "file").touch()
        own.owned()
        assert USER is None or (place / "file").owner() == USER
        own.begin(["/bin/sh", "-c", "id -un > who; exec sleep 600"])
        own.until(lambda: (place / "who").exists() and bool((place / "who").read_text()))
        assert (place / "who").read_text().strip() == (USER or Path("/proc/self").owner())
        own.end(signal.SIGTERM)
        own.end()
        assert own._server is None
        own.source = SourceSettings(name="shop")
        assert own.user == {}


def test_what_a_server_said_is_told_when_it_ends_or_takes_too_long(
    tmp_path: Path, ended: list[ScratchServer]
) -> None:
    own = ScratchServer(tmp_path, SourceSettings(name="shop", patience=60))
    ended.append(own)
    own.begin([sys.executable, "-c", "raise SystemExit('no space, says 13812345678')"])
    with pytest.raises(ProgramError, match=r"no space, says \*{3}"):
        own.until(lambda: False)
    own.end()
    own.begin([sys.executable, "-c", WAITS])
    own.until(lambda: own.said() == "begun")
    own.source = SourceSettings(name="shop", patience=0.1)

    def silent() -> bool:
        raise ProgramError("not yet")

    with pytest.raises(ProgramError, match="begun"):
        own.until(silent)
    own.end(signal.SIGKILL)


def test_a_server_that_does_not_end_is_killed(tmp_path: Path, ended, monkeypatch) -> None:
    monkeypatch.setattr(sys.modules[ScratchServer.__module__], "LONGEST_END", 0.1)
    own = ScratchServer(tmp_path, SourceSettings(name="shop", patience=60))
    ended.append(own)
    own.begin(["/bin/sh", "-c", "trap '' TERM; echo begun; while :; do sleep 0.1; done"])
    own.until(lambda: own.said() == "begun")
    child = own._server
    own.end()
    assert child.returncode == -signal.SIGKILL
