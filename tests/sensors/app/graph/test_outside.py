from __future__ import annotations

from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import ALL, NOW, function, new, search

FOCUS = "Landroid/media/AudioManager$OnAudioFocusChangeListener;"


def main(*code: tuple) -> Class:
    return Class("Lapp/Main;", {"onCreate()V": list(code)})


def test_an_unlisted_listener_of_the_platform_runs_at_some_time_not_before_consent() -> None:
    listener = Class(
        "Lapp/Focus;", {"<init>()V": [], "onAudioFocusChange(I)V": [], "unused()V": []},
        interfaces=(FOCUS,),
    )  # fmt: skip
    code = main(*new("Lapp/Focus;"))
    found = search(ALL, code, listener)
    assert found.path("app.Focus.onAudioFocusChange") == [
        "app.Main.onCreate", "makes app.Focus.onAudioFocusChange",
    ]  # fmt: skip
    assert "app.Focus.unused" not in found
    assert "app.Focus.onAudioFocusChange" not in search(NOW, code, listener)


def test_of_a_class_without_a_name_every_method_is_an_override() -> None:
    order = Class(
        "Lapp/Main$1;",
        {"<init>()V": [], "compare(Ljava/lang/Object;Ljava/lang/Object;)I": []},
        interfaces=("Ljava/util/Comparator;",),
    )
    assert "app.Main$1.compare" in search(ALL, main(*new("Lapp/Main$1;")), order)


def test_what_a_reached_instruction_calls_is_left_to_it() -> None:
    closed = Class(
        "Lapp/Main$2;", {"<init>()V": [], "onDone()V": []}, interfaces=("Landroid/some/Done;",)
    )
    found = search(
        ALL, main(*new("Lapp/Main$2;"), ("virtual", "Lapp/Main$2;->onDone()V", 0)), closed
    )
    assert found.path("app.Main$2.onDone") == ["app.Main.onCreate", "calls app.Main$2.onDone"]


def test_classes_of_the_program_alone_are_called_by_the_program_alone() -> None:
    own = Class("Lapp/Own;", {"<init>()V": [], "onNothing()V": []})
    assert "app.Own.onNothing" not in search(ALL, main(*new("Lapp/Own;")), own)


def test_a_lambda_whose_caller_is_lost_runs_at_some_time() -> None:
    lost = main(*new("Lapp/L;"))
    assert "app.L.invoke" in search(ALL, lost, function("Lapp/L;"))
    assert "app.L.invoke" not in search(NOW, lost, function("Lapp/L;"))
