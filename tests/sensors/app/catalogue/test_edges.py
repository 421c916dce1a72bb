from __future__ import annotations

from hongxian.sensors.app.catalogue.edges import (
    WHEN,
    edge_sources,
    function_types,
    load_edges,
    platform_types,
)

EDGES = {edge.key: edge for edge in load_edges()}


def test_every_row_is_named_once_and_says_why() -> None:
    assert len(EDGES) == len(load_edges()) >= 100
    sources = edge_sources()
    for edge in EDGES.values():
        assert edge.when in WHEN, edge.key
        assert edge.reason, edge.key
        assert sources[edge.key], edge.key
        assert edge.enters, edge.key
        assert all(owner and method for owner, method in edge.trigger), edge.key


def test_what_runs_by_itself_and_what_needs_a_person() -> None:
    assert EDGES["executor"].when == "now"
    assert EDGES["work"].callback == "androidx.work.ListenableWorker"
    assert {"click", "dialog.click", "menu"} <= {k for k, e in EDGES.items() if e.when == "user"}
    assert ("android.os.Handler", "postDelayed") in EDGES["handler.post"].trigger


def test_no_callback_runs_both_by_itself_and_only_after_an_act() -> None:
    now = {edge.callback for edge in EDGES.values() if edge.when == "now"}
    user = {edge.callback for edge in EDGES.values() if edge.when == "user"}
    assert now & user == {"kotlin.jvm.functions.Function0"}


def test_lambdas_wait_for_the_person_only_in_apps_with_compose() -> None:
    for edge in EDGES.values():
        waits = edge.callback in function_types() and edge.when == "user"
        assert (edge.needs == "androidx.compose.runtime.Composer") == waits, edge.key


def test_lambda_types_are_followed_with_their_methods() -> None:
    assert function_types()["kotlin.jvm.functions.Function3"] == ("invoke",)
    assert "accept" in function_types()["java.util.function.Consumer"]


def test_frameworks_that_start_plugins_are_followed() -> None:
    assert "onAttachedToEngine" in EDGES["flutter.plugin"].enters
    assert "getConstants" in EDGES["react.module"].enters


def test_platform_types_lead_to_what_the_tables_name() -> None:
    types = platform_types()
    executor = b"Ljava/util/concurrent/Executor;"
    assert executor in types[b"Ljava/util/concurrent/ThreadPoolExecutor;"]
    assert b"Landroid/content/Context;" in types[b"Landroid/app/Activity;"]
    assert b"Ljava/lang/Thread;" in types[b"Landroid/os/HandlerThread;"]
