from __future__ import annotations

from hongxian.sensors.store.sources.faults import SourceError


def test_a_fault_is_said_in_both_languages_with_its_place() -> None:
    reason = SourceError("too_large", limit=5).reason("a.bin")
    assert reason.say("en") == "a.bin: larger than 5 MB; not read"
    assert "5 MB" in reason.say("zh")
