from __future__ import annotations

import re
from collections import Counter

import pytest

from hongxian.errors import HongxianError
from hongxian.info.source import read
from hongxian.info.types import load_types
from hongxian.laws.libraries import load_libraries
from hongxian.laws.sdks import find_sdks, load_sdks, load_sources, sureness

PACKAGE = re.compile(r"[a-z][A-Za-z0-9_$]*(\.[A-Za-z0-9_]+)*")
DOMAIN = re.compile(r"([a-z0-9-]+\.)+[a-z]{2,}")


def test_every_sdk_stands_once_and_is_complete() -> None:
    sdks = load_sdks()
    assert len(read("hongxian.laws", "sdks")["sdk"]) == len(sdks) >= 97
    for sdk in sdks.values():
        assert sdk.name("zh")
        assert sdk.name("en").isascii() or sdk.name("en") == sdk.name("zh")
        assert sdk.company
        assert sdk.function.isascii()
        assert sdk.function_zh
        assert sdk.prefixes or sdk.domains


def test_what_an_sdk_is_said_to_collect_are_known_types() -> None:
    for sdk in load_sdks().values():
        assert set(sdk.info) <= load_types().keys()
        assert len(set(sdk.info)) == len(sdk.info)
        assert sdk.pi == sdk.info


def test_prefixes_and_domains_are_well_formed() -> None:
    for sdk in load_sdks().values():
        assert all(PACKAGE.fullmatch(prefix) for prefix in sdk.prefixes), sdk.key
        assert all(DOMAIN.fullmatch(domain) for domain in sdk.domains), sdk.key
        assert all(re.fullmatch(r"lib[\w-]+\.so", name) for name in sdk.native_libs), sdk.key
        assert sdk.unverified <= set(sdk.prefixes)


def test_no_prefix_belongs_to_two() -> None:
    prefixes = Counter(prefix for sdk in load_sdks().values() for prefix in sdk.prefixes)
    prefixes += Counter(prefix for one in load_libraries().values() for prefix in one.prefixes)
    assert [prefix for prefix, count in prefixes.items() if count > 1] == []


def test_confidence_follows_the_number_of_sources() -> None:
    assert sureness(()) == "M"
    assert sureness(("M",)) == "M"
    assert sureness(("LC",)) == "C"
    assert sureness(("LC", "UD")) == "B"
    sdk = load_sdks()["talkingdata"]
    assert (sdk.info_confidence, sdk.domain_confidence) == ("M", "C")
    assert load_sdks()["getui"].confidence == "B"


def test_every_source_that_is_named_is_explained() -> None:
    named = {
        source
        for sdk in load_sdks().values()
        for source in (*sdk.seen_prefix, *sdk.seen_info, *sdk.seen_domain)
    }
    assert named == load_sources().keys()


@pytest.mark.parametrize(
    ("word", "key"),
    [
        ("getui", "getui"),
        ("个推", "getui"),
        ("com.igexin", "getui"),
        ("pangolin.snssdk.com", "pangle"),
        ("每日互动", "geyan"),
    ],
)
def test_an_sdk_is_found_by_key_name_prefix_domain_or_company(word: str, key: str) -> None:
    assert key in [sdk.key for sdk in find_sdks(word)]


def test_an_unknown_word_is_one_line() -> None:
    with pytest.raises(HongxianError, match="no SDK or party 'zzz'"):
        find_sdks("zzz")
