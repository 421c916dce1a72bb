from __future__ import annotations

from tests.guards.gate.agents.harness import judged

from hongxian.guards.gate.agents import held as module
from hongxian.guards.gate.agents.held import Held
from hongxian.guards.gate.agents.verdict import Question
from hongxian.guards.gate.policy import EndpointRule


def question(path: str = "/", since: float = 0.0) -> Question:
    rule = EndpointRule(pattern="* /closed", fail="closed")
    made = judged(f"{path}?q=13800138000", rule)
    return Question(None, "GET", since, made)  # type: ignore[arg-type]


def test_a_request_is_known_once_by_its_name() -> None:
    held = Held(lambda _: None)
    one = question()
    name = held.add(one)
    assert (name[0], held.add(question("/closed"))[0]) == ("o", "c")
    assert held.take(name) is one
    assert held.take(name) is None
    assert held.take("") is None


def test_those_that_wait_longest_go_first(monkeypatch) -> None:
    gone: list[Question] = []
    held = Held(gone.append)
    monkeypatch.setattr(module, "MOST", 2)
    made = [question() for _ in range(4)]
    names = [held.add(one) for one in made]
    assert gone == made[:2]
    assert held.take(names[0]) is None
    monkeypatch.setattr(module, "MOST_HITS", 1)
    held.add(question())
    assert len(held) == 1
    held.clear()
    assert (len(held), len(gone), held._hits) == (0, 5, 0)


def test_answers_are_not_waited_for_without_end() -> None:
    gone: list[Question] = []
    held = Held(gone.append)
    old, new = question(since=0.0), question(since=500.0)
    held.add(old)
    held.add(new)
    held.sweep(700.0)
    assert gone == [old]
    held.sweep(2_000.0)
    assert gone == [old, new]
