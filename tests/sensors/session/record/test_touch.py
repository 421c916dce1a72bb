"""Touches from the events of an input device."""

from __future__ import annotations

from hongxian.sensors.session.model import Node, Screen
from hongxian.sensors.session.record.touch import Touchscreen, touched, touchscreen_of

LISTING = """\
add device 1: /dev/input/event1
  name:     "gpio-keys"
  events:
    KEY (0001): KEY_VOLUMEDOWN
add device 2: /dev/input/event3
  name:     "synaptics"
  events:
    KEY (0001): BTN_TOUCH
    ABS (0003): ABS_MT_SLOT           : value 0, min 0, max 9, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_X     : value 0, min 0, max 4095, fuzz 0, flat 0, resolution 0
                ABS_MT_POSITION_Y     : value 0, min 0, max 4095, fuzz 0, flat 0, resolution 0
"""
TAP = """\
EV_ABS       ABS_MT_TRACKING_ID   0000190f
EV_KEY       BTN_TOUCH            DOWN
EV_ABS       ABS_MT_POSITION_X    00000800
EV_ABS       ABS_MT_POSITION_Y    00000c00
EV_SYN       SYN_REPORT           00000000
EV_ABS       ABS_MT_POSITION_X    00000810
EV_SYN       SYN_REPORT           00000000
EV_ABS       ABS_MT_TRACKING_ID   ffffffff
EV_KEY       BTN_TOUCH            UP
EV_SYN       SYN_REPORT           00000000
"""


def touchscreen() -> Touchscreen:
    found = touchscreen_of(LISTING, (1080, 2400))
    assert found is not None
    return found


def test_a_touch_is_told_once_in_pixels() -> None:
    assert touchscreen().path == "/dev/input/event3"
    assert list(touchscreen().taps(TAP)) == [(540, 1800)]


def test_a_second_touch_at_the_same_place_tells_no_place_again() -> None:
    screen = touchscreen()
    again = "EV_ABS ABS_MT_TRACKING_ID 00001910\nEV_SYN SYN_REPORT 00000000\n"
    assert list(screen.taps(TAP + again)) == [(540, 1800), (544, 1800)]
    assert list(screen.taps("EV_ABS ABS_MT_POSITION_X what\nnoise\n")) == []


def test_a_device_without_touch_screen_has_none() -> None:
    assert touchscreen_of(LISTING.split("add device 2", maxsplit=1)[0], (1, 1)) is None
    assert touchscreen_of("", (1, 1)) is None
    assert touchscreen_of(LISTING, None) is None
    assert touchscreen_of(LISTING.replace("4095", "0"), (1, 1)) is None


def test_the_smallest_element_with_words_is_the_one_touched() -> None:
    nodes = (
        Node(text="页面", bounds=(0, 0, 1080, 2400)),
        Node(text="同意", bounds=(500, 1700, 600, 1900)),
        Node(bounds=(530, 1790, 550, 1810)),
        Node(text="secret", bounds=(530, 1790, 550, 1810), password=True),
        Node(text="nowhere"),
    )
    screen = Screen(at=None, nodes=nodes, locator="s")
    assert touched(screen, 540, 1800) == "同意"
    assert touched(screen, 10, 10) == "页面"
    assert touched(None, 1, 1) == ""
