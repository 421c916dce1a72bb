"""Many packages at once: each within its budget, none at the cost of the others."""

from __future__ import annotations

import os
import resource
import shutil
import signal
import threading
import time
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from hongxian.audit import batch
from hongxian.audit.batch import Budget, Failed, Observed, sense_all
from hongxian.sensors.app.sense import Sensed, sense_app

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence

SAMPLES = Path(__file__).parents[2] / "samples"
LANTERN, CLEAN = SAMPLES / "lantern.apk", SAMPLES / "lantern_clean.apk"


def named(folder: Path, *names: str) -> list[Path]:
    """Copies of the sample under other names."""
    return [Path(shutil.copy(LANTERN, folder / name)) for name in names]


def apps_of(paths: Sequence[Path], **options: Any) -> list[Sensed | Failed]:
    """What became of the packages; their policies are another test's matter."""
    return [one.app if isinstance(one, Observed) else one for one in sense_all(paths, **options)]


def by_name(found: Iterable[Sensed | Failed]) -> dict[str, Sensed | Failed]:
    return {one.path.name: one for one in found}


def instead(monkeypatch: pytest.MonkeyPatch, act: Callable[[], object]) -> None:
    """Do something else when a package is called `bad.apk`; workers inherit it by fork."""

    def sense(path: Path, gates: Iterable[str] = ()) -> Sensed:
        if path.name == "bad.apk":
            act()
        return sense_app(path, gates)

    monkeypatch.setattr(batch, "sense_app", sense)


def line(one: Sensed | Failed) -> str:
    assert isinstance(one, Failed)
    [said] = one.lines("en")
    assert "\n" not in said
    return said


def test_two_packages_a_broken_one_and_half_of_one_over_two_processes(tmp_path: Path) -> None:
    broken, cut = tmp_path / "broken.apk", tmp_path / "cut.apk"
    broken.write_bytes(b"no package at all")
    cut.write_bytes(LANTERN.read_bytes()[:3000])
    found = by_name(apps_of([LANTERN, broken, cut, CLEAN], jobs=2))
    assert line(found["broken.apk"]).startswith("broken.apk: ")
    assert isinstance(found["cut.apk"], Sensed)
    assert all(said.startswith("cut.apk: ") for said in found["cut.apk"].lines("en"))
    assert found["cut.apk"].damaged
    for path in (LANTERN, CLEAN):
        sensed, alone = found[path.name], sense_app(path)
        assert isinstance(sensed, Sensed)
        assert sensed.subject == alone.subject
        assert [fact.fact_id for fact in sensed.facts] == [fact.fact_id for fact in alone.facts]
        assert not sensed.damaged


def test_a_single_package_is_read_in_this_process(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: list[int] = []

    def sense(path: Path, _: Iterable[str]) -> Sensed:
        seen.append(os.getpid())
        return Sensed(path, "app:x@1#0", "0" * 64)

    monkeypatch.setattr(batch, "sense_app", sense)
    assert len(apps_of([LANTERN])) == 1
    assert seen == [os.getpid()]


def test_the_gates_of_the_configuration_reach_the_sensor(monkeypatch: pytest.MonkeyPatch) -> None:
    def sense(path: Path, gates: Iterable[str]) -> Sensed:
        return Sensed(path, ",".join(gates), "0" * 64)

    monkeypatch.setattr(batch, "sense_app", sense)
    for jobs in (1, 2):
        found = apps_of([LANTERN, CLEAN], gates=frozenset({"a.B.c"}), jobs=jobs)
        assert [one.subject for one in found if isinstance(one, Sensed)] == ["a.B.c"] * 2


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_time_budget_that_is_used_up_is_said(real_apks: dict[str, Path], jobs: int) -> None:
    large = [real_apks[name] for name in ("settings_apk-debug.apk", "ApiDemos-debug.apk")]
    for one in apps_of(large, jobs=jobs, budget=Budget(seconds=0.000001)):
        assert any("the time budget was used up" in line for line in one.lines("en"))
        assert any("时间预算用尽" in line for line in one.lines("zh"))


def test_what_was_found_before_the_time_ran_out_is_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    # what the catalogue is asked with is an API level, here taken for seconds
    monkeypatch.setattr("hongxian.sensors.app.sense.load_catalogue", time.sleep)
    [one] = apps_of([LANTERN], budget=Budget(seconds=1))
    assert isinstance(one, Sensed)
    assert {"permission", "trait"} <= {fact.kind for fact in one.facts}
    states = {coverage.scope: coverage for coverage in one.coverage()}
    assert states["app.manifest"].status == "ran"
    assert states["app.code"].status == "partial"
    assert states["app.code"].reason == "the time budget was used up (1 s)"


def test_after_the_time_no_further_part_is_begun(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    sense = "hongxian.sensors.app.sense"
    monkeypatch.setattr(f"{sense}.load_catalogue", time.sleep)
    monkeypatch.setattr(f"{sense}.policy_facts", lambda *_: begun.append("resources") or ())
    [one] = apps_of([LANTERN], budget=Budget(seconds=1))
    assert isinstance(one, Sensed)
    assert begun == []
    assert {c.scope for c in one.coverage() if c.status == "partial"} == {
        "app.code", "app.resources", "app.native",
    }  # fmt: skip
    assert one.lines("en") == ["lantern.apk: the time budget was used up (1 s)"]


def test_a_library_is_not_interrupted_while_it_holds_a_lock(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    lock = threading.Lock()

    def of_a_library() -> None:
        with lock:
            ends = time.monotonic() + 0.2
            while time.monotonic() < ends:
                pass

    sensor = {"__name__": "hongxian.sensors.other", "call": of_a_library, "sleep": time.sleep}
    exec("def sense(path, gates):\n    call()\n    sleep(60)", sensor)
    monkeypatch.setattr(batch, "sense_app", sensor["sense"])
    [one] = apps_of([LANTERN], budget=Budget(seconds=0.1))
    assert line(one) == "lantern.apk: the time budget was used up (0.1 s)"
    assert not lock.locked()


def test_a_library_that_does_not_return_is_left(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batch, "GRACE", 0.1)
    monkeypatch.setattr(
        "hongxian.sensors.app.sense.load_catalogue", lambda _: threading.Event().wait(60)
    )
    [one] = apps_of([LANTERN], budget=Budget(seconds=0.4))
    assert isinstance(one, Sensed)
    assert one.stopped


def test_no_alarm_rings_after_the_package_is_done() -> None:
    ours = signal.getsignal(signal.SIGALRM)
    (apps_of([LANTERN], budget=Budget(seconds=30)))
    assert signal.getitimer(signal.ITIMER_REAL) == (0.0, 0.0)
    assert signal.getsignal(signal.SIGALRM) is ours


@pytest.mark.parametrize("jobs", [1, 2])
def test_a_package_beyond_the_memory_budget_costs_itself_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, jobs: int
) -> None:
    instead(monkeypatch, lambda: bytearray(2**30))
    paths = named(tmp_path, "bad.apk", "good.apk")
    before = resource.getrlimit(resource.RLIMIT_AS)
    found = by_name(apps_of(paths, jobs=jobs, budget=Budget(megabytes=512)))
    assert line(found["bad.apk"]) == "bad.apk: the memory budget was used up"
    assert isinstance(found["good.apk"], Sensed)
    assert resource.getrlimit(resource.RLIMIT_AS) == before


def test_a_narrower_limit_of_the_system_stays(monkeypatch: pytest.MonkeyPatch) -> None:
    limits: list[int] = []
    narrow = 2**40
    _, hard = before = resource.getrlimit(resource.RLIMIT_AS)

    def sense(path: Path, _: Iterable[str]) -> Sensed:
        limits.append(resource.getrlimit(resource.RLIMIT_AS)[0])
        return Sensed(path, "app:x@1#0", "0" * 64)

    monkeypatch.setattr(batch, "sense_app", sense)
    resource.setrlimit(resource.RLIMIT_AS, (narrow, hard))
    try:
        (apps_of([LANTERN], budget=Budget(megabytes=2**22)))
    finally:
        resource.setrlimit(resource.RLIMIT_AS, before)
    assert limits == [narrow]


def test_a_worker_that_dies_costs_its_package_alone(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    instead(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))
    paths = named(tmp_path, "a.apk", "bad.apk", "b.apk", "c.apk")
    found = apps_of(paths, jobs=2)
    assert sorted(one.path.name for one in found) == sorted(path.name for path in paths)
    assert line(by_name(found)["bad.apk"]) == "bad.apk: the process that read this package died"
    assert sum(isinstance(one, Sensed) for one in found) == 3


def test_a_fault_of_ours_costs_the_package_alone_and_tells_no_value(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.delenv("HONGXIAN_DEBUG", raising=False)
    instead(monkeypatch, lambda: int("13800138000x"))
    found = by_name(apps_of(named(tmp_path, "bad.apk", "good.apk"), jobs=1))
    assert line(found["bad.apk"]).startswith("bad.apk: internal error (ValueError, test_batch.py:")
    assert "13800138000" not in line(found["bad.apk"])
    assert isinstance(found["good.apk"], Sensed)


def test_who_debugs_gets_the_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HONGXIAN_DEBUG", "1")
    instead(monkeypatch, lambda: int("x"))
    with pytest.raises(ValueError, match="invalid literal"):
        (apps_of(named(tmp_path, "bad.apk")))


def test_a_package_that_is_not_there_is_one_line(tmp_path: Path) -> None:
    [gone] = apps_of([tmp_path / "gone.apk"])
    assert "gone.apk" in line(gone)


def test_no_package_gives_nothing() -> None:
    assert (apps_of([])) == []


def test_apart_a_package_that_ends_its_process_costs_itself_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    instead(monkeypatch, lambda: os.kill(os.getpid(), signal.SIGKILL))
    paths = named(tmp_path, "a.apk", "bad.apk", "c.apk")
    found = list(batch.sense_apart(paths, batch.Wanted()))
    assert [isinstance(one, Observed) for one in found] == [True, False, True]
    assert found[1].lines("en") == ["bad.apk: the process that read this package died"]
