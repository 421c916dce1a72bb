from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.laws.hosts import MAX_HOST, clean_host, is_host, own_domain, owner_of
from hongxian.laws.owners import load_owners
from hongxian.laws.sdks import load_sdks


@pytest.mark.parametrize(
    ("host", "recipient", "owner"),
    [
        ("hm.baidu.com", "baidu_mobstat", "baidu"),
        ("x.hmma.baidu.com", "baidu_mobstat", "baidu"),
        ("www.baidu.com", "baidu", "baidu"),
        ("ulogs.umeng.com", "umeng_analytics", "umeng"),
        ("aspect-upush.umeng.com", "umeng_push", "umeng"),
        ("sis.jpush.io", "jpush", "jiguang"),
        ("sdk.e.qq.com", "gdt", "tencent"),
        ("cgi.qq.com", "tencent", "tencent"),
        ("api-access.pangolin-sdk-toutiao.com", "pangle", "bytedance"),
        ("is.snssdk.com", "bytedance", "bytedance"),
        ("app.adjust.com", "adjust", "adjust"),
        ("graph.facebook.com", "facebook", "meta"),
        ("ocsp.digicert.com", "digicert", "digicert"),
        ("腾讯.中国", "tencent", "tencent"),
    ],
)
def test_the_longest_suffix_tells_sdk_or_company(host: str, recipient: str, owner: str) -> None:
    found = owner_of(host)
    assert found is not None
    assert (found.recipient, found.owner, found.hosting) == (recipient, owner, False)
    assert found.party == found.company
    assert found.country == load_owners()[owner].country


@pytest.mark.parametrize(
    ("host", "owner"),
    [
        ("bucket.oss-cn-hangzhou.aliyuncs.com", "alibaba_cloud"),
        ("app-1250000000.cos.ap-guangzhou.myqcloud.com", "tencent_cloud"),
        ("d111111abcdef8.cloudfront.net", "aws"), ("s3.amazonaws.com", "aws"),
        ("my-app.herokuapp.com", "heroku"), ("me.github.io", "microsoft"),
        ("a.b.akamaiedge.net", "akamai"), ("cdn.example.com.w.kunlunca.com", "alibaba_cloud"),
        ("my-app.firebaseio.com", "google"), ("x.workers.dev", "cloudflare"),
    ],
)  # fmt: skip
def test_a_customer_of_a_cloud_stays_unknown(host: str, owner: str) -> None:
    found = owner_of(host)
    assert found is not None
    assert found.hosting
    assert (found.recipient, found.party) == ("unknown", None)
    assert (found.key, found.owner) == (owner, owner)
    assert found.company


def test_a_company_s_own_name_below_a_cdn_is_its_own() -> None:
    found = owner_of("1-courier.push-apple.com.akadns.net")
    assert found is not None
    assert (found.recipient, found.hosting) == ("apple", False)


@pytest.mark.parametrize(
    "host",
    ["", ".", "com", "com.cn", "localhost", "nobody.example-corp.cn", "8.8.8.8",
     "[2001:db8::1]:443", "a..baidu.com", ".baidu.com", "baidu.com..", "-.baidu.com",
     "baidu.com:http", "baidu.com:80:80", "x" * 64 + ".baidu.com", "notbaidu.com",
     "baidu.com.evil.cn", "http://baidu.com", "[baidu.com]",
     "b aidu.com", "\ud800.com", "。", "a." * 200 + "baidu.com"],
)  # fmt: skip
def test_nobody_is_known_behind(host: str) -> None:
    assert owner_of(host) is None


@pytest.mark.parametrize(
    "host",
    ["WWW.BAIDU.COM", "www.baidu.com.", "www.baidu.com:443", " www.baidu.com\n",
     "www.baidu.com.:8080",
     "ｗｗｗ.baidu.com", "www。baidu。com", "www.baidu.com:"],
)  # fmt: skip
def test_a_host_may_be_written_in_many_ways(host: str) -> None:
    found = owner_of(host)
    assert found is not None
    assert (found.host, found.suffix, found.key) == ("www.baidu.com", "baidu.com", "baidu")


@pytest.mark.parametrize(
    ("host", "clean"),
    [
        ("[2001:DB8:0::1]:443", "2001:db8::1"), ("2001:db8::1", "2001:db8::1"),
        ("10.0.0.1:80", "10.0.0.1"), ("_dmarc.qq.com", "_dmarc.qq.com"), ("localhost", "localhost"),
        ("[::1", None), ("[::1]x", None), ("[1.2.3.4]", None), ("::zz", None),
    ],
)  # fmt: skip
def test_addresses_lose_brackets_and_port(host: str, clean: str | None) -> None:
    assert clean_host(host) == clean


def test_confidence_and_sources_are_those_of_the_domain() -> None:
    qq, memory = owner_of("www.qq.com"), owner_of("sankuai.com")
    assert qq is not None
    assert (qq.confidence, qq.seen) == ("B", ("DL", "TP"))
    assert memory is not None
    assert (memory.confidence, memory.seen) == ("M", ())
    sdk = owner_of("talkingdata.com")
    assert sdk is not None
    assert sdk.seen == load_sdks()["talkingdata"].seen_domain


def test_names_come_in_both_languages() -> None:
    found = owner_of("hm.baidu.com")
    assert found is not None
    assert (found.name("zh"), found.name("en")) == ("百度移动统计", "Baidu Mobile Statistics")
    assert found.company == "北京百度网讯科技有限公司"


def test_the_user_s_word_comes_before_the_table() -> None:
    says = {
        "Log.Example.cn.": "tencent", "sdk.example.cn": "jpush", "data.qq.com": "某公司",
        "pay.example.cn": "北京三快科技有限公司", "qq.com": "first_party",
        "203.0.113.7": "测试 公司",
        "a.oss-cn-hangzhou.aliyuncs.com": "first_party",
    }  # fmt: skip

    def key(host: str) -> str | None:
        found = owner_of(host, says)
        assert found is None or (found.told and found.confidence is None and not found.hosting)
        return found.recipient if found else None

    assert key("x.log.example.cn") == "tencent"
    assert key("sdk.example.cn") == "jpush"
    assert key("x.data.qq.com") == "named:某公司"
    assert key("www.qq.com") == "first_party"
    assert key("pay.example.cn") == "meituan"
    assert key("203.0.113.7:8080") == "named:测试 公司"
    assert key("a.oss-cn-hangzhou.aliyuncs.com") == "first_party"
    assert key("1.203.0.113") is None
    sdk = owner_of("sdk.example.cn", says)
    assert sdk is not None
    assert (sdk.sdk, sdk.owner, sdk.suffix, sdk.seen) == ("jpush", "jiguang", "sdk.example.cn", ())


def test_a_registry_s_suffix_gives_nobody_all_of_a_country() -> None:
    assert owner_of("shop.example.cn", {"cn": "tencent", "com.cn": "tencent"}) is None
    assert owner_of("shop.example.com.cn", {"com.cn": "tencent"}, ["com.cn", "cn"]) is None


def test_own_domains_are_the_first_party() -> None:
    found = owner_of("api.shop.example.cn", own=["", "Example.cn"])
    assert found is not None
    assert found.first_party
    assert (found.recipient, found.suffix, found.company) == ("first_party", "example.cn", None)
    other = owner_of("hm.baidu.com", own=["example.cn"])
    assert other is not None
    assert not other.first_party


def test_an_owner_that_is_the_operator_has_its_domains_but_not_its_customers() -> None:
    own = ["alibaba", "alibaba_cloud"]
    mine, customer = owner_of("m.taobao.com", own=own), owner_of("b.aliyuncs.com", own=own)
    assert mine is not None
    assert mine.first_party
    assert mine.company == "阿里巴巴"
    assert customer is not None
    assert customer.recipient == "unknown"


def test_own_domains_may_be_any_iterable() -> None:
    found = owner_of("api.example.cn", own=(one for one in ["example.cn"]))
    assert found is not None
    assert found.first_party


@pytest.mark.parametrize(
    ("host", "own"),
    [
        ("www.shop.com.cn", "shop.com.cn"), ("shop.cn", "shop.cn"), ("docs.qq.com", "docs.qq.com"),
        ("me.github.io", "me.github.io"),
        ("x.oss-cn-beijing.aliyuncs.com", "x.oss-cn-beijing.aliyuncs.com"),
        ("203.0.113.7", "203.0.113.7"), ("com.cn", "com.cn"), ("..", None),
    ],
)  # fmt: skip
def test_a_page_on_somebody_s_platform_makes_nobody_the_platform_s_owner(
    host: str, own: str | None
) -> None:
    assert own_domain(host) == own


def test_words_that_are_hosts() -> None:
    assert is_host("www.baidu.com")
    assert is_host("8.8.8.8")
    assert is_host("[::1]")
    assert not is_host("com.qq.e")
    assert not is_host("localhost")
    assert not is_host("个推")


@given(st.text(max_size=300))
def test_any_text_is_answered(text: str) -> None:
    clean = clean_host(text)
    found = owner_of(text, {"example.cn": "tencent"}, ["example.com"])
    assert found is None or clean == found.host
    if clean is not None:
        assert clean.isascii()
        assert clean == clean.lower()
        assert len(clean) <= MAX_HOST
        assert clean_host(clean) == clean


KNOWN = st.sampled_from(
    [one.suffix for owner in load_owners().values() for one in owner.domains]
    + [domain for sdk in load_sdks().values() for domain in sdk.domains]
)
LABELS = st.lists(st.from_regex(r"[a-z0-9]([a-z0-9-]{0,8}[a-z0-9])?", fullmatch=True), max_size=3)


@given(KNOWN, LABELS, st.sampled_from(["", ".", ":443"]))
def test_whatever_stands_below_a_domain_is_its_owner_s_or_told_apart(
    domain: str, below: list[str], tail: str
) -> None:
    found = owner_of(".".join([*below, domain]).upper() + tail)
    assert found is not None
    assert found.suffix == domain or found.suffix.endswith(f".{domain}")


@given(KNOWN, st.from_regex(r"[a-z0-9]{1,8}", fullmatch=True))
def test_a_name_that_only_ends_alike_is_another_s(domain: str, before: str) -> None:
    found = owner_of(before + domain)
    assert found is None or found.suffix != domain
    assert found is None or re.search(rf"(^|\.){re.escape(found.suffix)}$", before + domain)
