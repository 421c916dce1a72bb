"""Rows of lines that are cut are those of the way of objects, by either build."""

from __future__ import annotations

import json
import random
from typing import Any

import pytest

from hongxian.sensors.traffic.columns import quick
from hongxian.sensors.traffic.columns.cut import cutter, gather, tally
from hongxian.sensors.traffic.columns.pages import Pages

PHONES = tuple(f"1380013800{n}" for n in range(4))


@pytest.fixture(params=["plain", "as-built"], autouse=True)
def _built(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    if request.param == "plain":
        monkeypatch.setattr(quick, "Cutter", cutter.Cutter)
        monkeypatch.setattr(quick, "Gatherer", gather.Gatherer)
        for name in ("tallied", "times", "wrong"):
            monkeypatch.setattr(quick, name, getattr(tally, name))


def line(target: str = "/m", **what: Any) -> bytes:
    return json.dumps(
        {"method": "POST", "uri": target, "time": 1_750_000_000} | what, ensure_ascii=False
    ).encode()


def rows(*lines: bytes, secret: bytes | None = None) -> list[Any]:
    """Return the rows, after holding them against those of objects."""
    made: list[Any] = []
    for page in quick.QuickPages(secret).cut(b"\n".join(lines)):
        made += page[7]
    (*_, slow) = Pages(secret).page(lines)
    assert [(*one[:5], one[5]) for one in made] == slow
    return made


@pytest.mark.parametrize(("status", "asked", "answer", "knew"), [
    (200, PHONES[:1], {"phone": PHONES[0]}, 1), (200, PHONES[:1], {"phone": PHONES[1]}, 1),
    (200, PHONES[:1], {"found": False}, 0), (404, PHONES[:1], {"phone": PHONES[0]}, 0),
    (200, PHONES, {"list": [{"phone": one} for one in PHONES[:2]]}, 2),
    (200, PHONES, {"found": [1, 2, 3]}, 3), (200, PHONES, {"found": [1] * 9}, 4),
    (404, PHONES, {"found": [1]}, 0), (200, PHONES, "no json", 0), (200, PHONES, None, None),
    (200, PHONES[:1], None, None), (None, PHONES[:1], {"mail": "li.lei@example.com"}, 1),
    (200, (), {"phone": PHONES[0]}, None),
])  # fmt: skip
def test_what_an_answer_knew(
    status: int | None, asked: tuple[str, ...], answer: Any, knew: int | None
) -> None:
    told = answer if isinstance(answer, str | None) else json.dumps(answer)
    body = json.dumps({"phones": asked})
    sent = line(status=status, request_body=body, response_body=told)
    other = line("/x", response_body='{"a": [1, 2, 3, 4, 5]}')
    (row,) = rows(other, sent, other)
    assert row[0] == 1
    assert row[4] == list(asked)
    assert row[5][3] == knew


def test_targets_and_records_ask_beside_bodies() -> None:
    body = json.dumps({"phone": PHONES[1]})
    made = rows(
        line(f"/by/{PHONES[0]}?m={PHONES[1]}&a={PHONES[1]}", request_body=body),
        line("/orders/20991/x"), line("/plain"), line("/orders/20991/x", request_body=body),
    )  # fmt: skip
    assert [row[0] for row in made] == [0, 1, 3]
    assert made[0][5][1] == (("basic.phone", "path"), ("basic.phone", "query"))
    assert dict(made[0][5][6]) == {"basic.phone": 4}
    assert [row[4][-1] for row in made[1:]] == ["20991", "20991"]
    assert made[2][5][1] == (("basic.phone", "body"), ("object", "path"))


def test_callers_are_named_as_objects_name_them() -> None:
    body = json.dumps({"phone": PHONES[0]})
    made = rows(*[
        line(request_body=body, user_id=who, client_ip=place) for who, place in (
            ("u", "10.0.0.1"), ("用户", "10.0.0.1:99"), (7, "fe80::1"), ("x" * 5_000, " 10.1.1.1 "),
            (None, "10.0.0.1, 10.0.0.2"), ("u", None), ("-", "a"),
        )
    ])  # fmt: skip
    assert made[1][3] == ("用户", "10.0.0.1")
    assert made[2][3] == ("7", "fe80::1")
    assert made[4][3] == ("10.0.0.1",)
    assert (len(made[3][3][0]), made[5][3]) == (4_096, ("u",))


@pytest.mark.parametrize("seed", range(3))
def test_any_mixture_is_told_the_same(seed: int) -> None:
    rng = random.Random(seed)
    lines = []
    for _ in range(200):
        many = rng.choices(PHONES, k=rng.randrange(4))
        told = rng.choice([None, "{}", json.dumps({"p": rng.choices(PHONES, k=2), "l": [1, 2]})])
        lines.append(line(
            rng.choice(["/m", "/orders/7", "/by/13800138000", "/m?e=li@example.com"]),
            status=rng.choice([200, 404, None]), request_body=json.dumps({"p": many}),
            response_body=told, user_id=rng.choice("ab"), https=rng.random() < 0.5,
        ))  # fmt: skip
    assert rows(*lines, secret=b"s")
