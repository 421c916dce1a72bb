import pytest

from hongxian.guards.gate.exchange.kinds import is_json, is_readable, is_utf8, spoken


@pytest.mark.parametrize(("kind", "told"), [
    (b"Application/JSON", (True, True, True)),
    (b"application/json; charset=UTF-8", (True, True, True)),
    (b"application/problem+json; charset=gbk", (True, True, False)),
    (b"text/event-stream", (True, False, True)), (b"text/html", (False, False, True)),
    (b"", (False, False, True)),
])  # fmt: skip
def test_a_type_says_whether_there_is_json(kind: bytes, told: tuple[bool, ...]) -> None:
    assert spoken(kind) == (kind.lower(), *told)


@pytest.mark.parametrize(("text", "told", "is_so"), [
    (b"{}", True, True), (b"7", True, True), (b"{}", False, True),
    ("{'名'}".encode(), True, True), ("{'名'}".encode("gbk"), False, False),
    ("{}".encode("utf-16"), True, False), ("{}".encode("utf-16-be"), True, False),
    ("{}".encode("utf-16-le"), True, False), (b"\0", True, False),
])  # fmt: skip
def test_a_text_is_in_utf_8_by_its_type_or_its_bytes(text: bytes, told: bool, is_so: bool) -> None:
    assert is_utf8(text, told) == is_so


@pytest.mark.parametrize(("kind", "text", "is_so"), [
    (b"text/plain", b' {"a": 1}', True), (b"text/plain", b"a", False),
    (b"text/html", b'{"a": 1}', True), (b"text/html", b"[one](two)", False),
    (b"text/xml", b'"a" <b/>', False),
])  # fmt: skip
def test_json_is_known_by_its_looks_as_well(kind: bytes, text: bytes, is_so: bool) -> None:
    assert is_json(kind, text) == is_so


@pytest.mark.parametrize(("kind", "is_read"), [
    (b"application/json", True), (b"text/csv", True), (b"image/svg+xml", True),
    (b"image/png", False),
])  # fmt: skip
def test_what_has_letters_is_read(kind: bytes, is_read: bool) -> None:
    assert is_readable(kind) == is_read
