import pytest

from hongxian.sensors.policy.kinds import document_kind, kind_of, kind_of_url, urls_in
from hongxian.sensors.policy.reading import read_bytes


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("《隐私政策》", "policy"),
        ("隐私权保护声明", "policy"),
        ("string/privacy_url", "policy"),
        ("个人信息处理规则", "policy"),
        ("yinsi.html", "policy"),
        ("儿童隐私保护指引", "children"),
        ("第三方SDK共享清单", "sdk_list"),
        ("third_party_sdk_list.html", "sdk_list"),
        ("已收集个人信息清单", "collection_list"),
        ("用户服务协议", "agreement"),
        ("user-agreement", "agreement"),
        ("terms_of_service", "agreement"),
        ("lamp_colour", None),
        ("list_item", None),
        ("collect_list", None),
        ("personal_info_collection_list", "collection_list"),
        ("privacysandbox", None),
    ],
)
def test_names_and_titles(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        ("https://a.com/privacy/zh.html", "policy"),
        ("https://privacy.a.com/", "policy"),
        ("https://a.com/legal/policy", "policy"),
        ("https://a.com/agreement.html", "agreement"),
        ("https://policy.a.com/index", None),
        ("https://a.com/police", None),
        ("https://a.com/protocol.html", "agreement"),
        ("https://a.com/p?page=xieyi", "agreement"),
        ("https://a.com/policyholder", None),
    ],
)
def test_urls(url: str, kind: str | None) -> None:
    assert kind_of_url(url) == kind


@pytest.mark.parametrize(
    ("text", "urls"),
    [
        ("none here", []),
        ("详见https://a.com/p.html。谢谢", ["https://a.com/p.html"]),
        (
            '<a href="http://a.com/p?x=1">p</a> (https://b.com/q).',
            ["http://a.com/p?x=1", "https://b.com/q"],
        ),
        ("https://a.com/1 https://a.com/1", ["https://a.com/1"]),
    ],
)
def test_urls_in_a_text(text: str, urls: list[str]) -> None:
    assert urls_in(text) == urls


@pytest.mark.parametrize(
    ("name", "body", "kind"),
    [
        ("a.html", "<title>示例隐私政策</title><p>正文</p>", "policy"),
        ("a.html", "<h1>第三方SDK清单</h1><p>正文</p>", "sdk_list"),
        ("a.html", "<h1>已收集个人信息清单</h1><p>正文</p>", "collection_list"),
        ("a.html", "<title>隐私政策与第三方SDK清单</title><p>正文</p>", "policy"),
        ("a.html", "<h1>儿童隐私保护指引</h1><p>正文</p>", "children"),
        ("a.html", "<p>用户服务协议</p><p>正文</p>", "agreement"),
        ("sdk_list.html", "<p>正文</p>", "sdk_list"),
        ("a.html", "<p>正文</p>", "policy"),
    ],
)
def test_a_document_is_known_by_title_first_words_or_name(name: str, body: str, kind: str) -> None:
    assert document_kind(read_bytes(name, body.encode())) == kind
