from __future__ import annotations

import pyarrow as pa
import pytest
from tests.guards.mask.rings import masked, revealed, shown, wrong

VALUES = {
    "basic.phone": "13812345678", "identity.doc_number": "11010519491231002X",
    "property.bank_card": "6222021234567890123", "identity.passport": "E12345678",
}  # fmt: skip


@pytest.mark.parametrize("cipher", ["aes", "sm4"])
@pytest.mark.parametrize("info", VALUES)
def test_each_type_has_its_format_and_comes_back(info: str, cipher: str) -> None:
    found = masked("fpe", info, [VALUES[info], None], cipher=cipher).values
    assert found[0].as_py() != VALUES[info]
    assert len(found[0].as_py()) == len(VALUES[info])
    assert revealed("fpe", info, found, cipher=cipher) == [VALUES[info], None]


def test_the_same_value_is_the_same_in_every_table_of_a_domain() -> None:
    (one,) = shown("fpe", "basic.phone", ["13812345678"])
    assert shown("fpe", "basic.phone", ["13912345678", "13812345678"])[1] == one
    assert shown("fpe", "basic.phone", ["13812345678"], domain="other") != [one]


def test_the_wrong_key_leads_elsewhere() -> None:
    found = masked("fpe", "basic.phone", ["13812345678"]).values
    assert revealed("fpe", "basic.phone", found, key="k2") != ["13812345678"]


def test_a_policy_may_name_format_alphabet_and_what_is_kept() -> None:
    assert shown("fpe", "basic.phone", ["13812345678"], keep=["segment"])[0].startswith("138")
    (found,) = shown("fpe", "x", ["AB-CDEFG"], alphabet="ABCDEFGHIJ")
    assert set(found) <= set("ABCDEFGHIJ-")
    assert shown("fpe", "x", ["E12345678"], format="digits")[0].startswith("E")
    assert pa.array(shown("fpe", "x", ["123456"], format="classes")).null_count == 0


@pytest.mark.parametrize(
    ("options", "line"),
    [
        ({"format": "alphabet"}, 'format = "alphabet" needs an alphabet'),
        ({"alphabet": "aab"}, "the characters of an alphabet must differ"),
        ({"alphabet": "中文"}, "be ASCII for encryption"),
        ({"format": "phone", "keep": ["segmnt"]}, "cannot keep 'segmnt'; nearest: 'segment'"),
        ({"format": "digits", "keep": ["bin"]}, "the format digits cannot keep 'bin'"),
        ({"format": "resident_id", "keep": ["region", "birth"]}, "1000 values are left"),
    ],
)
def test_what_cannot_be_is_one_line(options: dict[str, object], line: str) -> None:
    found = wrong("fpe", "x", **options)
    assert found
    assert line in found.say("en")


def test_a_domain_that_is_large_enough_is_right() -> None:
    assert wrong("fpe", "identity.doc_number", keep=["birth", "gender"]) is None
    assert wrong("fpe", "x", alphabet="01") is None
