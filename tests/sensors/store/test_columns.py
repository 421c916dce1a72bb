from __future__ import annotations

import hashlib
import random
from typing import Any

import pytest
from tests.sensors.store.made import people, table_of

from hongxian.info import load_types
from hongxian.sensors.store.columns import Verdict, formed, judge_table
from hongxian.sensors.store.counts import ColumnCounts, TableCounts
from hongxian.sensors.store.read_table import count_table

DRAW = random.Random(5)
COUNT = 300


def judged(medium: str = "table", **columns: Any) -> dict[tuple[str, str], Verdict]:
    table = count_table(table_of(columns, medium))
    return {(one.column.name, one.info): one for one in judge_table(table)}


def of(key: str, count: int = COUNT) -> list[Any]:
    return [one[key] for one in people(count)]


def status(found: dict[tuple[str, str], Verdict]) -> dict[tuple[str, str], str]:
    return {key: one.status for key, one in found.items()}


def test_a_table_of_persons() -> None:
    found = judged(**{key: of(key) for key in people(1)[0]})
    assert status(found) == {
        ("name", "basic.name"): "confirmed", ("phone", "basic.phone"): "confirmed",
        ("id_card", "identity.doc_number"): "confirmed", ("email", "basic.email"): "confirmed",
    }  # fmt: skip
    assert found["phone", "basic.phone"].rows == COUNT
    assert found["name", "basic.name"].why == ("name", "shape")


def test_values_speak_where_names_do_not() -> None:
    found = judged(f1=of("phone"), f2=of("id_card"), f3=of("email"))
    assert set(status(found).values()) == {"confirmed"}
    assert {one.why for one in found.values()} == {("values",)}


@pytest.mark.parametrize(
    "values",
    [
        [str(DRAW.randint(10**18, 10**19)) for _ in range(COUNT)],
        [1_700_000_000_000 + n * 1000 for n in range(COUNT)],
        [f"{DRAW.getrandbits(128):032x}" for _ in range(COUNT)],
        [f"2026{DRAW.randint(10**13, 10**14)}" for _ in range(COUNT)],
        [f"SCN-{n}" for n in range(COUNT)],
        [f"1.{n}.{n}" for n in range(COUNT)],
    ],
)  # fmt: skip
def test_running_numbers_are_no_pi(values: list[Any]) -> None:
    found = judged(order_no=values, f1=values, scenario_code=values)
    assert "confirmed" not in status(found).values()


def test_places_in_a_text_are_no_places_on_earth() -> None:
    found = judged(start_position=list(range(40)), lat=[39.9 + n / 1e5 for n in range(40)],
                   phone=of("phone", 40))  # fmt: skip
    assert status(found)["start_position", "location.precise"] == "cleared"
    assert status(found)["lat", "location.precise"] == "confirmed"


def test_names_and_addresses_are_known_without_a_telling_name() -> None:
    streets = [f"北京市朝阳区建国路{n}号" for n in range(COUNT)]
    alone = judged(f1=of("name"), f2=streets)
    assert status(alone) == {
        ("f1", "basic.name"): "suggested",
        ("f2", "basic.address"): "suggested",
    }
    beside = judged(f1=of("name"), f2=streets, phone=of("phone"))
    assert set(status(beside).values()) == {"confirmed"}
    assert judged(city=of("city", 40), f3=["张三", "李四"] * 20) == {}


def test_a_name_that_the_values_do_not_bear_is_cleared() -> None:
    found = status(
        judged(phone=["apple", "pear"] * 50, gender=["x1", "x2"] * 50, mobile=[True, False] * 50)
    )
    assert set(found.values()) == {"cleared"}
    assert set(found) == {
        ("phone", "basic.phone"),
        ("gender", "basic.gender"),
        ("mobile", "basic.phone"),
    }


def test_doubtful_names_need_other_pi_beside_them() -> None:
    alone = judged(name=["张三", "李四"] * 20, address=["10.0.0.x", "rack"] * 20)
    assert alone == {}
    beside = judged(name=["张三", "李四"] * 20, phone=of("phone", 40))
    assert status(beside)["name", "basic.name"] == "confirmed"
    products = judged(name=["苹果手机壳", "玻璃杯子"] * 20, phone=of("phone", 40))
    assert status(products)["name", "basic.name"] == "cleared"
    ip = judged(ip=["10.0.0.1", "10.0.0.2"] * 20)
    assert status(ip)["ip", "netid.ip"] == "confirmed"
    place = judged(address=["北京市朝阳区建国路88号", "上海市浦东新区世纪大道1号"] * 20)
    assert status(place)["address", "basic.address"] == "confirmed"


def test_empty_columns_are_only_suggested() -> None:
    found = judged(phone=[None, None], name=[None, None])
    assert set(status(found).values()) == {"suggested"}


def test_what_no_recogniser_knows_rests_on_its_name() -> None:
    assert (
        status(judged(diagnosis_note=["x"], disease=["flu"]))["disease", "health.symptom"]
        == "suggested"
    )
    beside = judged(disease=["flu"] * 40, phone=of("phone", 40))
    assert beside["disease", "health.symptom"].why == ("name", "neighbours")


def test_dates_of_birth_by_type_and_by_text() -> None:
    import datetime as dt

    found = judged(birthday=[dt.date(1990, 1, 2)] * 9, csrq=["1990-01-02"] * 9)
    assert set(status(found).values()) == {"confirmed"}


@pytest.mark.parametrize("kind", ["md5", "sha1", "sha256", "sm3"])
def test_bare_hashes_of_what_can_be_tried(kind: str) -> None:
    values = [hashlib.new(kind, one.encode()).hexdigest() for one in of("phone")]
    for name in (f"phone_{kind}", "mobile"):
        one = judged(**{name: values})[name, "basic.phone"]
        assert (one.form, one.status, one.bare) == ("hashed", "confirmed", True)
    assert judged(content_hash=values) == {}


def test_masked_and_encrypted_columns_and_passwords() -> None:
    masked = judged(phone=[f"{one[:3]}****{one[7:]}" for one in of("phone")])[
        "phone", "basic.phone"
    ]
    assert (masked.form, masked.status) == ("masked", "confirmed")
    cipher = [f"{DRAW.getrandbits(190):048x}" for _ in range(COUNT)]
    assert judged(idcard_enc=cipher)["idcard_enc", "identity.doc_number"].form == "encrypted"
    slow = [f"$2b$12${'a' * 50}{n}" for n in range(COUNT)]
    one = judged(password=slow)["password", "auth.password"]
    assert (one.form, one.bare) == ("hashed", False)
    weak = judged(password=[hashlib.md5(str(n).encode()).hexdigest() for n in range(COUNT)])
    assert weak["password", "auth.password"].bare
    clear = judged(password=[f"Abc{n}xyz!" for n in range(COUNT)])["password", "auth.password"]
    assert (clear.form, clear.status) == ("clear", "confirmed")


def test_pi_within_texts_and_logs() -> None:
    lines = [f"2026-11-01 10:00:00 user {one} logged in" for one in of("phone")]
    found = judged("log", line=lines)
    assert found["line", "basic.phone"].why == ("text",)
    notes = judged(remark=["nothing"] * 500 + ["call 13812345678 please"])
    assert notes["remark", "basic.phone"].rows == 1


def test_names_and_addresses_within_texts() -> None:
    notes = ["已联系，无异常", *(f"第{n}次回访，系统正常" for n in range(60))]
    told = judged("log", line=[*notes, "收货人：李娜，周三送达"])
    assert told["line", "basic.name"].status == "confirmed"
    assert told["line", "basic.name"].why == ("label",)
    assert told["line", "basic.name"].rows == 1
    few = judged(note=[*notes, "昨天王建国来办理了业务"])
    assert ("note", "basic.name") not in few  # one in sixty is as likely a mistake
    homes = [f"{n}号客户要求送货到北京市朝阳区建国路{n}号" for n in range(2, 5)]
    some = judged(note=[*notes[:40], *homes])
    assert some["note", "basic.address"].status == "suggested"
    assert some["note", "basic.address"].rows == 3
    many = judged(note=[*notes[:30], *homes, *(h.replace("建国", "人民") for h in homes)])
    assert many["note", "basic.address"].status == "confirmed"


def test_few_values_that_chance_would_give_are_cleared() -> None:
    numbers = [f"{DRAW.randint(10**10, 10**11 - 1)}" for _ in range(2000)]
    alone = status(judged(serial_x=numbers))
    assert alone.get(("serial_x", "basic.phone"), "cleared") == "cleared"
    beside = status(judged(serial_x=numbers, phone=of("phone", 2000)))
    assert beside.get(("serial_x", "basic.phone"), "cleared") == "cleared"


@pytest.mark.parametrize("neighbours", [False, True])
def test_numbers_that_as_a_whole_are_something_else_are_cleared(neighbours: bool) -> None:
    beside = {"name": of("name"), "phone": of("phone")} if neighbours else {}
    versions = [".".join(str(DRAW.randint(1, 99)) for _ in range(4)) for _ in range(COUNT)]
    amounts = [DRAW.randint(13 * 10**9, 19 * 10**9) for _ in range(COUNT)]
    found = status(judged(firmware=versions, total_assets=amounts, **beside))
    assert found["firmware", "netid.ip"] == "cleared"
    assert found["total_assets", "basic.phone"] == "cleared"


def test_addresses_and_telephones_kept_as_numbers_still_speak() -> None:
    addresses = [".".join(str(DRAW.randint(1, 223)) for _ in range(4)) for _ in range(COUNT)]
    telephones = [
        DRAW.randint(1380000, 1399999) * 10**4 + DRAW.randint(0, 9999) for _ in range(COUNT)
    ]
    found = status(judged(f1=addresses, f2=telephones))
    assert (found["f1", "netid.ip"], found["f2", "basic.phone"]) == ("confirmed", "confirmed")


def test_counts_without_a_sample_are_judged_by_their_rows() -> None:
    column = ColumnCounts(name="phone", rows=10)
    found = judge_table(
        TableCounts(where="a", name="", medium="table", kind="csv", columns=[column])
    )
    assert [one.status for one in found] == ["cleared"]


def test_lists_name_types_that_there_are() -> None:
    assert formed() & set(load_types())
    assert "basic.phone" in formed()
