from __future__ import annotations

import re
from collections import Counter

import pytest

from hongxian.laws.owners import (
    Domain,
    Owner,
    family,
    find_owners,
    load_kinds,
    load_owners,
    load_sources,
    named,
    without_sdk,
)
from hongxian.laws.sdks import load_sdks
from hongxian.laws.suffixes import has_suffix, is_registry
from hongxian.sensors.policy.lexicon.terms import read_rows

DOMAIN = re.compile(r"[a-z0-9-]+(\.[a-z0-9-]+)+")


def suffixes() -> list[tuple[str, str]]:
    """Return each domain of both lists with its owner's key."""
    sdks = [(name, family(sdk.key)) for sdk in load_sdks().values() for name in sdk.domains]
    owners = load_owners().values()
    return sdks + [(one.suffix, owner.key) for owner in owners for one in owner.domains]


def test_three_hundred_owners_and_more_are_known_here_and_abroad() -> None:
    owners = load_owners().values()
    assert len(owners) >= 650
    assert sum(owner.country == "CN" for owner in owners) >= 300
    assert sum(owner.country != "CN" for owner in owners) >= 300


def test_every_owner_is_complete() -> None:
    for key, owner in load_owners().items():
        assert re.fullmatch(r"[a-z0-9_]+", key)
        assert owner.name("zh")
        assert owner.name("en").isascii(), key
        assert re.fullmatch(r"[A-Z]{2}", owner.country), key
        assert owner.kinds, key
        assert owner.domains, key
        assert owner.company


def test_what_owners_do_is_worded_in_both_languages() -> None:
    used = {kind for owner in load_owners().values() for kind in owner.kinds}
    assert used == load_kinds().keys()
    for words in load_kinds().values():
        assert words["zh"]
        assert words["en"].isascii()


def test_every_domain_can_be_registered_and_is_no_registry_s() -> None:
    for suffix, owner in suffixes():
        assert DOMAIN.fullmatch(suffix), (suffix, owner)
        assert has_suffix(suffix), (suffix, owner)
        assert not is_registry(suffix), (suffix, owner)


def test_no_domain_stands_twice_not_even_as_an_sdk_s() -> None:
    counted = Counter(suffix for suffix, _ in suffixes())
    assert [suffix for suffix, count in counted.items() if count > 1] == []


def test_no_domain_only_repeats_what_one_above_it_tells() -> None:
    for owner in load_owners().values():
        mine = {(one.suffix, one.tenants) for one in owner.domains}
        known = dict(suffixes())
        for one in owner.domains:
            above = one.suffix.partition(".")[2]
            while "." in above and above not in known:
                above = above.partition(".")[2]
            assert (above, one.tenants) not in mine, (owner.key, one.suffix)


def test_every_source_is_explained_and_none_stands_twice() -> None:
    for owner in load_owners().values():
        for one in owner.domains:
            assert set(one.seen) <= load_sources().keys(), one
            assert len(set(one.seen)) == len(one.seen), one


def test_what_nothing_but_memory_gives_is_unverified() -> None:
    assert Domain(suffix="a.cn", tenants=False, seen=()).confidence == "M"
    assert Domain(suffix="a.cn", tenants=False, seen=("DL",)).confidence == "C"
    assert Domain(suffix="a.cn", tenants=False, seen=("DL", "TP")).confidence == "B"


def test_an_owner_is_as_sure_as_its_surest_domain() -> None:
    doubtful = Domain(suffix="a.cn", tenants=False, seen=())
    seen = Domain(suffix="b.cn", tenants=True, seen=("DL",))
    owner = Owner(
        key="a", zh="甲", en="A", country="CN", kinds=("ads",), companies=(),
        domains=(doubtful, seen),
    )  # fmt: skip
    assert owner.confidence == "C"
    assert owner.company == "甲"


def test_every_sdk_has_an_owner_that_is_the_company_behind_it() -> None:
    for sdk in load_sdks().values():
        assert sdk.company in load_owners()[family(sdk.key)].companies, sdk.key


def test_a_key_means_one_party_in_both_lists() -> None:
    for key in load_owners().keys() & load_sdks().keys():
        assert family(key) == key


def test_a_legal_name_is_one_owner_s() -> None:
    counted = Counter(name for owner in load_owners().values() for name in owner.companies)
    assert [name for name, count in counted.items() if count > 1] == []


@pytest.mark.parametrize(
    ("key", "owner"),
    [
        ("jpush", "jiguang"), ("jverify", "jiguang"), ("gdt", "tencent"), ("tpns", "tencent_cloud"),
        ("google_ads", "google"), ("firebase", "google"), ("tencent", "tencent"),
        ("third_party", "third_party"),
    ],
)  # fmt: skip
def test_sdks_of_one_company_are_one_party(key: str, owner: str) -> None:
    assert family(key) == owner


@pytest.mark.parametrize(
    "name", ["meituan", "美团", "Meituan", "北京三快科技有限公司", "北京三快科技 有限公司"]
)
def test_an_owner_goes_by_any_of_its_names(name: str) -> None:
    owner = named(name)
    assert owner is not None
    assert owner.key == "meituan"


def test_a_name_is_no_sdk_s_where_the_company_has_some() -> None:
    assert without_sdk("美团") == "meituan"
    assert without_sdk("深圳市腾讯计算机系统有限公司") is None
    assert without_sdk("没有这家公司") is None


def test_every_party_that_policies_name_by_key_has_an_owner() -> None:
    general = {
        "first_party", "third_party", "person", "affiliate", "authority", "other_users"
    }  # fmt: skip
    keys = {row[2] for row in read_rows("parties")} - general
    assert keys
    assert {family(key) for key in keys} <= load_owners().keys()


def test_brackets_of_either_width_are_the_same_name() -> None:
    assert named("支付宝（中国）网络技术有限公司") == named("支付宝(中国)网络技术有限公司")
    assert named("支付宝（中国）网络技术有限公司") is not None
    assert named("没有这家公司") is None


def test_owners_are_found_by_a_part_of_name_company_or_domain() -> None:
    assert "alibaba" in [owner.key for owner in find_owners("taobao")]
    assert "meituan" in [owner.key for owner in find_owners("三快")]
    assert find_owners("zzz-nobody") == []
