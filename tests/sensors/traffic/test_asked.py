from __future__ import annotations

import hashlib

import pytest

from hongxian.sensors.traffic.asked import asked_for, digests, known
from hongxian.signals.observation import OBJECT, Identifier

PHONE = "13800138000"


def test_whoever_is_asked_for_is_told_once_with_the_place() -> None:
    hits = [(0, "basic.phone", PHONE), (1, "basic.phone", PHONE), (1, "basic.email", "a@b.cn"),
            (1, "basic.address", "x"), (2, "basic.phone", "13811138111")]  # fmt: skip
    assert asked_for(hits, ("42", PHONE, "2024", "a-b"), f"/by/{PHONE}/42") == (
        Identifier("basic.phone", PHONE, "path"),
        Identifier("basic.email", "a@b.cn", "body"),
        Identifier(OBJECT, "42", "path"),
    )
    assert asked_for([(0, "basic.phone", PHONE)], (), "/q")[0].where == "query"


TWO = [("basic.phone", PHONE), ("basic.phone", "13811138111")]


@pytest.mark.parametrize(("status", "body", "asked", "given", "told"), [
    (200, b"{}", [(OBJECT, "42")], {}, None),
    (200, b"", TWO, {}, None),
    (404, b"{}", TWO, {}, 0),
    (200, b"{}", TWO, {"basic.phone": {PHONE}}, 1),
    (200, b"{}", TWO[:1], {"basic.name": {"x"}}, 1),
    (200, b"{}", TWO[:1], {}, 0),
    (None, b'{"a":{"b":[1,[2,3,4]]}}', TWO, {}, 2),
    (200, b"[1", TWO, {}, 0),
], ids=range(8))  # fmt: skip
def test_what_an_answer_knew(
    status: int | None, body: bytes, asked: list, given: dict, told: int | None
) -> None:
    assert known(status, body, asked, given) == told


@pytest.mark.parametrize("name", ["md5", "sha1", "sha256", "sm3"])
def test_digests_are_found_in_target_and_body(name: str) -> None:
    one, other = (hashlib.new(name, text).hexdigest() for text in (b"1", b"2"))
    body = f'{{"hashes": ["{other}", "{other.upper()}", "{other}0", "x{one}"]}}'.encode()
    assert digests(f"/m?h={one.upper()}&é", body, "basic.phone") == [
        (0, "basic.phone", one), (1, "basic.phone", other), (1, "basic.phone", other)
    ]  # fmt: skip
