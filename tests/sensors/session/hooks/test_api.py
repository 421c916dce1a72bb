from __future__ import annotations

import pytest

from hongxian.info import load_types
from hongxian.info.source import read
from hongxian.sensors.app.catalogue.apis import load_apis
from hongxian.sensors.session.hooks import api
from hongxian.sensors.session.hooks.api import bare, canonical, info_of, meaning, sentry_name

HOOKS = "hongxian.sensors.session.hooks"
SECURE = "android.provider.Settings$Secure.getString"


def test_the_catalogue_says_what_a_call_gives() -> None:
    assert info_of("android.telephony.TelephonyManager.getDeviceId") == ("device.imei",)
    assert info_of("com.demo.Nothing.at") is None


def test_classes_of_the_run_time_are_those_of_the_reference() -> None:
    name = "android.app.ApplicationPackageManager.getInstalledPackages"
    assert canonical(name) == "android.content.pm.PackageManager.getInstalledPackages"
    assert info_of(name) == ("device.app_list",)
    proxy = "repeackage.com.samsung.android.deviceidservice.IDeviceIdService$Stub$Proxy.getOAID"
    assert info_of(proxy) == ("device.oaid",)
    assert canonical("android.media.AudioRecord.$init") == "android.media.AudioRecord.<init>"


def test_a_setting_counts_by_its_key() -> None:
    assert info_of(SECURE, ("android_id",)) == ("device.android_id",)
    assert info_of(SECURE, ("default_input_method",)) == ()
    assert info_of(SECURE) is None


def test_a_query_counts_by_its_uri() -> None:
    assert info_of(api.QUERY, ("content://com.android.contacts",)) == ("contact.address_book",)
    assert info_of(api.QUERY, ("content://com.demo",)) == ()
    assert info_of(api.QUERY) is None


def test_a_property_counts_by_its_name() -> None:
    assert info_of("android.os.SystemProperties.get", ("ro.serialno", "")) == ("device.serial",)


@pytest.mark.parametrize(
    ("word", "expected"),
    [
        ("获取IMEI", ("device.imei",)),
        ("获取IP地址：192.168.1.7", ("netid.ip",)),
        ("getApplicationInfo获取的数据为：ApplicationInfo{1}", ()),
        ("获取了心情", None),
    ],
)
def test_words_of_the_tools(word, expected) -> None:
    assert meaning(word) == expected


def test_the_value_behind_a_word_is_cut_off() -> None:
    assert bare("获取IP地址：192.168.1.7") == "获取IP地址"


def test_functions_of_privacysentry_have_their_class() -> None:
    assert sentry_name("getMeid") == "android.telephony.TelephonyManager.getMeid"
    assert sentry_name("getSomething") is None


def test_lists_name_known_pi_and_a_source() -> None:
    rows = read(HOOKS, "words")["word"] + read(HOOKS, "interfaces")["interface"]
    assert {key for row in rows for key in row["info"]} <= load_types().keys()
    assert all(row["source"] for row in rows + read(HOOKS, "frames")["frame"])
    texts = [row["text"] for row in read(HOOKS, "words")["word"]]
    assert len(texts) == len(set(texts))


def test_own_rows_repeat_nothing_of_the_catalogue() -> None:
    rows = [row for row in load_apis().values() if row.kind == "api"]
    known = {f"{row.owner}.{method}" for row in rows for method in row.methods}
    assert not known & {row["name"] for row in read(HOOKS, "interfaces")["interface"]}
