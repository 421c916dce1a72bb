from __future__ import annotations

from tests.sensors.app.dex.maker import Class
from tests.sensors.app.graph.made import program_of

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


READ = "Landroid/provider/Settings$Secure;->getString(Ljava/lang/Object;Ljava/lang/String;)V"
HELP = "Lx/Help;->get(Ljava/lang/String;)V"


def test_a_helper_reads_what_its_callers_name() -> None:
    program = program_of(
        Class("Lx/Help;", {"get(Ljava/lang/String;)V": [("static", READ, 0, 3)]}, static=("get",)),
        Class("Lx/One;", {"id()V": [("text", "android_id", 1), ("static", HELP, 1)]}),
        Class("Lx/Two;", {"name()V": [("text", "adb_enabled", 1), ("static", HELP, 1)]}),
    )
    owner, methods = "android.provider.Settings$Secure", ("getString",)
    want = Wanted(key="id", owner=owner, methods=methods, argument=("android_id",))
    assert found(program, want) == ["classes.dex x.One.id +0x2"]


def test_a_method_named_in_a_field_counts() -> None:
    name, get = (
        "Lx/One;->NAME:Ljava/lang/String;",
        "Ljava/lang/Class;->getMethod(Ljava/lang/String;)V",
    )
    program = program_of(
        Class(
            "Lx/One;",
            {
                "<clinit>()V": [("text", "getImei", 1), ("sput", name, 1)],
                "read()V": [("sget", name, 1), ("virtual", get, 0, 1)],
            },
        )
    )
    want = Wanted(
        key="imei", owner="java.lang.Class", methods=("getMethod",), argument=("getImei",)
    )
    assert found(program, want) == ["classes.dex x.One.read +0x2"]
