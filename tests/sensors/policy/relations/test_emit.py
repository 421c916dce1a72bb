"""From what a clause joins to declarations, each once."""

from __future__ import annotations

from dataclasses import replace

from tests.sensors.policy.texts import said

from hongxian.sensors.policy.declarations import Declaration, Span
from hongxian.sensors.policy.relations.emit import MOST, Collected, spread
from hongxian.sensors.policy.relations.scene import Named

BASE = Declaration(act="share", info=None, actor="first_party", span=Span(0, 20))
IMEI, MAC = Named("device.imei", Span(0, 4)), Named("device.mac", Span(5, 8))
UMENG, PUSH = Named("umeng_analytics", Span(9, 11)), Named("jpush", Span(12, 14))
ADS = Named("ads", Span(15, 17))


def test_every_pi_goes_with_every_recipient_and_purpose() -> None:
    found = list(spread(BASE, [IMEI, MAC], [UMENG, PUSH], [ADS]))
    assert {(one.info, one.recipient, one.purpose) for one in found} == {
        (info, recipient, "ads")
        for info in ("device.imei", "device.mac")
        for recipient in ("umeng_analytics", "jpush")
    }
    assert found[0].roles == {
        "info": IMEI.span, "recipient": UMENG.span, "purpose": ADS.span,
    }  # fmt: skip


def test_a_list_without_end_is_cut() -> None:
    many = [Named(f"device.{number}", Span(number, number + 1)) for number in range(200)]
    assert len(list(spread(BASE, many, [UMENG] * 9, []))) == MOST


def test_the_same_fact_is_kept_once_and_filled_up() -> None:
    kept = Collected()
    may = replace(BASE, info="device.imei", possible=True)
    kept.add([may])
    kept.add([replace(may, condition="consent", days=30.0)])
    kept.add([replace(may, possible=False)])
    [one] = kept.result()
    assert (one.condition, one.days, one.possible) == ("consent", 30, False)
    kept.add([may])
    assert kept.result() == [one]


def test_what_says_more_takes_the_place_of_what_says_less() -> None:
    assert said("我们会收集您的设备信息：IMEI、MAC地址。") == {
        "collect device.imei first_party -", "collect device.mac first_party -",
    }  # fmt: skip
