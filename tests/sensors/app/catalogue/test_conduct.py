from __future__ import annotations

from hongxian.info import load_types
from hongxian.sensors.app.catalogue.conduct import KINDS, load_conduct


def test_every_row_names_a_class_and_its_methods() -> None:
    rows = load_conduct()
    assert {row.kind for row in rows} == set(KINDS)
    assert all("." in row.owner and row.methods for row in rows)
    keys = [(row.kind, row.owner, method) for row in rows for method in row.methods]
    assert len(keys) == len(set(keys))


def test_a_pace_says_its_unit_and_what_it_reads_or_that_a_task_does() -> None:
    paces = {(row.owner, row.methods[0]): row for row in load_conduct() if row.kind == "pace"}
    location = paces["android.location.LocationManager", "requestLocationUpdates"]
    assert (location.info, location.unit, location.parameter) == ("location.precise", 0.001, "J")
    executor = paces["java.util.concurrent.ScheduledExecutorService", "scheduleAtFixedRate"]
    assert (executor.info, executor.unit, executor.number) == (None, None, 1)
    assert all(row.info in load_types() for row in paces.values() if row.info)
    assert paces["android.os.Handler", "postDelayed"].again
    assert paces["com.baidu.location.LocationClientOption", "setScanSpan"].once == 1000


def test_dialogs_and_notices_can_tell_a_purpose_other_screens_count_apart() -> None:
    words = {row.owner for row in load_conduct() if row.words}
    assert {"android.app.Dialog", "android.widget.Toast"} <= words
    assert "android.app.Activity" not in words
