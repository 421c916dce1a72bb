"""Makes logs as the tools write them."""

from __future__ import annotations

import io
import json
import zipfile
from typing import TYPE_CHECKING, Any

import xlwt

from hongxian.sensors.session.hooks import read_calls

if TYPE_CHECKING:
    from hongxian.facts import Reason
    from hongxian.sensors.session.model import Call

from datetime import UTC, tzinfo

CAMILLE = ["隐私政策状态", "时间点", "行为主体", "操作行为", "行为描述", "传入参数", "调用堆栈"]
SENTRY = ["调用时间(倒序排序)", "别名", "函数名", "调用堆栈"]
APPSCAN = ["序号", "主体", "操作行为", "堆栈"]
AROUND = 1_767_000_000.0
"""29 December 2025."""
FRIDA_STACK = (
    "   android.telephony.TelephonyManager.getDeviceId(Native Method)\r\n"
    "   com.umeng.commonsdk.statistics.common.DeviceConfig.getImei(DeviceConfig.java:12)\r\n"
    "   com.demo.app.Main.onCreate(Main.java:3)\r\n"
)
SENTRY_STACK = (
    "dalvik.system.VMStack.getThreadStackTrace() -2 <- \n"
    "java.lang.Thread.getStackTrace() 1,536 <- \n"
    "com.yl.lib.plugin_proxy.PrivacyProxy.getDeviceId() 83 <- \n"
    "com.demo.app.Main$onCreate$2.onClick() 35 <- \n"
    "android.view.View.performClick() 6,897"
)


def calls_of(
    data: bytes, *, zone: tzinfo = UTC, around: float | None = AROUND
) -> tuple[list[Call], list[Reason]]:
    unread: list[Reason] = []
    found = read_calls(io.BytesIO(data), "log", unread, zone=zone, around=around)
    return list(found), unread


def words_of(reasons: list[Reason]) -> list[str]:
    return [reason.word.removeprefix("session_hooks.") for reason in reasons]


def xls(*sheets: list[list[Any]]) -> bytes:
    book = xlwt.Workbook(encoding="utf-8")
    for number, rows in enumerate(sheets):
        sheet = book.add_sheet(f"sheet {number}")
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                sheet.write(row, column, cell)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def camille_row(
    word: str = "获取IMEI", arguments: str = "无参数", time: str = "2026-0-5 8:30:1",
    action: str = "获取电话相关信息", stack: str = FRIDA_STACK,
) -> list[str]:  # fmt: skip
    return ["同意隐私政策前", time, "友盟SDK", action, word, arguments, stack]


def camille(*rows: list[str]) -> bytes:
    return xls([CAMILLE, *rows])


def sheetjs(*rows: list[str]) -> bytes:
    """Return a workbook as SheetJS writes it for AppScan: texts stand in the cells."""
    body = "".join(
        f'<row r="{number}">'
        + "".join(
            f'<c r="{chr(65 + column)}{number}" t="str"><v>{_escaped(cell)}</v></c>'
            for column, cell in enumerate(cells)
        )
        + "</row>"
        for number, cells in enumerate(rows, 1)
    )
    return workbook({"xl/worksheets/sheet1.xml": worksheet(body)})


def worksheet(body: str) -> str:
    space = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    return (
        f'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<worksheet xmlns="{space}">'
        f"<sheetData>{body}</sheetData></worksheet>"
    )


def workbook(members: dict[str, str]) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in members.items():
            archive.writestr(name, text)
    return out.getvalue()


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def event(**changes: Any) -> dict[str, Any]:
    whole = {
        "at": 1_767_000_000_123, "api": "android.telephony.TelephonyManager.getDeviceId",
        "args": [], "stack": ["android.telephony.TelephonyManager.getDeviceId", "com.demo.app.A.b"],
        "thread": "main", "process": "com.demo.app", "permission": None, "outcome": "granted",
    }  # fmt: skip
    return whole | changes


def lines(*events: Any) -> bytes:
    return "".join(
        f"{one if isinstance(one, str) else json.dumps(one)}\n" for one in events
    ).encode()
