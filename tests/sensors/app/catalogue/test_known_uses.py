from __future__ import annotations

from hongxian.sensors.app.catalogue import load_apis
from hongxian.sensors.app.catalogue.known_uses import known_use, load_known_uses


def test_a_library_s_known_call_is_explained_for_that_class_alone() -> None:
    twilight = "androidx.appcompat.app.TwilightManager"
    assert known_use(twilight, "location.last") is not None
    assert known_use(twilight + "$State", "location.last") is not None
    assert known_use(twilight + "Other", "location.last") is None
    assert known_use(twilight, "telephony.imei") is None
    assert known_use("androidx.emoji2.text.X", "apps.intents") is not None
    assert known_use("com.example.Spy", "apps.intents") is None


def test_every_row_names_apis_that_are_there_and_its_source() -> None:
    for use in load_known_uses():
        assert set(use.apis) <= set(load_apis())
        assert use.zh
        assert use.en
        assert use.source
        assert use.confidence in "ABCM"
