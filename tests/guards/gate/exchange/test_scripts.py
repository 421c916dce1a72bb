from __future__ import annotations

import pytest

from hongxian.guards.gate.exchange.scripts import masked_script, spelled

PHONE = b"13800138000"


def cover(text: str) -> str:
    return "*" * len(text)


@pytest.mark.parametrize(("script", "shown"), [
    (b"a=13800138000;", b'a="***********";'),
    (b"f(13800138000)", b'f("***********")'),
    (b'a="x 13800138000";', b'a="x ***********";'),
    (b"a='it\\'s 13800138000';", b"a='it\\'s ***********';"),
    (b"a=`${b} 13800138000`", b"a=`${b} ***********`"),
    (b"// don't 13800138000\nb=1", b"// don't ***********\nb=1"),
    (b"/* 13800138000 */ c=13800138000", b'/* *********** */ c="***********"'),
    (b'a="open\nb=13800138000', b'a="open\nb="***********"'),
])  # fmt: skip
def test_a_script_runs_as_before(script: bytes, shown: bytes) -> None:
    hits, at = [], -1
    while (at := script.find(PHONE, at + 1)) >= 0:
        hits.append((at, at + 11, cover))
    assert masked_script(script, hits) == shown


def test_values_that_overlap_are_covered_once() -> None:
    assert masked_script(b"'abcdef'", [(1, 5, cover), (3, 6, cover)]) == b"'****ef'"


@pytest.mark.parametrize(("script", "shown"), [
    (rb"\u0031\x33\u0038", b"138"), (rb"\u5f20", "张".encode()), (rb"\u0040\u002E", b"@."),
    (rb"\u003c\u0022\u0027\u000a\u2028\ud83d", rb"\u003c\u0022\u0027\u000a\u2028\ud83d"),
    (rb"\\u0031", rb"\\u0031"), (b"plain", b"plain"), (rb"\n\u00", rb"\n\u00"),
])  # fmt: skip
def test_only_what_is_tame_is_spelled_out(script: bytes, shown: bytes) -> None:
    assert spelled(script) == shown
