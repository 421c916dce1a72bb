from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from hongxian.reports.model import Flow
from hongxian.reports.picture import BOX, WIDTH, draw
from hongxian.words.table import cells

INFOS = ("device.imei", "device.mac", "location.precise", "contact.address_book", "basic.phone")
ACTORS = ("first_party", "jpush", "amap", "unknown", "x" * 60)
PARTIES = (None, "甲公司", "乙公司", "某某某某某某某某某某某某某某某某某某某某某某某某公司")


def flow(info: str, actor: str, recipient: str | None, seen: bool = False) -> Flow:
    return Flow(info=info, actor=actor, recipient=recipient, seen=seen)


flows = st.lists(
    st.builds(flow, st.sampled_from(INFOS), st.sampled_from(ACTORS), st.sampled_from(PARTIES),
              st.booleans()),
    max_size=60,
)  # fmt: skip


@given(flows)
def test_boxes_never_overlap_nor_leave_the_picture(given_flows: list[Flow]) -> None:
    picture = draw(given_flows, "zh")
    for one in picture.nodes:
        assert one.x + one.width <= WIDTH
        assert one.y + BOX <= picture.height
        assert cells(one.label) * 7.1 <= one.width
        for other in picture.nodes:
            if other is not one and other.column == one.column:
                assert abs(other.y - one.y) >= BOX


@given(flows)
def test_every_flow_is_a_line_and_seen_ones_lie_on_top(given_flows: list[Flow]) -> None:
    picture = draw(given_flows, "en")
    links = {(f.info, f.actor) for f in given_flows}
    links |= {(f.actor, f.recipient) for f in given_flows if f.recipient}
    assert len(picture.edges) == len(links)
    seen = [edge.seen for edge in picture.edges]
    assert seen == sorted(seen)


def test_lines_that_need_not_cross_do_not() -> None:
    pairs = [("basic.phone", "unknown", "甲公司"), ("device.imei", "jpush", "乙公司"),
             ("device.mac", "amap", "丙公司")]  # fmt: skip
    picture = draw([flow(*pair) for pair in pairs], "zh")
    places = {node.key: node.y for node in picture.nodes}
    assert all(len({places[key] for key in pair}) == 1 for pair in pairs)


def test_lines_share_the_colour_of_their_actor() -> None:
    flows = [flow("device.imei", "jpush", "乙公司"), flow("device.mac", "jpush", "乙公司"),
             flow("basic.phone", "amap", "丙公司")]  # fmt: skip
    picture = draw(flows, "zh")
    hues = {node.name: node.hue for node in picture.nodes if node.hue is not None}
    assert len(set(hues.values())) == 2
    for edge in picture.edges:
        assert edge.hue in {hue for name, hue in hues.items() if name in edge.title}
