from __future__ import annotations

from collections import Counter

import pytest

from hongxian.info import load_types
from hongxian.info.source import CONFIDENCES
from hongxian.sensors.app.catalogue.apis import KINDS, apis_of, load_apis

APIS = load_apis()


def test_the_catalogue_is_large_and_every_kind_is_there() -> None:
    kinds = Counter(api.kind for api in APIS.values())
    assert set(kinds) == set(KINDS)
    assert kinds["api"] >= 150


def test_every_row_reads_known_pi_or_is_a_risk() -> None:
    types = load_types()
    for api in APIS.values():
        assert set(api.info) <= set(types), api.key
        assert bool(api.info) != (api.effect in ("hides", "widens")), api.key


def test_every_row_says_what_it_looks_for_where_from_and_how_sure() -> None:
    for api in APIS.values():
        looked_for = {
            "api": api.methods, "risk": api.methods, "field": api.fields, "string": api.texts,
        }[api.kind]  # fmt: skip
        assert looked_for, api.key
        assert (api.owner is None) == (api.kind == "string"), api.key
        assert api.zh, api.key
        assert api.en, api.key
        assert api.source, api.key
        assert api.confidence in CONFIDENCES, api.key


def test_no_call_is_listed_twice_under_the_same_type() -> None:
    seen: dict[tuple[str | None, str, tuple[str, ...], str], str] = {}
    for api in APIS.values():
        for name in api.methods:
            for info in api.info:
                key = (api.owner, name, api.argument, info)
                assert seen.setdefault(key, api.key) == api.key


@pytest.mark.parametrize(
    ("info", "least"),
    [
        ("device.imei", 4), ("device.imsi", 2), ("device.iccid", 5), ("device.serial", 4),
        ("device.android_id", 3), ("device.oaid", 25), ("device.gaid", 3), ("device.mac", 8),
        ("device.wifi_ssid", 5), ("device.bssid", 3), ("device.bluetooth", 8), ("device.cell", 8),
        ("location.precise", 15), ("device.app_list", 5), ("device.processes", 3),
        ("contact.address_book", 8), ("comm.call_log", 3), ("comm.sms", 8),
        ("calendar.events", 6), ("media.photo", 6), ("media.exif", 4), ("device.clipboard", 3),
        ("netid.account", 3), ("netid.ip", 4), ("device.sensor", 1), ("media.audio", 8),
        ("weblog.app_use", 2), ("basic.phone", 10), ("biometric.face", 8),
    ],
)  # fmt: skip
def test_each_type_has_its_ways(info: str, least: int) -> None:
    assert sum(info in api.info for api in APIS.values()) >= least


def test_android_id_counts_only_by_its_constant() -> None:
    api = APIS["settings.android_id"]
    assert api.takes("android_id")
    assert not api.takes("android_id_hidden")
    assert not api.takes("bluetooth_address")


def test_content_uris_count_by_their_beginning() -> None:
    assert APIS["sms.provider"].holds("content://sms/inbox")
    assert not APIS["sms.provider"].holds("sms")
    assert APIS["build.serial.property"].holds("ro.serialno")
    assert not APIS["build.serial.property"].holds("ro.serialno.extra")


def test_calls_without_argument_take_nothing() -> None:
    assert not APIS["telephony.imei"].takes("0")


def test_apis_of_a_permission() -> None:
    keys = {api.key for api in apis_of("android.permission.READ_CONTACTS")}
    assert {"contacts.phone", "contacts.provider"} <= keys
    assert apis_of("android.permission.VIBRATE") == ()


def test_the_absence_of_a_conditional_permission_proves_nothing() -> None:
    assert APIS["apps.packages"].conditional
    assert not APIS["camera.open"].conditional
