from __future__ import annotations

import numpy as np
import pytest
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import FUNCTION, INVOKE, function, new, number_of, tree_of

from hongxian.sensors.app.graph.moves import ANY, Edges, Moves

KEEP = f"Lapp/Main;->kept:{FUNCTION}"


@pytest.fixture(scope="module")
def moves() -> Moves:
    tree = tree_of(
        Class(
            "Lapp/Main;",
            {
                f"take({FUNCTION})V": [
                    *new("Lapp/L;"), ("sput", KEEP, 0), ("sget", KEEP, 1), ("interface", INVOKE, 1),
                    ("static", f"Lapp/Main;->take({FUNCTION})V", 1),
                    ("static", f"Lapp/Main;->give(){FUNCTION}"), ("cast", FUNCTION, 0),
                    ("virtual", "Ljava/util/List;->add(Ljava/lang/Object;)Z", 0, 1),
                    ("static", "Lkotlin/jvm/internal/Intrinsics;->check(Ljava/lang/Object;)V", 1),
                ],
                f"give(){FUNCTION}": [],
            },
            static=("take", "give"),
        ),
        function("Lapp/L;"),
    )  # fmt: skip
    flags = np.zeros(len(tree.program.class_names), dtype=bool)
    flags[tree.find("kotlin.jvm.functions.Function0")] = True
    return Moves(tree, flags)


def edges(moves: Moves) -> set[tuple[int, int, int]]:
    program = moves.program
    method = number_of(program, "app.Main.take")
    first = slice(*program.body_first[int(program.method_body[method]) :][:2].tolist())
    target = program.row_target[first]
    joined = Edges.join(
        moves.edges(program.row_opcode[first], target, np.full(target.size, method))
    )
    return set(
        zip(joined.source.tolist(), joined.target.tolist(), joined.type.tolist(), strict=True)
    )


def test_parameters_results_fields_and_the_store_are_steps(moves: Moves) -> None:
    program = moves.program
    take, give = (number_of(program, f"app.Main.{name}") for name in ("take", "give"))
    kind = program.class_numbers[FUNCTION.encode()]
    kept = 2 * moves.methods
    assert edges(moves) == {
        (take, take, kind), (moves.methods + give, take, kind), (take, kept, kind),
        (kept, take, kind), (moves.store, take, kind), (take, moves.store, ANY),
    }  # fmt: skip


def test_lambdas_belong_to_the_family_and_their_type(moves: Moves) -> None:
    numbers = moves.program.class_numbers
    own, kind, main = (numbers[n] for n in (b"Lapp/L;", FUNCTION.encode(), b"Lapp/Main;"))
    assert moves.family[[own, kind, main]].tolist() == [True, True, False]
    asked = moves.is_a(np.array([own, kind, own]), np.array([kind, own, ANY]))
    assert asked.tolist() == [True, False, True]


def test_joined_edges_stand_once_by_source() -> None:
    one = Edges(np.array([5, 1]), np.array([2, 2]), np.array([0, 0]))
    joined = Edges.join([one, one])
    assert joined.source.tolist() == [1, 5]
