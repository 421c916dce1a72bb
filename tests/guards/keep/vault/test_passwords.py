from __future__ import annotations

import pytest

from hongxian.guards.keep.vault.passwords import Passwords, hashed, right


def test_a_line_knows_its_password() -> None:
    line = hashed("open sesame")
    assert "sesame" not in line
    assert right("open sesame", line)
    assert not right("open", line)
    assert hashed("open sesame") != line


@pytest.mark.parametrize("line", ["", "x", "bcrypt:1:2:3:YQ==:YQ==", "scrypt:a:8:1:YQ==:YQ=="])
def test_a_strange_line_is_an_error(line: str) -> None:
    with pytest.raises(ValueError, match=r".*"):
        right("x", line)


def test_who_was_right_is_remembered() -> None:
    people = Passwords({"shop": hashed("one")})
    assert people.known("shop", "one") is None
    assert people.right("shop", "one")
    assert people.known("shop", "one")
    assert people.known("shop", "two") is None
    assert not people.right("shop", "two")
    assert not people.right("nobody", "one")
