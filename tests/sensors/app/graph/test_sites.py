from __future__ import annotations

from hongxian.sensors.app.dex.program import Program
from hongxian.sensors.app.dex.tables import read_dex
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.sites import Wanted, find_sites, strings_from


def found(program: Program, want: Wanted) -> list[str]:
    return [program.locate(row) for row, _ in find_sites(Hierarchy(program), [want])]


def test_calls_by_class_and_method(lantern: Program) -> None:
    imei = Wanted(
        key="imei", owner="android.telephony.TelephonyManager",
        methods=("getDeviceId", "getImei"),
    )  # fmt: skip
    places = found(lantern, imei)
    assert places
    assert all(" com.umeng.analytics.DeviceProbe.imei +0x" in place for place in places)
    assert found(lantern, Wanted(key="none", owner="com.example.None", methods=("x",))) == []


def test_an_argument_decides(lantern: Program) -> None:
    owner, methods = "android.provider.Settings$Secure", ("getString",)
    hit = Wanted(key="id", owner=owner, methods=methods, argument=("android_id",))
    miss = Wanted(key="id", owner=owner, methods=methods, argument=("bluetooth_name",))
    assert found(lantern, hit)
    assert found(lantern, miss) == []


def test_static_fields_and_texts(lantern: Program) -> None:
    serial = Wanted(key="serial", owner="android.os.Build", fields=("SERIAL",))
    assert "initCrashReport" in found(lantern, serial)[0]
    sms = Wanted(key="sms", texts=("content://sms",))
    assert "ContactSync.messages" in found(lantern, sms)[0]


def test_strings_by_their_beginning(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    texts = [dex.string(i) for i in strings_from(dex, b"http")]
    assert texts == [t for t in map(dex.string, range(len(dex.strings))) if t.startswith("http")]
    assert texts
