from __future__ import annotations

import pytest
from tests.sensors.session.hooks.logs import FRIDA_STACK, SENTRY_STACK

from hongxian.sensors.session.hooks.stacks import MOST_FRAMES, frame_of, frames_of


def test_frames_as_java_prints_them() -> None:
    assert frames_of(
        "java.lang.Exception: why\n\tat a.b.C.d(C.java:1)\n\tat e.F.<init>(Unknown)"
    ) == (
        "a.b.C.d",
        "e.F.<init>",
    )
    assert frames_of(FRIDA_STACK)[1:] == (
        "com.umeng.commonsdk.statistics.common.DeviceConfig.getImei",
        "com.demo.app.Main.onCreate",
    )


def test_frames_joined_by_arrows() -> None:
    frames = frames_of(SENTRY_STACK)
    assert len(frames) == 5
    assert frames[3] == "com.demo.app.Main$onCreate$2.onClick"


def test_a_module_before_the_class_is_left_out() -> None:
    assert frame_of("java.base/java.lang.Thread.run(Thread.java:1)") == "java.lang.Thread.run"


@pytest.mark.parametrize(
    "line",
    ["", "java.lang.SecurityException: no", "... 12 more", "--- main ---", "点击隐私协议确认"],
)
def test_what_is_no_frame_is_left_out(line) -> None:
    assert frame_of(line) is None


def test_a_stack_is_bounded() -> None:
    assert len(frames_of("a.b.C.d()\n" * 10_000)) == MOST_FRAMES
