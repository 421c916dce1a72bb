from __future__ import annotations

from hongxian.sensors.app.catalogue.entries import early_kinds, fixed_entries, load_lifecycle


def test_the_kinds_that_run_before_any_act() -> None:
    kinds = {"application", "provider", "initializer", "activity", "receiver", "factory"}
    assert early_kinds() == kinds


def test_what_the_system_calls() -> None:
    methods = load_lifecycle(34).methods
    assert set(methods) == early_kinds() | {"service"}
    assert {"attachBaseContext", "onCreate"} <= set(methods["application"])
    assert {"onCreate", "onStart", "onResume"} <= set(methods["activity"])
    assert "create" in methods["initializer"]


def test_what_the_system_calls_some_time_afterwards() -> None:
    lifecycle = load_lifecycle(34)
    assert "onRequestPermissionsResult" in lifecycle.later["activity"]
    assert not set(lifecycle.later["activity"]) & set(lifecycle.methods["activity"])


def test_broadcasts_reach_more_receivers_of_old_apps() -> None:
    new, old = load_lifecycle(26).broadcasts, load_lifecycle(25).broadcasts
    assert "android.intent.action.BOOT_COMPLETED" in new
    assert "android.net.conn.CONNECTIVITY_CHANGE" in old - new


def test_frameworks_call_their_entries_when_they_are_there() -> None:
    entry = next(entry for entry in fixed_entries() if entry.key == "flutter.registrant")
    assert entry.owner.endswith("GeneratedPluginRegistrant")
    assert entry.needs
    assert entry.methods
