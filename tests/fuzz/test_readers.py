import resource
import time

import pytest
from tests.fuzz import readers
from tests.fuzz.mutate import inputs, mutated
from tests.fuzz.readers import READERS, Fuzzed, HungError, run

from hongxian.errors import ArtefactError

INPUTS = 2000
MEMORY = 300 << 10
"""Kilobytes that all readers together may add at most."""


@pytest.mark.parametrize("name", READERS)
def test_only_one_clear_line_comes_out_of_mutated_inputs(name: str) -> None:
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    count = run(name, INPUTS)
    assert count.inputs == INPUTS
    assert 0 < count.refused < INPUTS
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < MEMORY


@pytest.mark.parametrize("name", READERS)
def test_the_seeds_themselves_are_read(name: str) -> None:
    for seed in READERS[name].seeds():
        READERS[name].read(seed)


def test_the_same_number_makes_the_same_input() -> None:
    seeds = READERS["axml"].seeds()
    whole = [data for _, data in inputs(seeds, 200)]
    assert [data for _, data in inputs(seeds, 50, 150)] == whole[150:]
    assert mutated(seeds, 77) == whole[77]
    assert len(set(whole)) > 190


def with_reader(monkeypatch: pytest.MonkeyPatch, fault: BaseException | float | None) -> None:
    def read(_: bytes) -> None:
        if isinstance(fault, BaseException):
            raise fault
        until = time.process_time() + (fault or 0)
        while time.process_time() < until:
            pass  # a reader that hangs works, as one that sleeps does not

    monkeypatch.setitem(READERS, "planted", Fuzzed(read, lambda: [b"seed"]))


def test_any_other_error_is_found_and_says_which_input(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, IndexError("planted"))
    with pytest.raises(IndexError) as caught:
        run("planted", 5, start=40)
    assert caught.value.__notes__ == ["planted input 40"]


def test_a_hang_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(readers, "HANG", 0.05)
    with_reader(monkeypatch, 5.0)
    with pytest.raises(HungError):
        run("planted", 1)


def test_an_error_of_two_lines_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    with_reader(monkeypatch, ArtefactError("a", "b\nc"))
    with pytest.raises(AssertionError, match="more than one line"):
        run("planted", 1)
