from __future__ import annotations

import pytest
from tests.sensors.session.hooks.logs import FRIDA_STACK, SENTRY_STACK, event

from hongxian.sensors.session.hooks.records import (
    mobsf_call,
    own_call,
    sentry_call,
    stack_of,
    worded_call,
)
from hongxian.sensors.session.hooks.tally import Tally


@pytest.fixture
def tally() -> Tally:
    return Tally("log")


def test_a_record_of_ours() -> None:
    call = own_call(event(permission=["a.permission.B", 5]), ("a.B.c",), "line 1")
    assert call is not None
    assert (call.info, call.stack, call.permission) == (
        ("device.imei",),
        ("a.B.c",),
        "a.permission.B",
    )
    assert own_call(event(api=5), (), "line 1") is None
    odd = own_call(event(at=float("nan"), args=5, thread="", permission=7), (), "line 1")
    assert odd is not None
    assert (odd.at, odd.thread, odd.permission) == (None, None, None)


def test_the_interface_says_more_than_the_word(tally) -> None:
    call = worded_call(tally, "row 2", "获取IMSI", FRIDA_STACK, None, at=None)
    assert call.info == ("device.imei",)
    assert call.api == "android.telephony.TelephonyManager.getDeviceId"


def test_the_word_counts_where_the_interface_is_not_known(tally) -> None:
    call = worded_call(tally, "row 2", "获取IMSI", "com.demo.app.A.b()", None, at=None)
    assert (call.info, call.api) == (("device.imsi",), "获取IMSI")
    assert not tally.counts


def test_an_interface_of_the_platform_is_named_by_itself(tally) -> None:
    call = worded_call(tally, "row 2", "获取IMSI", "android.telephony.New.get()", None, at=None)
    assert (call.info, call.api) == (("device.imsi",), "android.telephony.New.get")


def test_an_unknown_word_is_noted(tally) -> None:
    call = worded_call(tally, "row 2", "获取心情：好", "", "", at=1.0)
    assert (call.info, call.api, call.at) == ((), "获取心情", 1.0)
    assert tally.counts == {"words": 1}


def test_a_request_names_its_permissions(tally) -> None:
    arguments = '参数1：["android.permission.CAMERA"]'
    call = worded_call(tally, "row 2", "申请权限", "", arguments, at=None)
    assert call.permission == "android.permission.CAMERA"
    assert worded_call(tally, "row 2", "申请权限", "", None, at=None).permission is None


def test_a_function_of_privacysentry(tally) -> None:
    row = {"function": "getDeviceId", "alias": "获取设备id-getDeviceId", "stack": SENTRY_STACK}
    call = sentry_call(tally, "row 2", row, 5.0)
    assert (call.info, call.at, len(call.stack)) == (("device.imei",), 5.0, 5)
    unknown = sentry_call(tally, "row 3", {"function": "getMood", "alias": "x"}, None)
    assert (unknown.info, unknown.api) == ((), "getMood")
    assert tally.counts == {"words": 1}


@pytest.mark.parametrize(
    ("result", "outcome"), [("460", "granted"), ("", None), (None, None), (0, "granted")]
)
def test_a_call_of_mobsf(tally, result, outcome) -> None:
    data = {"class": "android.net.wifi.WifiInfo", "method": "getSSID", "result": result}
    call = mobsf_call(tally, data | {"arguments": "[]", "calledFrom": " a.B.c(B.java:1)"}, "entry")
    assert call is not None
    assert (call.info, call.stack, call.outcome) == (("device.wifi_ssid",), ("a.B.c",), outcome)
    assert tally.counts == {"shallow": 1}


def test_what_is_no_call_of_mobsf(tally) -> None:
    assert mobsf_call(tally, {"class": "a b", "method": "c"}, "entry") is None
    assert mobsf_call(tally, {"class": 1, "method": "c"}, "entry") is None
    odd = mobsf_call(tally, {"class": "a.B", "method": "c", "args": "["}, "entry")
    assert odd is not None
    assert odd.stack == ()


def test_a_stack_is_a_list_or_a_text() -> None:
    assert stack_of(["a.B.c", "x", 5]) == ("a.B.c",)
    assert stack_of("at a.B.c(B.java)\nat d.E.f(E.java)") == ("a.B.c", "d.E.f")
    assert stack_of(5) == ()
