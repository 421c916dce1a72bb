from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stdnum import iban, luhn
from stdnum.cn import uscc

from hongxian.info.recognise.tables import load_tables

LENGTHS = {"GB": 22, "DE": 22, "FR": 27, "NO": 15, "CH": 21}


@pytest.fixture(scope="module")
def checks(plain: Any) -> Any:
    tables = load_tables()
    return plain.checks.Checks(tables.marks, tables.card_lengths, tables.iban_lengths)


def ask(checks: Any, check: str, text: str) -> bool:
    checks.data, checks.lo, checks.hi = text.encode(), 0, len(text)
    return bool(getattr(checks, check)(0, len(text)))


def mod11(seventeen: str) -> str:
    """The last place of an ID, by the table of GB 11643."""
    weights = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
    total = sum(int(one) * weight for one, weight in zip(seventeen, weights, strict=True))
    return "10X98765432"[total % 11]


@given(st.text("0123456789", min_size=12, max_size=19).filter(lambda text: len(set(text)) > 1))
def test_luhn_is_the_luhn_of_stdnum(checks: Any, number: str) -> None:
    assert ask(checks, "luhn", number) == luhn.is_valid(number)


@given(st.text("0123456789ABCDEFGHJKLMNPQRTUWXY", min_size=9, max_size=9), st.integers(0, 30))
def test_a_credit_code_is_valid_where_stdnum_says_so(checks: Any, inner: str, last: int) -> None:
    code = f"91110000{inner}{'0123456789ABCDEFGHJKLMNPQRTUWXY'[last]}"
    assert ask(checks, "uscc", code) == uscc.is_valid(code)


@given(st.sampled_from(sorted(LENGTHS)), st.text("0123456789", min_size=2, max_size=2),
       st.text("0123456789", min_size=11, max_size=23))  # fmt: skip
def test_an_iban_that_stdnum_takes_is_taken(
    checks: Any, country: str, check: str, rest: str
) -> None:
    number = country + check + rest
    if iban.is_valid(number, check_country=False):
        assert ask(checks, "iban", number) == (len(number) == LENGTHS[country])
    else:
        assert not ask(checks, "iban", number)


def test_ibans_of_the_registry_are_taken(checks: Any) -> None:
    for number in ("GB82WEST12345698765432", "DE89370400440532013000", "NO9386011117947"):
        assert ask(checks, "iban", number)
        assert not ask(checks, "iban", number[:-1] + str((int(number[-1]) + 1) % 10))


@given(st.integers(0, 9999), st.integers(1, 12), st.integers(1, 28), st.integers(0, 999))
def test_an_id_is_valid_with_its_last_place_and_no_other(
    checks: Any, year: int, month: int, day: int, order: int
) -> None:
    body = f"110105{year:04}{month:02}{day:02}{order:03}"
    good = body + mod11(body)
    assert ask(checks, "cn_id", good) == (1880 <= year <= 2035)
    other = body + ("1" if good[-1] != "1" else "2")
    assert not ask(checks, "cn_id", other)


def test_an_id_needs_a_region_and_a_date_that_exist(checks: Any) -> None:
    for body in ("990105194912310020", "110105194902300020", "110105190002290020"):
        assert not ask(checks, "cn_id", body[:17] + mod11(body[:17]))
    leap = "11010520000229002"
    assert ask(checks, "cn_id", leap + mod11(leap))
    assert ask(checks, "cn_id", "110105491231002")
    assert not ask(checks, "cn_id", "110105491331002")


def test_permits_of_foreigners_need_province_and_date(checks: Any) -> None:
    body = "91184019851212003"
    assert ask(checks, "foreigner_18", body + mod11(body))
    assert not ask(checks, "foreigner_18", body.replace("1212", "1312") + "0")
    wrong = "99984019851212003"
    assert not ask(checks, "foreigner_18", wrong + mod11(wrong))
    assert ask(checks, "foreigner_15", "USA310185121209")
    assert not ask(checks, "foreigner_15", "USA990185121209")
    assert not ask(checks, "foreigner_15", "USA310185131209")


def test_a_credit_code_of_digits_alone_must_pass_its_inner_check(checks: Any) -> None:
    assert ask(checks, "uscc_alone", "91110000802100433B")
    assert not ask(checks, "uscc_alone", "91110000802100433A")
    bodies = map(str, range(91110000802100400, 91110000802100900))
    codes = [body + uscc.calc_check_digit(body) for body in bodies]
    alone = [code for code in codes if code.isdigit() and ask(checks, "uscc_alone", code)]
    assert all(ask(checks, "uscc", code) for code in codes)
    assert 8 < len(alone) < 25, "a third are digits, of them one in eleven has the inner check"
    assert not ask(checks, "uscc", "9111000080210043B")


def test_vehicles_need_the_check_digit_and_digits_at_the_end(checks: Any) -> None:
    assert ask(checks, "vin", "1M8GDM9AXKP042788")
    assert ask(checks, "vin", "LSVAU218XN2183294")
    assert not ask(checks, "vin", "LSVAU2180N2183294")
    assert not ask(checks, "vin", "11111111111111111")
    assert not ask(checks, "vin", "LSVAU218XN218329")


def test_cards_need_an_issuer_its_length_and_luhn(checks: Any) -> None:
    assert ask(checks, "card", "4111111111111111")
    assert ask(checks, "card", "378282246310005")
    assert not ask(checks, "card", "4111111111111112")
    assert not ask(checks, "card", "79927398713")
    assert not ask(checks, "card", "0000000000000000")


@pytest.mark.parametrize(
    ("number", "good"),
    [("010-82345678", 1), ("0571-87654321", 1), ("+86 10 82345678", 1), ("0086-571-87654321", 1),
     ("57187654321", 1), ("010-12345678", 0), ("0111-8234567", 0), ("010-8234", 0)],
)  # fmt: skip
def test_landlines_need_an_area_code(checks: Any, number: str, good: int) -> None:
    assert ask(checks, "landline", number) == bool(good)


def test_numbers_abroad_need_a_calling_code(checks: Any) -> None:
    assert ask(checks, "calling", "+14155552671")
    assert not ask(checks, "calling", "+99955552671")
    assert not ask(checks, "calling", "+1415")
    assert not ask(checks, "calling", "+111111111")


def test_social_security_numbers_that_are_never_issued_are_none(checks: Any) -> None:
    assert ask(checks, "ssn", "536-22-8726")
    for number in ("000-22-8726", "666-22-8726", "900-22-8726", "536-00-8726", "536-22-0000",
                   "123-45-6789"):  # fmt: skip
        assert not ask(checks, "ssn", number)


def test_a_part_that_is_too_long_is_cut(checks: Any) -> None:
    assert ask(checks, "compact", "1" * 300)
    assert checks.compact(0, 300) == 128
