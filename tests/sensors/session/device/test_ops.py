"""Operations and the PI types that they reach."""

from __future__ import annotations

import pytest

from hongxian.info import load_types
from hongxian.laws.permissions import load_android
from hongxian.sensors.session.device.ops import info_of, load_ops, permission_of


@pytest.mark.parametrize("op", load_ops())
def test_each_row_names_known_permissions_and_types(op: str) -> None:
    permission = permission_of(op)
    assert permission is None or permission in load_android()
    assert set(info_of(op)) <= set(load_types())


def test_an_operation_has_the_types_of_its_permission_or_its_own() -> None:
    assert info_of("READ_CONTACTS") == ("contact.address_book",)
    assert info_of("GPS") == ("location.precise",)
    assert permission_of("GPS") == "android.permission.ACCESS_FINE_LOCATION"
    assert permission_of("GET_INSTALLED_APPS") == "com.android.permission.GET_INSTALLED_APPS"
    assert info_of("READ_CLIPBOARD") == ("device.clipboard",)
    assert info_of("WRITE_CONTACTS") == ()


def test_an_operation_without_a_row_is_found_by_its_permission() -> None:
    assert permission_of("UWB_RANGING") == "android.permission.UWB_RANGING"
    assert (permission_of("VIBRATE"), info_of("VIBRATE")) == (None, ())
