from __future__ import annotations

from hongxian.sensors.policy.mentions import MENTION_KINDS, Mention, Mentions


def test_mentions_stand_in_the_order_of_the_text() -> None:
    late, early = Mention(9, 12, "info", "device.imei"), Mention(2, 4, "act", "collect")
    assert sorted([late, early]) == [early, late]


def test_every_kind_says_what_its_keys_are() -> None:
    assert all(text.strip() for text in MENTION_KINDS.values())


def test_mentions_are_asked_by_kind_and_by_place() -> None:
    act, info = Mention(0, 2, "act", "collect"), Mention(2, 6, "info", "device.imei")
    found = Mentions((act, info))
    assert found.of("info") == (info,)
    assert found.within(0, 5) == (act,)
    assert found.within(2, 6) == (info,)
