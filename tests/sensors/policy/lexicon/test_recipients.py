"""Parties in the place of one who is given PI."""

import pytest

from hongxian.sensors.policy.lexicon.match import find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze
from hongxian.sensors.policy.lexicon.parties import settle
from hongxian.sensors.policy.lexicon.recipients import find


def recipients(text) -> list[str]:
    even = squeeze(text)
    hits = find_hits(even, text)
    hits["party"] = settle(even.text, hits)
    return [even.text[hit.start : hit.end] for hit in find(even.text, hits)]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("我们会与合作伙伴共享您的姓名", ["合作伙伴"]),
        ("我们会将您的姓名提供给服务商", ["服务商"]),
        ("不会向关联公司、供应商或其他个人披露", ["关联公司", "供应商", "其他个人"]),
        ("您向我们提供的姓名", ["我们"]),
        ("我们会与我们的关联公司共享", ["关联公司"]),
        ("合作伙伴会收集您的姓名", []),
        ("我们会共享您的姓名", []),
        ("为保护您和我们的权益，我们会披露", []),
        ("与我们联合运营的平台会提供服务", []),
        ("we share your name with advertising partners", ["advertising partners"]),
    ],
)
def test_who_stands_where_a_recipient_stands(text, found) -> None:
    assert recipients(text) == found
