from __future__ import annotations

import pytest
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import tree_of

from hongxian.sensors.app.graph.asked import Asked

TEXTS = "[Ljava/lang/String;"
ASK = f"Landroid/app/Activity;->requestPermissions({TEXTS}I)V"
LAUNCH = "Landroidx/activity/result/ActivityResultLauncher;->launch(Ljava/lang/Object;)V"
LIST = "Ljava/util/ArrayList;"
CAMERA, PHONE = "p.CAMERA", "p.PHONE"


def asked(*classes: Class, name: str = "requestPermissions") -> list[tuple[str, ...]]:
    """Return what each call of a name asks for."""
    tree = tree_of(*classes)
    program = tree.program
    calls = set(tree.methods_named([name])[name])
    rows = [
        row
        for row, (opcode, target) in enumerate(
            zip(program.row_opcode.tolist(), program.row_target.tolist(), strict=True)
        )
        if 0x6E <= opcode <= 0x72 and target in calls
    ]
    finder = Asked(tree, lambda text: text.startswith("p."))
    return [texts for row in rows for _, texts in finder.by(row)]


def array(*texts: str, to: int = 1) -> list[tuple]:
    filled = [
        step
        for place, text in enumerate(texts)
        for step in (("number", 2, place), ("text", text, 3), ("aput", 3, to, 2))
    ]
    return [("number", 2, len(texts)), ("array", TEXTS, to, 2), *filled]


def main(*code: tuple, static: tuple[str, ...] = (), **more: list[tuple]) -> Class:
    return Class("Lapp/Main;", {"ask()V": list(code), **more}, static=static)


def test_an_array_made_in_place_counts_alone() -> None:
    check = ("virtual", "Landroid/app/Activity;->checkSelfPermission(Ljava/lang/String;)I", 0, 4)
    call = ("virtual", ASK, 0, 1, 2)
    found = asked(main(("text", "p.OTHER", 4), check, *array(CAMERA, PHONE), call))
    assert found == [(CAMERA, PHONE)]


def test_a_text_written_before_the_array_counts() -> None:
    code = [("text", CAMERA, 5), ("number", 2, 1), ("array", TEXTS, 1, 2), ("aput", 5, 1, 2)]
    assert asked(main(*code, ("virtual", ASK, 0, 1, 2))) == [(CAMERA,)]


def test_an_array_literal_and_a_moved_register_count() -> None:
    code = [("text", CAMERA, 3), ("text", PHONE, 4), ("filled", TEXTS, 3, 4), ("result", 5),
            ("move", 1, 5)]  # fmt: skip
    assert asked(main(*code, ("virtual", ASK, 0, 1, 2))) == [(CAMERA, PHONE)]


def test_an_array_in_a_static_field_of_another_class_is_its_own_part() -> None:
    keeper = Class(
        "Lapp/Keep;",
        {
            "<clinit>()V": [
                *array("p.OTHER"), ("sput", f"Lapp/Keep;->other:{TEXTS}", 1),
                *array(CAMERA, PHONE), ("sput", f"Lapp/Keep;->all:{TEXTS}", 1),
            ]
        },
    )  # fmt: skip
    read = ("sget", f"Lapp/Keep;->all:{TEXTS}", 1)
    assert asked(main(read, ("virtual", ASK, 0, 1, 2)), keeper) == [(CAMERA, PHONE)]


def test_the_getter_of_a_companion_counts() -> None:
    companion = Class("Lapp/Main$Companion;", {f"getAll(){TEXTS}": [
        ("static", f"Lapp/Main;->access$getAll$cp(){TEXTS}"), ("result", 0), ("return", 0),
    ]})  # fmt: skip
    own = Class(
        "Lapp/Main;",
        {
            "<clinit>()V": [*array(CAMERA), ("sput", f"Lapp/Main;->all:{TEXTS}", 1)],
            f"access$getAll$cp(){TEXTS}": [("sget", f"Lapp/Main;->all:{TEXTS}", 0), ("return", 0)],
            "ask()V": [
                ("virtual", f"Lapp/Main$Companion;->getAll(){TEXTS}", 4), ("result", 1),
                ("virtual", ASK, 0, 1, 2),
            ],
        },
        static=("access$getAll$cp",),
    )  # fmt: skip
    assert asked(own, companion) == [(CAMERA,)]


def test_each_caller_of_a_helper_asks_for_its_own() -> None:
    helper = Class("Lapp/Help;", {f"ask({TEXTS})V": [("virtual", ASK, 0, 3, 2)]}, static=("ask",))
    one = main(*array(CAMERA), ("static", f"Lapp/Help;->ask({TEXTS})V", 1))
    two = Class(
        "Lapp/Two;", {"go()V": [*array(PHONE), ("static", f"Lapp/Help;->ask({TEXTS})V", 1)]}
    )
    # the call is handed register 3, which nothing in the helper writes: its parameter
    assert sorted(asked(helper, one, two)) == [(CAMERA,), (PHONE,)]


def test_what_a_lambda_captured_comes_from_where_it_was_made() -> None:
    kept = f"Lapp/L;->all:{TEXTS}"
    lambda_ = Class(
        "Lapp/L;",
        {
            f"<init>({TEXTS})V": [("iput", kept, 2, 1)],
            "invoke()Ljava/lang/Object;": [("iget", kept, 1, 3), ("virtual", LAUNCH, 0, 1)],
        },
        interfaces=("Lkotlin/jvm/functions/Function0;",),
    )
    made = main(
        *array(CAMERA, PHONE), ("new", "Lapp/L;", 0), ("direct", f"Lapp/L;-><init>({TEXTS})V", 0, 1)
    )
    assert asked(lambda_, made, name="launch") == [(CAMERA, PHONE)]


def test_a_list_that_becomes_an_array_counts() -> None:
    code = [
        ("new", LIST, 4), ("direct", f"{LIST}-><init>()V", 4), ("text", CAMERA, 3),
        ("virtual", f"{LIST}->add(Ljava/lang/Object;)Z", 4, 3), ("text", PHONE, 3),
        ("virtual", f"{LIST}->add(Ljava/lang/Object;)Z", 4, 3), ("number", 2, 0),
        ("array", "[Ljava/lang/Object;", 1, 2),
        ("virtual", f"{LIST}->toArray([Ljava/lang/Object;)[Ljava/lang/Object;", 4, 1),
        ("result", 1), ("cast", TEXTS, 1), ("virtual", ASK, 0, 1, 2),
    ]  # fmt: skip
    assert asked(main(*code)) == [(CAMERA, PHONE)]


@pytest.mark.parametrize(
    "code",
    [
        [("text", CAMERA, 3), ("virtual", "Lapp/Main;->intent()Landroid/content/Intent;", 0),
         ("result", 1), ("virtual", LAUNCH, 0, 1)],
        [("text", CAMERA, 3), ("static", "Lkotlinx/coroutines/BuildersKt;->launch(I)V", 1)],
    ],
)  # fmt: skip
def test_a_launch_of_something_else_asks_for_nothing(code: list[tuple]) -> None:
    assert asked(main(*code), name="launch") == []


def test_the_library_that_passes_the_request_on_asks_for_nothing_itself() -> None:
    compat = Class(
        "Lapp/Compat;",
        {f"requestPermissions({TEXTS})V": [("text", CAMERA, 5), ("virtual", ASK, 0, 3, 2)]},
        static=("requestPermissions",),
    )
    assert asked(compat) == []


def test_helpers_that_call_each_other_end() -> None:
    one = Class(
        "Lapp/A;",
        {f"a({TEXTS})V": [("virtual", ASK, 0, 3, 2), ("static", f"Lapp/B;->b({TEXTS})V", 3)]},
        static=("a",),
    )
    two = Class(
        "Lapp/B;", {f"b({TEXTS})V": [("static", f"Lapp/A;->a({TEXTS})V", 3)]}, static=("b",)
    )
    assert asked(one, two) == []
