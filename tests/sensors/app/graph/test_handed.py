from __future__ import annotations

from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import ALL, FUNCTION, INVOKE, NOW, function, new, search

RUN = "Ljava/lang/Runnable;"
POST = "Landroid/os/Handler;->post(Ljava/lang/Runnable;)Z"
TASK = function("Lapp/Task;", RUN, "run()V")
SUSPEND = "Lkotlin/coroutines/jvm/internal/BaseContinuationImpl;"


def main(*code: tuple) -> Class:
    return Class("Lapp/Main;", {"onCreate()V": list(code)})


def test_a_lambda_runs_where_the_helper_that_takes_it_calls_it() -> None:
    helper = Class(
        "Llib/Help;", {f"with({FUNCTION})V": [("interface", INVOKE, 3)]}, static=("with",)
    )
    found = search(
        NOW, main(*new("Lapp/L;"), ("static", f"Llib/Help;->with({FUNCTION})V", 0)), helper,
        function("Lapp/L;"),
    )  # fmt: skip
    assert found.path("app.L.invoke") == [
        "app.Main.onCreate", "calls lib.Help.with", "dispatches app.L.invoke",
    ]  # fmt: skip


def test_a_lambda_that_the_helper_is_not_given_does_not_run() -> None:
    helper = Class(
        "Llib/Help;", {f"with({FUNCTION})V": [("interface", INVOKE, 3)]}, static=("with",)
    )
    found = search(
        NOW, main(*new("Lapp/L;"), ("static", f"Llib/Help;->with({FUNCTION})V", 0),
                  ("static", "Lapp/Other;->go()V")), helper, function("Lapp/L;"),
        Class("Lapp/Other;", {"go()V": new("Lapp/Idle;")}, static=("go",)), function("Lapp/Idle;"),
    )  # fmt: skip
    assert "app.L.invoke" in found
    assert "app.Idle.invoke" not in found


def test_a_task_kept_in_a_field_of_another_class_runs_where_it_is_posted() -> None:
    keeper = Class(
        "Llib/Keep;",
        {
            f"put({RUN})V": [("sput", f"Llib/Keep;->task:{RUN}", 3)],
            "go()V": [("sget", f"Llib/Keep;->task:{RUN}", 1), ("virtual", POST, 0, 1)],
        },
        static=("put", "go"),
    )
    found = search(
        NOW, main(*new("Lapp/Task;"), ("static", f"Llib/Keep;->put({RUN})V", 0),
                  ("static", "Llib/Keep;->go()V")), keeper, TASK,
    )  # fmt: skip
    assert found.path("app.Task.run") == [
        "app.Main.onCreate", "calls lib.Keep.go", "handler.post app.Task.run",
    ]  # fmt: skip


def test_a_task_comes_out_of_a_list_where_it_is_cast() -> None:
    queue = Class(
        "Llib/Queue;",
        {
            f"add({RUN})V": [("virtual", "Ljava/util/ArrayList;->add(Ljava/lang/Object;)Z", 0, 3)],
            "drain()V": [
                ("virtual", "Ljava/util/ArrayList;->remove(I)Ljava/lang/Object;", 0, 1),
                ("result", 1), ("cast", RUN, 1), ("interface", f"{RUN}->run()V", 1),
            ],
        },
        static=("add", "drain"),
    )  # fmt: skip
    found = search(
        NOW, main(*new("Lapp/Task;"), ("static", f"Llib/Queue;->add({RUN})V", 0),
                  ("static", "Llib/Queue;->drain()V")), queue, TASK,
    )  # fmt: skip
    assert found.path("app.Task.run") == [
        "app.Main.onCreate", "calls lib.Queue.drain", "dispatches app.Task.run",
    ]  # fmt: skip


def test_a_task_that_a_method_returns_is_followed_through_overriding() -> None:
    factory = Class("Llib/Factory;", {"<init>()V": []})
    own = Class(
        "Lapp/Factory;", {"<init>()V": [], f"make(I){RUN}": [*new("Lapp/Task;"), ("return", 0)]},
        above="Llib/Factory;",
    )  # fmt: skip
    found = search(
        NOW,
        main(*new("Lapp/Factory;"), ("virtual", f"Llib/Factory;->make(I){RUN}", 0, 1),
             ("result", 2), ("virtual", POST, 3, 2)),
        factory, own, TASK,
    )  # fmt: skip
    assert found.path("app.Task.run") == ["app.Main.onCreate", "handler.post app.Task.run"]


def test_a_launched_coroutine_runs_its_body() -> None:
    launch = f"Lkotlinx/coroutines/BuildersKt;->launch({FUNCTION.replace('0', '2')})V"
    body = Class(
        "Lapp/Body;", {"<init>()V": [], "invokeSuspend(Ljava/lang/Object;)Ljava/lang/Object;": []},
        above=SUSPEND, interfaces=(FUNCTION.replace("0", "2"),),
    )  # fmt: skip
    found = search(NOW, main(*new("Lapp/Body;"), ("static", launch, 0)), body)
    assert found.path("app.Body.invokeSuspend") == [
        "app.Main.onCreate", "coroutine app.Body.invokeSuspend",
    ]  # fmt: skip


def test_what_is_handed_to_an_unlisted_call_of_the_platform_runs() -> None:
    unlisted = f"Landroid/some/Thing;->later({RUN})V"
    found = search(NOW, main(*new("Lapp/Task;"), ("virtual", unlisted, 1, 0)), TASK)
    assert found.path("app.Task.run") == ["app.Main.onCreate", "hands over app.Task.run"]


def test_a_callback_after_consent_is_no_part_of_what_runs_before() -> None:
    """A dialog that keeps what to do, and does it when the person taps."""
    listener = "Landroid/view/View$OnClickListener;"
    dialog = Class(
        "Lapp/Dialog;",
        {
            f"ask({RUN})V": [
                ("sput", f"Lapp/Dialog;->then:{RUN}", 3), *new("Lapp/Click;"),
                ("virtual", f"Landroid/view/View;->setOnClickListener({listener})V", 1, 0),
            ]
        },
        static=("ask",),
    )  # fmt: skip
    click = Class(
        "Lapp/Click;",
        {
            "<init>()V": [],
            "onClick(Landroid/view/View;)V": [
                ("sget", f"Lapp/Dialog;->then:{RUN}", 0), ("interface", f"{RUN}->run()V", 0),
            ],
        },
        interfaces=(listener,),
    )  # fmt: skip
    code = main(*new("Lapp/Task;"), ("static", f"Lapp/Dialog;->ask({RUN})V", 0))
    assert "app.Task.run" not in search(NOW, code, dialog, click, TASK)
    assert search(ALL, code, dialog, click, TASK).path("app.Task.run") == [
        "app.Main.onCreate", "calls app.Dialog.ask", "click app.Click.onClick",
        "dispatches app.Task.run",
    ]  # fmt: skip


def test_in_compose_a_tap_waits_for_the_person() -> None:
    button = f"Landroidx/compose/material3/ButtonKt;->Button({FUNCTION})V"
    library = Class(
        "Landroidx/compose/material3/ButtonKt;",
        {f"Button({FUNCTION})V": [("interface", INVOKE, 3)]}, static=("Button",),
    )  # fmt: skip
    composer = Class("Landroidx/compose/runtime/Composer;", {})
    code = main(*new("Lapp/L;"), ("static", button, 0))
    assert "app.L.invoke" not in search(NOW, code, library, composer, function("Lapp/L;"))
    assert "app.L.invoke" in search(ALL, code, library, composer, function("Lapp/L;"))
