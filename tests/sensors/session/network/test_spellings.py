import pytest

from hongxian.sensors.session.network.spellings import items_of, spellings


def texts(info: str, value: str) -> set[str]:
    return {one.text for one in spellings(info, value)}


def test_a_phone_number_is_written_in_many_ways() -> None:
    for given in ("13812345678", "+86 138-1234-5678", "8613812345678"):
        assert texts("basic.phone", given) >= {
            "13812345678", "8613812345678", "+86138" + "12345678", "138-1234-5678",
            "138 1234 5678", "138****5678",
        }  # fmt: skip
    assert texts("basic.phone", "02112345678") == {"02112345678"}


@pytest.mark.parametrize(
    ("info", "value", "also"),
    [
        ("device.imei", "867400020316620", {"86740002031662", "86-740002-031662-0"}),
        ("device.mac", "A4:50:46:1B:2C:3D", {"A450461B2C3D", "A4-50-46-1B-2C-3D"}),
        ("property.bank_card", "6222021234567890", {"6222 0212 3456 7890"}),
        ("identity.doc_number", "11010119900307001X", {"110101 19900307 001X"}),
        ("device.oaid", "1" * 32, {"11111111-1111-1111-1111-111111111111"}),
        ("basic.birth_date", "1990-03-07", {"19900307", "1990年3月7日"}),
        ("device.wifi_ssid", "HOME_1", {'"HOME_1"'}),
        ("basic.name", "张三丰", {"张**", "张*丰"}),
        ("basic.email", "tester@a.com", {"t***@a.com"}),
        ("comm.sms", "好" * 40, {"好" * 24}),
        ("contact.address_book", "13812345678", {"+8613812345678"}),
    ],
)  # fmt: skip
def test_other_values_too(info: str, value: str, also: set[str]) -> None:
    assert texts(info, value) >= also | {value}


@pytest.mark.parametrize(
    ("info", "value", "bound"),
    [
        ("basic.name", "张三", "chinese"),
        ("basic.name", "张三丰", "none"),
        ("device.wifi_ssid", "home", "whole"),
        ("device.app_list", "com.a.b", "package"),
        ("basic.email", "a@b.cn", "mail"),
        ("netid.account", "1234567", "digit"),
        ("netid.account", "tester_77", "word"),
    ],
)
def test_what_may_stand_beside_a_value_hangs_on_its_form(info: str, value: str, bound: str) -> None:
    assert next(spellings(info, value)).bound == bound


def test_lists_are_taken_one_by_one() -> None:
    assert items_of("contact.address_book", "张三,13812345678") == ["张三", "13812345678"]
    assert items_of("location.precise", "39.9,116.4") == ["39.9,116.4"]
    assert items_of("basic.name", " ") == []
