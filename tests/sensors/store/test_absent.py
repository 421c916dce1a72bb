from __future__ import annotations

from pathlib import Path

import pyarrow as pa
import pytest

from hongxian.errors import HongxianError
from hongxian.sensors.store.absent import ALGORITHMS, Absent, hashed, load_absent, normal


@pytest.mark.parametrize(
    ("key", "plain"),
    [("+86 138-1234-5678", "13812345678"), ("8613812345678", "13812345678"),
     ("11010519491231002X", "11010519491231002x"), ("A@Example.cn", "a@example.cn")],
)  # fmt: skip
def test_one_person_has_one_key_however_it_is_written(key: str, plain: str) -> None:
    assert normal(key) == plain


@pytest.mark.parametrize("algorithm", ALGORITHMS)
def test_persons_are_found_in_columns_and_within_texts(algorithm: str) -> None:
    absent = Absent("salt", frozenset([hashed("13812345678", "salt", algorithm)]), algorithm)
    absent.look("phone", pa.array(["13812345678", "138 1234 5678", "13987654321", None]))
    absent.look("note", pa.array(["call 13812345678 now", "x" * 200]))
    absent.look("number", pa.array([13812345678]))
    absent.look("other", pa.array([True]))
    assert absent.taken() == {"phone": 2, "note": 1, "number": 1}
    assert absent.taken() == {}


def test_another_salt_finds_nobody() -> None:
    absent = Absent("other", frozenset([hashed("13812345678", "salt")]))
    absent.look("phone", pa.array(["13812345678"]))
    assert absent.taken() == {}


def test_the_file_of_hashes(tmp_path: Path) -> None:
    path = tmp_path / "absent.txt"
    key = hashed("13812345678", "s3", "hmac-sha256")
    path.write_text(f"# gone\nsalt: s3\nalgorithm: hmac-sha256\n\n{key.upper()}\n", "utf-8")
    found = load_absent(path)
    assert (found.salt, found.algorithm, found.keys) == ("s3", "hmac-sha256", {key})


@pytest.mark.parametrize(
    ("text", "says"),
    [("salt: x\n13812345678\n", "line 2 is no SHA-256"), ("salt: x\n", "no line salt"),
     ("a" * 64, "no line salt"), ("algorithm: md5\n", "line 1")],
)  # fmt: skip
def test_a_file_that_is_wrong_is_told_without_its_values(
    tmp_path: Path, text: str, says: str
) -> None:
    path = tmp_path / "absent.txt"
    path.write_text(text, "utf-8")
    with pytest.raises(HongxianError, match=says) as error:
        load_absent(path)
    assert "13812345678" not in str(error.value)
    with pytest.raises(HongxianError, match="No such file"):
        load_absent(tmp_path / "none")
