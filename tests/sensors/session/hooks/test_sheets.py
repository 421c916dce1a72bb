from __future__ import annotations

import io
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import openpyxl
import pytest
from tests.sensors.session.hooks.logs import (
    APPSCAN,
    CAMILLE,
    FRIDA_STACK,
    SENTRY,
    SENTRY_STACK,
    calls_of,
    camille,
    camille_row,
    sheetjs,
    words_of,
    xls,
)

from hongxian.errors import ArtefactError


def at(*parts: int, zone=UTC) -> float:
    return datetime(*parts, tzinfo=zone).timestamp()


def test_a_row_of_camille() -> None:
    (call,), unread = calls_of(camille(camille_row()), zone=ZoneInfo("Asia/Shanghai"))
    assert call.at == at(2026, 1, 5, 8, 30, 1, zone=ZoneInfo("Asia/Shanghai"))
    assert call.api == "android.telephony.TelephonyManager.getDeviceId"
    assert call.info == ("device.imei",)
    assert call.told == "友盟SDK"
    assert call.stack[-1] == "com.demo.app.Main.onCreate"
    assert call.locator == "log sheet 0 row 2"
    assert not unread


def test_camilles_older_sheet_has_fewer_columns() -> None:
    row = camille_row()
    (call,), _ = calls_of(
        xls([[CAMILLE[at] for at in (1, 3, 4, 5, 6)], [row[at] for at in (1, 3, 4, 5, 6)]])
    )
    assert call.info == ("device.imei",)
    assert call.told is None


def test_any_setting_is_not_the_android_id() -> None:
    """Camille calls the reading of each secure setting 获取安卓ID."""
    stack = FRIDA_STACK.replace(
        "telephony.TelephonyManager.getDeviceId", "provider.Settings$Secure.getString"
    )
    rows = [
        camille_row("获取安卓ID", f'参数0：{{"$h":"0x1"}}\r\n参数1："{key}"\r', stack=stack)
        for key in ("android_id", "default_input_method")
    ]
    calls, unread = calls_of(camille(*rows))
    assert [call.info for call in calls] == [("device.android_id",), ()]
    assert not unread


def test_permissions_that_camille_saw_asked_for() -> None:
    stack = "androidx.core.app.ActivityCompat.requestPermissions(Native)\r\ncom.demo.app.A.b(A:1)"
    names = '参数1：["android.permission.CAMERA","android.permission.RECORD_AUDIO"]\r\n参数2：1\r'
    (call,), unread = calls_of(
        camille(camille_row('申请具体权限看"参数1"', names, action="申请权限", stack=stack))
    )
    assert call.permission == "android.permission.CAMERA,android.permission.RECORD_AUDIO"
    assert call.api == "androidx.core.app.ActivityCompat.requestPermissions"
    assert not unread


def test_values_behind_a_word_are_dropped() -> None:
    """A value in the sheet must not pass into the name of the call."""
    rows = [
        camille_row("获取IP地址：192.168.1.7", stack="x"),
        camille_row("获取心情：13800138000", stack="com.demo.app.A.b()"),
    ]
    calls, unread = calls_of(camille(*rows))
    assert [call.api for call in calls] == ["获取IP地址", "获取心情"]
    assert calls[0].info == ("netid.ip",)
    assert words_of(unread) == ["stackless", "words"]
    assert "1380" not in "".join(reason.say("zh") for reason in unread)


def test_rows_that_name_nothing_are_counted() -> None:
    calls, unread = calls_of(
        camille(camille_row(), camille_row("", action=""), [""], camille_row(time="soon"))
    )
    assert len(calls) == 2
    assert words_of(unread) == ["rows", "untimed"]


def test_privacysentry() -> None:
    rows = [
        SENTRY,
        ["12-31 23:59:59.900", "获取设备id-getDeviceId(I)", "getDeviceId", SENTRY_STACK],
        ["01-01 00:00:00.100", "点击隐私协议确认", "点击隐私协议确认", "点击隐私协议确认"],
        [
            "01-01 00:00:01.000",
            "系统设置-Settings$Secure--参数: android_id",
            "getString",
            SENTRY_STACK,
        ],
        ["01-01 00:00:02.000", "定位-基站信息", "getCells", SENTRY_STACK],
        ["01-01 00:00:03.000", "心情", "getMood", SENTRY_STACK],
    ]
    counts = [
        ["别名", "函数名", "调用堆栈", "调用次数"],
        ["获取设备id", "getDeviceId", SENTRY_STACK, "3"],
    ]
    calls, unread = calls_of(xls(rows, counts), around=at(2026, 1, 1))
    assert [call.info for call in calls] == [
        ("device.imei",), ("device.android_id",), ("device.cell", "location.coarse"), (),
    ]  # fmt: skip
    assert calls[0].api == "android.telephony.TelephonyManager.getDeviceId"
    assert calls[0].at == at(2025, 12, 31, 23, 59, 59) + 0.9
    assert calls[1].at == at(2026, 1, 1, 0, 0, 1)
    assert calls[3].api == "getMood"
    assert words_of(unread) == ["words"]


def test_times_without_a_year_need_the_logs() -> None:
    row = ["12-31 23:59:59.900", "获取IMEI", "getImei", SENTRY_STACK]
    (call,), unread = calls_of(xls([SENTRY, row, ["x", "y", "", "z"]]), around=None)
    assert call.at is None
    assert words_of(unread) == ["no_year", "untimed", "rows"]


@pytest.mark.parametrize("make", ["sheetjs", "openpyxl"])
def test_appscans_list_keeps_neither_time_nor_arguments(make) -> None:
    rows = [
        APPSCAN,
        ["1", "com.umeng", "获取IMEI", FRIDA_STACK],
        ["2", "main", "读取小米手机OAID", "com.demo.app.A.b()"],
        ["3", "main", "", ""],
    ]
    calls, unread = calls_of(sheetjs(*rows) if make == "sheetjs" else _openpyxl(rows))
    assert [call.info for call in calls] == [("device.imei",), ("device.oaid",)]
    assert [call.told for call in calls] == ["com.umeng", "main"]
    assert calls[0].locator == "log sheet 1 row 2"
    assert words_of(unread) == ["untimed", "rows"]
    assert "同意" in unread[0].say("zh")


def test_appscans_risks_are_no_calls() -> None:
    with pytest.raises(ArtefactError, match="关注列表"):
        calls_of(
            sheetjs(
                ["序号", "检测项", "评估标准", "风险等级", "整改建议"], ["1", "a", "b", "c", "d"]
            )
        )


def test_another_workbook_is_refused() -> None:
    with pytest.raises(ArtefactError, match="not a known format"):
        calls_of(xls([["name", "amount"], ["a", 5]]))


def test_a_workbook_with_a_header_alone_holds_no_calls() -> None:
    assert calls_of(camille()) == ([], [])


def _openpyxl(rows: list[list[str]]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
