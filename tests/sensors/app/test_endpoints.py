from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.app.endpoints import (
    Endpoint,
    find_endpoints,
    find_in_buffer,
    find_in_dex,
)

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program


def one(text: str) -> Endpoint | None:
    found = find_endpoints([(text, "here")])
    assert len(found) <= 1
    return found[0] if found else None


def hosts(*texts: str) -> set[str]:
    return {e.host for e in find_endpoints((text, "here") for text in texts)}


def test_a_url_gives_host_party_and_place() -> None:
    found = one("https://ulogs.umeng.com/unify_logs")
    assert found == Endpoint(
        host="ulogs.umeng.com", url="https://ulogs.umeng.com/unify_logs", cleartext=False,
        locator="here", recipient="umeng_analytics", party=found.party if found else None,
        hosted_by=None,
    )  # fmt: skip
    assert found.party


def test_a_cloud_s_customer_is_unknown_and_the_cloud_is_told() -> None:
    found = one("https://bucket.oss-cn-hangzhou.aliyuncs.com/up")
    assert found is not None
    assert (found.recipient, found.party, found.hosted_by) == ("unknown", None, "alibaba_cloud")


def test_a_domain_of_a_company_has_the_company_as_recipient() -> None:
    found = one("https://www.baidu.com/")
    assert found is not None
    assert (found.recipient, found.party) == ("baidu", "北京百度网讯科技有限公司")


@pytest.mark.parametrize(
    "text",
    [
        "http://127.0.0.1:8080/x", "http://localhost:9000/", "http://10.0.2.2/api", "http://0.0.0.0/",
        "http://192.168.1.8/", "http://239.255.255.250:1900/", "http://169.254.169.254/meta",
        "http://schemas.android.com/apk/res/android", "http://www.w3.org/2000/svg",
        "http://xml.org/sax/features/", "http://apache.org/xml/features/dom",
    ],
)  # fmt: skip
def test_nothing_is_sent_to_the_device_itself_or_to_the_name_of_a_schema(text: str) -> None:
    assert one(text) is None


def test_an_address_of_somebody_is_an_endpoint() -> None:
    found = one("http://47.95.10.20:8080/up")
    assert found is not None
    assert found.cleartext


def test_an_unknown_owner_stays_unknown() -> None:
    found = one("https://collect.some-company.cn/v1")
    assert found is not None
    assert (found.recipient, found.party, found.hosted_by) == ("unknown", None, None)


@pytest.mark.parametrize(
    ("text", "url"),
    [
        ("https://a.company.cn/p?phone=13800000000#x", "https://a.company.cn/p"),
        ("https://me:secret@a.company.cn:8443/p", "https://a.company.cn:8443/p"),
        ("https://me:sec@ret.secret.cn@a.company.cn/p", "https://a.company.cn/p"),
        ("https://a.company.cn/p;jsessionid=1234", "https://a.company.cn/p"),
        ("https://a.company.cn/u/me@mail.com/x", "https://a.company.cn/u/"),
        ("https://a.company.cn/v2/13800000000/x", "https://a.company.cn/v2/"),
        ("https://a.company.cn/v2/%E6%9D%8E", "https://a.company.cn/v2/"),
        ("see http://A.Company.CN. Thanks", "http://a.company.cn"),
    ],
)
def test_no_query_no_user_no_session_is_kept(text: str, url: str) -> None:
    found = one(text)
    assert found is not None
    assert found.url == url
    for private in ("13800000000", "secret", "1234", "mail.com"):
        assert private not in str(found)


@pytest.mark.parametrize(
    ("text", "clear"),
    [
        ("http://a.company.cn", True), ("ws://a.company.cn/s", True), ("wss://a.company.cn", False),
        ("https://a.company.cn", False), ("a.company.cn", False),
    ],
)  # fmt: skip
def test_cleartext_is_marked(text: str, clear: bool) -> None:
    found = one(text)
    assert found is not None
    assert found.cleartext is clear


def test_a_host_is_told_once_per_transport() -> None:
    texts = ["http://a.company.cn/1", "http://a.company.cn/2", "https://a.company.cn/3"]
    assert len(find_endpoints((text, "here") for text in texts)) == 2


@pytest.mark.parametrize(
    "text",
    [
        "http://schemas.android.com/apk/res/android", "http://www.w3.org/2000/svg",
        "http://www.apache.org/licenses/LICENSE-2.0", "https://example.com/x",
        "See https://github.com/some/project/issues/1", "https://%s/path", "http://", "http:///x",
        "https://localhost:8080", "content://sms/inbox", "file:///android_asset/a.html",
        "market://details?id=x", "jdbc:sqlite://x", "https://nosuchtld.invalidtld/", "://a.com",
        "https://a_b", "https://" + "a" * 64 + ".com", "no address at all.",
    ],
)  # fmt: skip
def test_names_that_are_no_addresses(text: str) -> None:
    assert one(text) is None


def test_bare_hosts() -> None:
    assert hosts("api.company.com", "log.company.com.cn", "push.company.net", "mq.company.cn:1883",
                 " cdn.company.top ") == {
        "api.company.com", "log.company.com.cn", "push.company.net", "mq.company.cn",
        "cdn.company.top",
    }  # fmt: skip


@pytest.mark.parametrize(
    "text",
    ["com.example.app", "android.app", "java.util.list", "device.info", "config.json", "user.me",
     "ro.product.cn", "cn.jpush.android.api.com", "1.2.3", "a.b", "hello world.com", "tbs.org"],
)  # fmt: skip
def test_words_with_dots_that_are_no_hosts(text: str) -> None:
    assert one(text) is None


@pytest.mark.parametrize(
    ("text", "is_host"),
    [
        ("8.8.8.8", True), ("114.114.114.114", True), ("223.5.5.5", True), ("1.2.3.4", False),
        ("10.0.0.2", False), ("192.168.1.1", False), ("127.0.0.1", False), ("0.0.0.0", False),
        ("224.0.0.251", False), ("120.27.0.0", False), ("999.1.1.1", False), ("4.1.0.15", False),
        ("http://10.0.0.2/x", False), ("http://999.1.1.1/x", False),
    ],
)  # fmt: skip
def test_ip_addresses_are_no_versions(text: str, is_host: bool) -> None:
    assert (one(text) is not None) is is_host


def test_a_bare_name_with_an_ending_of_code_counts_when_an_sdk_has_it() -> None:
    assert hosts("id6.me") == {"id6.me"}
    assert hosts("t.me", "run.app") == set()


def test_the_strings_of_a_buffer_are_found_with_their_places() -> None:
    texts = [b"\x05http://a.company.cn/x?y=1", b"\x05log.company.com", b"\x058.8.8.8", b"\x05abc"]
    buffer, starts = b"junk.com\0", []
    for text in texts:
        starts.append(len(buffer) + 1)
        buffer += text + b"\0"
    found = {e.host: e for e in find_in_buffer(buffer, np.array(starts, dtype=np.int64), "a.dex")}
    assert set(found) == {"a.company.cn", "log.company.com", "8.8.8.8"}
    assert found["log.company.com"].locator == f"a.dex string at 0x{starts[1]:x}"
    assert found["a.company.cn"].locator == f"a.dex string at 0x{starts[0]:x}"
    assert "y=1" not in str(found)


def test_a_buffer_may_end_without_a_zero() -> None:
    buffer = b"\x05https://a.company.cn"
    found = find_in_buffer(buffer, np.array([1], dtype=np.int64), "a.dex")
    assert [e.host for e in found] == ["a.company.cn"]


def test_the_hosts_of_the_sample(lantern: Program) -> None:
    found = {e.host: e for e in find_in_dex(lantern.dexes[0])}
    assert found["hmma.baidu.com"].recipient == "baidu_mobstat"
    assert found["collect.hongxian-lantern.cn"].cleartext
    assert found["203.0.113.7"].url == "http://203.0.113.7:8080/partner"


def test_a_dex_without_strings_has_no_hosts(lantern: Program) -> None:
    empty = replace(lantern.dexes[0], strings=np.zeros(0, dtype=np.int64))
    assert find_in_dex(empty) == []


@pytest.mark.parametrize(
    "text",
    [
        "见https://a.company.cn。", "请访问https://a.company.cn，谢谢", "(https://a.company.cn)",
        "'https://a.company.cn'", "https://a.company.cn,", "https://a.company.cn%s",
        "https://a.company.cn{path}", "<a href=https://a.company.cn>",
    ],
)  # fmt: skip
def test_a_host_ends_where_the_text_goes_on(text: str) -> None:
    assert hosts(text) == {"a.company.cn"}


@pytest.mark.parametrize(
    "text", ["https://cdn.foo%s/", "https://{env}.company.cn/", "https://api.company.{env}.cn/"]
)
def test_a_host_that_a_program_fills_in_is_not_told(text: str) -> None:
    assert hosts(text) == set()


def test_urls_one_behind_the_other_are_all_found() -> None:
    assert hosts("http://a.company.cn,http://b.company.cn") == {"a.company.cn", "b.company.cn"}


WORDS = st.text(st.characters(codec="utf-8"), max_size=30)
PIECES = st.sampled_from(
    ["http://", "https://", "://", "@", "/", "?", "#", ":", ".", "a.company.cn", "%", "8.8.8.8",
     "13800138000", "张三", "xn--", ".com", "，", "\\", "[", "\0"]
)  # fmt: skip


@given(st.lists(WORDS | PIECES, max_size=12))
def test_whatever_the_text_no_private_part_is_kept(pieces: list[str]) -> None:
    for found in find_endpoints([("".join(pieces), "here")]):
        assert found.host.isascii()
        assert found.host == found.host.lower()
        if found.url is not None:
            scheme, _, rest = found.url.partition("://")
            host, _, path = rest.partition("/")
            assert scheme.isalpha()
            assert host.partition(":")[0] == found.host
            assert not set(path) & set("?#@%;\"'<> ")
            assert "13800138000" not in path


@given(WORDS, st.from_regex(r"[a-z0-9._~!$&'*+=:-]{1,20}", fullmatch=True), WORDS)
def test_a_url_is_found_in_any_text_without_its_secrets(
    before: str, secret: str, after: str
) -> None:
    secret = f"s3cret{secret}"
    text = f"{before} https://{secret}@a.company.cn/p?{secret}#{secret}"
    found = {e.host: e for e in find_endpoints([(f"{text} {after}", "here")])}
    assert found["a.company.cn"].url == "https://a.company.cn/p"
    assert "s3cret" not in str(found)


@given(st.binary(max_size=200), st.lists(st.integers(0, 199), min_size=1, max_size=5))
def test_any_bytes_can_be_searched(data: bytes, starts: list[int]) -> None:
    places = np.array(sorted({min(at, len(data)) for at in starts}), dtype=np.int64)
    buffer = data + b" https://a.company.cn\0"
    found = find_in_buffer(buffer, np.unique(np.append(places, len(data))), "a.dex")
    assert "a.company.cn" in {e.host for e in found}
