import pytest

from hongxian.sensors.policy.jargon import load_terms, unexplained


def terms(text: str, lang: str = "zh") -> list[str]:
    return [term[0] for term in unexplained(text, lang)]


def test_terms_that_nothing_explains_are_found_at_their_places() -> None:
    text = "我们对数据去标识化，并记录 IMEI。"
    assert [term.span() for term in unexplained(text, "zh")] == [(5, 9), (14, 18)]


@pytest.mark.parametrize("told", [
    "软件开发工具包（即一段可以接入的程序）收集信息。",
    "“去标识化”，是指经过处理后无法识别特定个人。我们会去标识化。",
    "Cookie：网站存放在您设备上的小文件。Cookie可以关闭。",
])  # fmt: skip
def test_a_term_explained_once_counts_nowhere(told: str) -> None:
    assert terms(told) == []


def test_a_bracket_that_only_shortens_a_name_explains_nothing() -> None:
    assert terms("我们的关联公司（以下简称关联方）") == ["关联公司", "关联方"]


def test_latin_terms_stand_as_words_of_their_own() -> None:
    assert terms("CAPITAL 与 MYSDKS 不是术语，SDK 是，第三方SDK也是") == ["SDK", "SDK"]


def test_the_longest_term_is_taken() -> None:
    assert terms("采用非对称加密保护") == ["非对称加密"]


def test_english_policies_have_terms_of_their_own() -> None:
    text = "Affiliates may set cookies. IMEI means the number of a phone."
    assert terms(text, "en") == ["Affiliates", "cookies"]


def test_no_term_stands_twice() -> None:
    rows = load_terms()
    assert len(rows) == len(set(rows)) > 80
    assert {lang for _, lang in rows} == {"zh", "en"}
