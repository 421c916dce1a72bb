from __future__ import annotations

import pytest

from hongxian.laws.permissions import load_android
from hongxian.sensors.app.catalogue.permissions_used import permission_uses

USES = permission_uses()


def test_every_permission_is_a_known_one() -> None:
    assert set(USES) <= set(load_android())


@pytest.mark.parametrize("name", ["INTERNET", "READ_EXTERNAL_STORAGE", "BODY_SENSORS"])
def test_what_can_be_used_unseen_is_never_called_unused(name: str) -> None:
    use = USES[f"android.permission.{name}"]
    assert not use.complete
    assert use.otherwise


def test_a_complete_list_names_something() -> None:
    for use in USES.values():
        assert not use.complete or use.classes or use.calls or use.texts, use.name


def test_native_code_can_use_camera_and_microphone() -> None:
    assert USES["android.permission.CAMERA"].native
    assert USES["android.permission.RECORD_AUDIO"].native
    assert not USES["android.permission.READ_SMS"].native
