from hongxian.sensors.session.network.automaton import Automaton
from hongxian.sensors.session.network.patterns import Pattern

FOLDED = Pattern(b"value", "basic.name", 1, bound="word")
EXACT = Pattern(b"VaLuE", "basic.name", 2, folded=False)


def test_capitals_matter_only_where_they_say_something() -> None:
    machine = Automaton([FOLDED, EXACT])
    assert [(one.value, at, end) for one, at, end in machine.matches(b"VALUE VaLuE")] == [
        (1, 0, 5), (1, 6, 11), (2, 6, 11),
    ]  # fmt: skip
    assert list(machine.matches(b"values")) == []


def test_large_texts_are_read_in_steps_that_miss_nothing() -> None:
    size = 1 << 20
    text = b" " * (size - 3) + b"value" + b" " * size + b"value"
    found = {(at, end) for _, at, end in Automaton([FOLDED]).matches(text)}
    assert found == {(size - 3, size + 2), (2 * size + 2, 2 * size + 7)}


def test_nothing_to_look_for_finds_nothing() -> None:
    assert list(Automaton([]).matches(b"value")) == []
