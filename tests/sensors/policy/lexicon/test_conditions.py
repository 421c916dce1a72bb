"""Conditions."""

import pytest

from hongxian.sensors.policy.lexicon.conditions import settle
from hongxian.sensors.policy.lexicon.match import find_hits
from hongxian.sensors.policy.lexicon.normal import squeeze


@pytest.mark.parametrize(
    ("text", "phrase", "key"),
    [
        ("征得您的明确同意后，我们", "征得您的明确同意后", "consent"),
        ("我们将取得您的单独同意", "取得您的单独同意", "separate_consent"),
        ("除法律另有规定外，我们不会", "除法律另有规定外", "legal_exception"),
        ("按照司法机关依法提出的要求", "按照司法机关依法提出的要求", "law"),
        ("您选择不提供", "您选择", "choice"),
        ("with your consent we share", "with your consent", "consent"),
    ],
)
def test_a_condition_is_found_whole(text, phrase, key) -> None:
    even = squeeze(text)
    found = settle(even.text, find_hits(even, text))
    assert (even.text.index(phrase), len(phrase), key) in [
        (hit.start, hit.end - hit.start, hit.key) for hit in found
    ]
