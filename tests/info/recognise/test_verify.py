from __future__ import annotations

from typing import Any

import pytest

from hongxian.info.recognise import load_recognisers, verify
from hongxian.info.recognise.tables import load_tables

VALUES = {
    "": "x", "luhn": "490154203237518", "card": "4111111111111111", "cn_id": "11010519491231002X",
    "foreigner_15": "USA310185121209", "uscc": "91110000802100433B",
    "uscc_alone": "91110000802100433B", "vin": "1M8GDM9AXKP042788",
    "iban": "GB82WEST12345698765432",
    "landline": "010-82345678", "calling": "+14155552671", "ssn": "536-22-8726",
    "mobile": "13812345678", "ipv4": "8.8.8.8", "ipv6": "2001:db8::1", "mac": "3c:5a:b4:01:22:ef",
    "mac_labelled": "12:34:56:78:90:12", "varied": "9774d56d682e549c",
    "gps": "39.908823,116.397470", "gps_labelled": "48.8584,2.2945", "latitude": "39.9",
    "longitude": "116.3", "date": "1990-03-07", "date_cn": "一九九〇年三月七日",
    "password": "Abc@12345", "secret": "8sJ2kLmN9pQ4rStUvWxY", "account": "zhangsan",
    "two_digits": "京A12345",
    "serial": "R58M123ABCD", "email": "a@b.cn", "meid": "A0000012345678", "number": "12345",
    "hashed": "e10adc3949ba59abbe56e057f20f883e",
}  # fmt: skip
WRONG = {
    "foreigner_18": "911840198512120039", "military": "第1234567号",
    "pem": "BEGIN PRIVATE KEY-----",
}  # fmt: skip


@pytest.fixture(scope="module")
def verifier(plain: Any) -> Any:
    tables = load_tables()
    return plain.verify.Verifier(tables.marks, tables.card_lengths, tables.iban_lengths)


def ask(verifier: Any, check: str, value: str) -> bool:
    verifier.data = value.encode()
    verifier.lo, verifier.hi = 0, len(verifier.data)
    return bool(verifier.verify(verify.CHECKS.index(check), 0, verifier.hi))


def test_each_name_calls_its_check(verifier: Any) -> None:
    assert VALUES.keys() | WRONG.keys() == set(verify.CHECKS)
    for check, value in VALUES.items():
        assert ask(verifier, check, value), check
    for check, value in WRONG.items():
        assert not ask(verifier, check, value), check


def test_no_check_takes_the_value_of_every_other(verifier: Any) -> None:
    numbers = ("luhn", "card", "cn_id", "uscc", "vin", "iban")
    digits = {"luhn": "490154203237519", "card": "4111111111111112", "cn_id": "110105194912310021",
              "uscc": "91110000802100433A", "vin": "1M8GDM9A0KP042788",
              "iban": "GB83WEST12345698765432"}  # fmt: skip
    for check in numbers:
        assert not ask(verifier, check, digits[check]), check


def test_rows_name_checks_that_exist() -> None:
    for row in load_recognisers():
        assert {row.check, row.check_named} <= set(verify.CHECKS), row.name
