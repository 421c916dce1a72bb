from __future__ import annotations

from typing import Any

import pytest

from hongxian.info.recognise.tables import load_tables


@pytest.fixture(scope="module")
def texts(plain: Any) -> Any:
    tables = load_tables()
    return plain.texts.Texts(tables.marks, tables.card_lengths, tables.iban_lengths)


def place(texts: Any, line: str) -> tuple[int, int]:
    before, rest = line.split("«")
    value, after = rest.split("»")
    texts.data = (before + value + after).encode()
    texts.lo, texts.hi = 0, len(texts.data)
    start = len(before.encode())
    return start, start + len(value.encode())


def ask(texts: Any, check: str, line: str) -> bool:
    return bool(getattr(texts, check)(*place(texts, line)))


@pytest.mark.parametrize(
    "line", ["=«hunter»&", '"«qwerty»"', ": «p4ss»", "：«abcdef» ", "=«#x!y@z»"]
)
def test_passwords_are_read(texts: Any, line: str) -> None:
    assert ask(texts, "password", line)


@pytest.mark.parametrize(
    "line",
    [": «hunter» was", "=«null»", "=«******»", "=«xxxxxxxx»", "=«${VAR}»", "=«<secret>»",
     "=«get()»",
     "=«STRING»", "=«abc»def"],
)  # fmt: skip
def test_words_that_stand_for_a_password_are_none(texts: Any, line: str) -> None:
    assert not ask(texts, "password", line)


def test_secrets_are_long_and_mixed(texts: Any) -> None:
    assert ask(texts, "secret", "=«8sJ2kLmN9pQ4rStUvWxY»")
    for line in ("=«your_secret_key_here»", "=«aaaaaaaa11111111»", "=«null»", "=«8sJ2kLmN9pQ4rS»x"):
        assert not ask(texts, "secret", line), line


def test_accounts_are_no_words_for_none(texts: Any) -> None:
    assert ask(texts, "account", "=«zhangsan»")
    assert ask(texts, "account", ": «zhang_san»")
    assert not ask(texts, "account", ": «cannot» be empty")
    assert not ask(texts, "account", "«unknown»")
    assert not ask(texts, "account", "«aaaaaa»")


def test_plates_have_digits(texts: Any) -> None:
    assert ask(texts, "two_digits", "«京A12345»")
    assert not ask(texts, "two_digits", "«京ABCDEF»")


def test_serial_numbers_have_digits_and_are_no_constant(texts: Any) -> None:
    assert ask(texts, "serial", "«R58M123ABCD»")
    assert not ask(texts, "serial", "«asynchronous»")
    assert not ask(texts, "serial", "«00000000»")


def test_passes_of_the_forces_begin_two_characters_before(texts: Any) -> None:
    start, _ = place(texts, "证军字«第1234567号»")
    assert texts.military(start)
    assert texts.left == start - 6
    for line in ("名字«第1234567号»", "第«第1234567号»"):
        assert not texts.military(place(texts, line)[0])


def test_addresses_of_files_and_machines_are_no_mail(texts: Any) -> None:
    assert ask(texts, "email", "«a@b.cn»")
    assert ask(texts, "email", "«gi@b.cn»:")
    for line in (
        "«icon@2x.png»",
        "«root@host.local»",
        "«git@github.com»:a",
        "«a.@b.cn»",
        "«.a@b.cn»",
    ):
        assert not ask(texts, "email", line), line


def test_a_private_key_goes_on_to_its_end(texts: Any) -> None:
    head = "BEGIN PRIVATE KEY-----"
    start, end = place(texts, f"-----«{head}»\nMIIE\n-----END PRIVATE KEY-----x")
    assert texts.pem(start, end)
    assert texts.data[texts.left : texts.right].endswith(b"-----END PRIVATE KEY-----")
    start, end = place(texts, f"-----«{head}»\nMIIE-")
    texts.right = end
    assert texts.pem(start, end)
    assert texts.right == end
    assert not ask(texts, "pem", f"--«{head}»")


def test_hexadecimal_numbers_are_varied(texts: Any) -> None:
    assert ask(texts, "meid", "«A0000012345678»")
    assert not ask(texts, "meid", "«A0000000000000»")
    assert ask(texts, "hashed", "«e10adc3949ba59abbe56e057f20f883e»")
    assert not ask(texts, "hashed", "«e10adc3949ba59abbe56e057f20f883e»a")
