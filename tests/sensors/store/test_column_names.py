from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.info import load_types
from hongxian.info.recognise import load_kinds
from hongxian.info.source import read
from hongxian.sensors.store.column_names import named


@pytest.mark.parametrize(
    ("name", "info"),
    [
        ("phone", "basic.phone"),
        ("mobilePhone", "basic.phone"),
        ("用户手机号", "basic.phone"),
        ("sjh", "basic.phone"),
        ("收货人姓名", "basic.name"),
        ("REAL_NAME", "basic.name"),
        ("xm", "basic.name"),
        ("id_card", "identity.doc_number"),
        ("IDCARD", "identity.doc_number"),
        ("sfzh", "identity.doc_number"),
        ("email_address", "basic.email"),
        ("homeAddress", "basic.address"),
        ("csrq", "basic.birth_date"),
        ("bank_card_no", "property.bank_card"),
        ("register_ip", "netid.ip"),
        ("phone_model", "device.model"),
        ("blood_type", "health.body"),
        ("icd10", "health.symptom"),
        ("login_pwd", "auth.password"),
        ("phone1", "basic.phone"),
        ("user.mobile", "basic.phone"),
    ],
)
def test_names_say_what_a_column_holds(name: str, info: str) -> None:
    assert named(name).infos[0] == info


@pytest.mark.parametrize(
    "name",
    [
        "id",
        "scenario_code",
        "phone_verified",
        "product_name",
        "file_name",
        "img_url",
        "remark",
        "telephoto",
        "package",
        "order_no",
        "is_deleted",
        "手机品牌",
    ],
)
def test_parts_of_words_and_other_things_say_nothing(name: str) -> None:
    assert named(name).infos == ()


@pytest.mark.parametrize(
    ("name", "form", "info"),
    [
        ("phone_md5", "hashed", "basic.phone"),
        ("mobileSha256", "hashed", "basic.phone"),
        ("idcard_enc", "encrypted", "identity.doc_number"),
        ("手机号_脱敏", "masked", "basic.phone"),
        ("md5", None, None),
    ],
)
def test_names_say_how_it_is_kept(name: str, form: str | None, info: str | None) -> None:
    told = named(name)
    assert told.form == form
    assert (told.infos[0] if told.infos else None) == info


def test_words_that_name_other_things_too_are_doubtful() -> None:
    assert named("name").doubtful
    assert named("address").doubtful
    assert not named("home_address").doubtful
    assert named("create_time").timed
    assert named("gmt_create").timed


def test_the_comment_speaks_where_the_name_does_not() -> None:
    assert named("f1", "手机号（必填）").infos[0] == "basic.phone"
    assert named("f1", "创建时间").timed
    assert named("f1").infos == ()
    assert named("phone", "姓名").infos[0] == "basic.phone"


def test_the_list_names_types_that_there_are_once_each() -> None:
    data = read("hongxian.sensors.store", "column_names")
    known = {*load_types(), *load_kinds()}
    assert set(data["name"]) | set(data["plain"]) <= known
    for words in data["name"].values():
        assert len(words) == len(set(words))


@given(st.text(max_size=60), st.text(max_size=60))
def test_any_name_can_be_asked(name: str, comment: str) -> None:
    named(name, comment)


def test_a_number_behind_a_word_belongs_to_it() -> None:
    assert [named(one).label for one in ("imei1", "device_imei_2", "phone3")] == [
        "imei1", "device_imei2", "phone",
    ]  # fmt: skip


def test_a_copy_of_a_column_holds_the_same() -> None:
    for one in ("phone_bak", "idCardOld", "birthday_new", "password_raw"):
        assert named(one).infos == named(one.replace("Old", "_old").rsplit("_", 1)[0]).infos != ()
    assert named("product_name_bak").infos == ()
