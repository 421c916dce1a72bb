from __future__ import annotations

import json
import subprocess
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from tests.sensors.session.hooks.logs import calls_of, words_of

from hongxian.sensors.app.catalogue.apis import load_apis
from hongxian.sensors.session.hooks import WhoseCode, agent_script
from hongxian.sensors.session.hooks.frida.script import plan

STUB = Path(__file__).with_name("stub.js")
CLASSES = {row["name"]: row for row in plan()["classes"]}
DATA = files("hongxian.sensors.session.hooks") / "data"


@pytest.fixture(scope="module")
def script(tmp_path_factory) -> Path:
    path = tmp_path_factory.mktemp("frida") / "script.js"
    path.write_text(agent_script(), encoding="utf-8")
    return path


@cache
def played(script: Path, scene: str) -> tuple[bytes, dict[str, Any]]:
    done = subprocess.run(["node", STUB, script, scene], capture_output=True, check=True)
    return done.stdout, json.loads(done.stderr)


def calls(script: Path, scene: str = "all") -> dict[str, Any]:
    return {call.api: call for call in calls_of(played(script, scene)[0])[0]}


def test_the_script_is_valid(script) -> None:
    subprocess.run(["node", "--check", script], check=True)


def test_a_bridge_stands_before_the_script() -> None:
    assert agent_script("const Java = 1;").startswith("const Java = 1;\n/*")


def test_every_call_of_the_catalogue_that_can_be_hooked_is_planned() -> None:
    for row in load_apis().values():
        if row.kind == "api" and row.owner != "java.lang.Class":
            planned = CLASSES[row.owner]
            assert set(row.methods) <= {*planned["methods"], *planned["keyed"]}
            for key in row.argument:
                assert all(key in planned["keyed"][method] for method in row.methods)
    assert "java.lang.Class" not in CLASSES


def test_abstract_classes_are_hooked_where_the_work_is_done() -> None:
    assert CLASSES["android.content.pm.PackageManager"]["at"] == [
        "android.app.ApplicationPackageManager"
    ]


def test_events_follow_the_schema(script) -> None:
    schema = json.loads((DATA / "calls.schema.json").read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(schema)
    for line in played(script, "all")[0].splitlines():
        jsonschema.validate(json.loads(line), schema)


def test_events_become_calls(script) -> None:
    found, unread = calls_of(played(script, "all")[0])
    assert {call.api: call.info for call in found if call.info} == {
        "android.telephony.TelephonyManager.getDeviceId": ("device.imei",),
        "android.telephony.TelephonyManager.getImei": ("device.imei",),
        "android.telephony.TelephonyManager.getLine1Number": ("basic.phone",),
        "android.telephony.TelephonyManager.getAllCellInfo": ("device.cell", "location.coarse"),
        "android.provider.Settings$Secure.getString": ("device.android_id",),
        "android.content.ContentResolver.query": ("contact.address_book",),
        "android.content.pm.PackageManager.getInstalledPackages": ("device.app_list",),
        "android.net.wifi.WifiInfo.getMacAddress": ("device.mac",),
        "android.net.wifi.WifiInfo.getSSID": ("device.wifi_ssid",),
        "android.net.wifi.WifiInfo.getIpAddress": ("netid.ip",),
        "java.net.NetworkInterface.getHardwareAddress": ("device.mac",),
        "android.location.LocationManager.requestLocationUpdates": (
            "location.precise",
            "location.track",
        ),
        "android.location.LocationManager.getLastKnownLocation": ("location.precise",),
        "android.media.AudioRecord.<init>": ("media.audio",),
        "com.heytap.openid.IOpenID.getSerID": ("device.oaid",),
        "com.amap.api.location.AMapLocationClient.startLocation": ("location.precise",),
    }
    assert len(found) == 17
    assert words_of(unread) == ["not_hooked"]
    assert unread[0].values["names"] == (
        "android.telephony.TelephonyManager.getSubscriberId, com.bun.miitmdid.interfaces.IdSupplier"
    )


def test_nothing_that_was_read_leaves_the_process(script) -> None:
    text = played(script, "all")[0].decode()
    for value in (
        "861234567890123",
        "value of",
        "13800138000",
        '"home',
        "16777343",
        "default_input_method",
    ):
        assert value not in text


@pytest.mark.parametrize(
    ("api", "outcome"),
    [
        ("android.telephony.TelephonyManager.getDeviceId", "granted"),
        ("android.telephony.TelephonyManager.getImei", "denied"),
        ("android.telephony.TelephonyManager.getLine1Number", "denied"),
        ("android.telephony.TelephonyManager.getAllCellInfo", "denied"),
        ("android.net.wifi.WifiInfo.getMacAddress", "denied"),
        ("android.net.wifi.WifiInfo.getIpAddress", "granted"),
        ("java.net.NetworkInterface.getHardwareAddress", "granted"),
        ("android.content.pm.PackageManager.getInstalledPackages", "granted"),
        ("android.content.ContentResolver.query", None),
        ("android.location.LocationManager.requestLocationUpdates", None),
    ],
)
def test_whether_a_call_gave_anything(script, api, outcome) -> None:
    assert calls(script)[api].outcome == outcome


def test_a_request_tells_its_permissions_once(script) -> None:
    call = calls(script)["androidx.core.app.ActivityCompat.requestPermissions"]
    assert call.permission == "android.permission.CAMERA,android.permission.RECORD_AUDIO"
    assert "android.app.Activity.requestPermissions" not in calls(script)


def test_who_when_and_where(script) -> None:
    call = calls(script)["android.telephony.TelephonyManager.getDeviceId"]
    assert call.at == 1_700_000_000.010
    assert (call.thread, call.process) == ("main", "com.demo.app:push")
    assert WhoseCode(["com.demo.app"]).of(call.stack).frame == "com.demo.app.Main.onCreate"


def test_the_app_gets_what_it_would_have_got(script) -> None:
    _, kept = played(script, "all")
    assert kept["deviceId"] == "861234567890123"
    assert kept["imei"] == "threw java.lang.SecurityException"
    assert kept["androidId"] == "value of android_id"
    assert played(script, "send-fails")[1] == kept


def test_the_stack_is_found_another_way_where_the_first_fails(script) -> None:
    bare = calls(script, "bare-stack")["android.telephony.TelephonyManager.getDeviceId"]
    assert bare.stack == calls(script)["android.telephony.TelephonyManager.getDeviceId"].stack


@pytest.mark.parametrize("scene", ["no-bridge", "no-app"])
def test_without_java_the_script_says_so(script, scene) -> None:
    found, (reason,) = calls_of(played(script, scene)[0])
    assert not found
    assert words_of([reason]) == ["nothing_hooked"]
    assert "frida-java-bridge" in reason.say("zh")
