from __future__ import annotations

import pytest
from tests.sensors.app.dex.maker import Class
from tests.sensors.app.scenes import IMEI, LAST, main_screen, scene_of, wide

from hongxian.facts import Fact
from hongxian.sensors.app.pace_facts import pace_facts

TASK = "Lcn/app/one/Task;"
RUNNABLE = "Ljava/lang/Runnable;"
LATER = "Landroid/os/Handler;->postDelayed(Ljava/lang/Runnable;J)Z"
TIMER = "Ljava/util/Timer;->schedule(Ljava/util/TimerTask;JJ)V"
FIXED = ("Ljava/util/concurrent/ScheduledExecutorService;->scheduleAtFixedRate"
         "(Ljava/lang/Runnable;JLjava/util/concurrent/TimeUnit;)V")  # fmt: skip
REQUEST = "Lcom/google/android/gms/location/LocationRequest;"
READ = ("virtual", LAST, 0, 1)


def task(*steps: tuple, kind: str = RUNNABLE) -> Class:
    """Return a task; a timer's task extends its class."""
    extends = kind if kind != RUNNABLE else "Ljava/lang/Object;"
    interfaces = (kind,) if kind == RUNNABLE else ()
    return Class(TASK, {"<init>()V": [], "run()V": list(steps)}, extends, interfaces)


def made() -> list[tuple]:
    return [("new", TASK, 1), ("direct", f"{TASK}-><init>()V", 1)]


def found(*classes: Class) -> list[Fact]:
    return list(pace_facts(scene_of(*classes)))


def test_a_task_that_reads_and_posts_itself_again() -> None:
    again = [READ, wide(2, 2000), ("virtual", LATER, 0, 1, 2, 3)]
    start = [*made(), wide(2, 100), ("virtual", LATER, 0, 1, 2, 3)]
    (fact,) = [f for f in found(main_screen(*start), task(*again)) if f.info == "location.precise"]
    assert (fact.kind, fact.item, fact.actor) == ("trait", "repeats", "first_party")
    assert (fact.amount, fact.unit, fact.phase) == (2.0, "second", "before_prompt")
    assert fact.detail["alone"] is True
    assert fact.detail["path"] == [
        "cn.app.one.Main.onCreate", "cn.app.one.Task.run",
        "android.location.LocationManager.getLastKnownLocation",
    ]  # fmt: skip


def test_a_task_that_runs_once_after_a_delay_is_no_loop() -> None:
    start = [*made(), wide(2, 100), ("virtual", LATER, 0, 1, 2, 3)]
    assert found(main_screen(*start), task(READ)) == []


def test_a_loop_that_reads_nothing_is_none_either() -> None:
    again = [wide(2, 2000), ("virtual", LATER, 0, 1, 2, 3)]
    start = [*made(), *again]
    assert found(main_screen(*start), task(*again)) == []


def timer(period: tuple) -> list[tuple]:
    """``schedule(task, period)`` with two longs takes five registers: the delay is the period."""
    return [
        *made(),
        period,
        ("virtual", "Ljava/util/Timer;->scheduleAtFixedRate(JJ)V", 0, 2, 3, 2, 3),
    ]


def test_a_timer_tells_its_period() -> None:
    both = task(READ, ("virtual", IMEI, 0), kind="Ljava/util/TimerTask;")
    facts = found(main_screen(*timer(wide(2, 5000))), both)
    paces = {fact.info: fact.amount for fact in facts}
    assert paces == {"location.precise": 5.0, "device.imei": 5.0}


def test_a_period_that_the_code_computes_is_not_told() -> None:
    computed = ("virtual", "Lcn/app/one/Main;->period()J", 0), ("units", 0x020B)
    steps = [*made(), *computed,
             ("virtual", "Ljava/util/Timer;->scheduleAtFixedRate(JJ)V", 0, 2, 3, 2, 3)]  # fmt: skip
    assert found(main_screen(*steps), task(READ, kind="Ljava/util/TimerTask;")) == []


@pytest.mark.parametrize(("name", "seconds"), [("SECONDS", 3.0), ("MINUTES", 180.0)])
def test_an_executor_tells_its_unit(name: str, seconds: float) -> None:
    unit = f"Ljava/util/concurrent/TimeUnit;->{name}:Ljava/util/concurrent/TimeUnit;"
    fixed = "Ljava/util/concurrent/ScheduledExecutorService;->scheduleAtFixedRate(JJ)V"
    steps = [*made(), ("sget", unit, 4), wide(2, 3), ("interface", fixed, 0, 2, 3, 2, 3)]
    facts = found(main_screen(*steps), task(READ))
    assert {fact.amount for fact in facts} == {seconds}


def test_an_executor_whose_unit_is_not_seen() -> None:
    fixed = "Ljava/util/concurrent/ScheduledExecutorService;->scheduleAtFixedRate(JJ)V"
    steps = [*made(), wide(2, 3), ("interface", fixed, 0, 2, 3, 2, 3)]
    assert found(main_screen(*steps), task(READ)) == []


def interval(value: int) -> tuple[tuple, ...]:
    return wide(2, value), ("virtual", f"{REQUEST}->setInterval(J)V", 0, 2, 3)


def test_an_interval_of_the_location_service_where_code_reads_positions() -> None:
    (fact,) = found(main_screen(*interval(10000), READ))
    assert (fact.amount, fact.info) == (10.0, "location.precise")
    assert found(main_screen(*interval(10000))) == []


def test_of_several_intervals_the_shortest_counts() -> None:
    (fact,) = found(main_screen(*interval(10000), READ, *interval(1000), *interval(20000)))
    assert fact.amount == 1.0


def test_updates_that_the_first_position_ends_are_no_repetition() -> None:
    stop = (
        "virtual",
        "Landroid/location/LocationManager;->removeUpdates(Ljava/lang/Object;)V",
        0,
        1,
    )
    once = main_screen(*interval(10000), READ, onLocationChanged=[stop])
    assert found(once) == []
    assert found(main_screen(*interval(10000), READ, onLocationChanged=[], onStop=[stop]))


def test_what_nothing_reaches_is_not_told() -> None:
    assert found(main_screen(READ, never=[*interval(1000)])) == []


def test_plumbing_acts_for_its_caller() -> None:
    keep = "Landroidx/core/location/Keep;"
    plumbing = Class(keep, {"go()V": [*interval(1000)]}, static=("go",))
    (fact,) = found(main_screen(READ, ("static", f"{keep}->go()V")), plumbing)
    assert fact.actor == "first_party"
