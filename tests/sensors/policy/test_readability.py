import pytest

from hongxian.sensors.policy.findings import Finding
from hongxian.sensors.policy.mentions import Mention
from hongxian.sensors.policy.readability import (
    distribution,
    figures,
    percentile,
    readability_findings,
)
from hongxian.sensors.policy.reading import read_bytes

SHORT = "我们会收集您的手机号码，用于注册账号。"
LONG = "为了向您提供完整的服务" + "，我们还可能会收集您的设备信息" * 6 + "。"


def found(text: str, name: str = "p.txt") -> dict[str, Finding]:
    return {one.item: one for one in readability_findings(read_bytes(name, text.encode()))}


def amounts(text: str, name: str = "p.txt") -> dict[str, float]:
    return {one.item: one.amount for one in figures(read_bytes(name, text.encode()))}


def test_length_reading_time_and_sentences_of_a_chinese_policy() -> None:
    told = amounts("\n".join([SHORT] * 30 + [LONG] * 10))
    assert told["length"] == 40 * (len(SHORT) + 1) - 1 + 10 * (len(LONG) - len(SHORT))
    assert told["reading_time"] == round((30 * 17 + 10 * 95) / 400, 1)
    assert told["sentence_length"] == round((30 * 18 + 10 * 101) / 40, 1)
    assert told["long_sentences"] == 0.25


def test_an_english_policy_is_measured_in_words() -> None:
    one = "We collect your phone number to let you sign in to the app."
    policy = found("\n".join([one] * 20), "p.txt")
    assert (policy["sentence_length"].amount, policy["sentence_length"].unit) == (13, "word")
    assert policy["reading_time"].amount == round(13 * 20 / 230, 1)
    assert policy["long_sentences"].detail == {"above": 35, "of": "word"}
    assert "percentile" not in policy["length"].detail


def test_each_figure_of_a_chinese_policy_stands_beside_the_distribution() -> None:
    policy = found("\n".join([SHORT] * 40))
    assert policy["length"].detail["percentile"] < 10
    assert policy["sentence_length"].detail["percentile"] == 0
    assert policy["long_sentences"].detail == {"above": 80, "of": "character", "percentile": 0}


def test_terms_without_an_explanation_are_counted_for_1000_characters() -> None:
    jargon = found(
        "\n".join([*[SHORT] * 20, "我们通过SDK收集IMEI和imei。", "去标识化是指无法识别。"])
    )
    assert jargon["jargon"].detail["terms"] == ["IMEI", "SDK"]
    assert jargon["jargon"].amount == round(3000 / (20 * (len(SHORT) + 1) + 31), 2)


def test_headings_are_counted_and_hidden_text_is_not_read() -> None:
    page = f"<h2>第一章 总则</h2><p>{SHORT * 20}</p><div hidden><h2>第二章</h2><p>{LONG}</p></div>"
    told = amounts(page, "p.html")
    assert told["length"] == len(SHORT) * 20 + 7
    assert told["headings"] == round(1000 / told["length"], 2)
    assert told["long_sentences"] == 0


def test_mentions_of_pi_are_told_beside_the_length() -> None:
    document = read_bytes("p.txt", "\n".join([SHORT] * 20).encode())
    mentions = [Mention(6, 10, "info", "phone"), Mention(2, 4, "act", "collect")]
    length = readability_findings(document, mentions)[0]
    assert length.detail["pi_mentions"] == 1


def test_a_text_without_a_sentence_has_no_figures() -> None:
    assert figures(read_bytes("p.txt", b"----- 1234 -----")) == []


@pytest.mark.parametrize("heading", ["隐私政策摘要", "【概要】", "一图读懂隐私政策"])
def test_a_summary_before_the_text_is_found(heading: str) -> None:
    text = "\n".join(["隐私政策", heading, *[SHORT] * 20])
    summary = found(text)["summary"]
    assert text[summary.start : summary.end] == heading


def test_a_summary_at_the_end_is_none() -> None:
    assert "summary" not in found("\n".join([*[SHORT] * 20, "摘要"]))
    assert "summary" not in found("\n".join(["这份摘要" + SHORT * 4, SHORT]))
    assert "summary" not in found("\n".join(["我们努力使用简明易懂的表述。", *[SHORT] * 20]))


def test_a_table_of_contents_is_found_by_its_lead_in() -> None:
    lines = ["本政策将帮助您了解以下内容：", "一、收集", "二、使用", "三、共享", *[SHORT] * 20]
    contents = found("\n".join(lines))["contents"]
    assert (contents.start, contents.end) == (0, len(lines[0]))
    assert "contents" not in found("\n".join(["目录", *[SHORT * 5] * 10]))
    assert "contents" not in found("\n".join(["目录", "====", "--", "一、总则", SHORT * 5]))


def test_a_table_of_contents_is_found_by_its_links() -> None:
    names = ["收集与使用", "共享与转让", "您的权利", "联系我们"]
    links = "".join(f"<p><a href='#{n}'>{name}</a></p>" for n, name in enumerate(names))
    page = f"<h1>隐私政策</h1>{links}<p>{SHORT * 20}</p>"
    contents = found(page, "p.html")["contents"]
    assert contents.end - contents.start == len(names[0])


def test_the_shipped_distribution_rises_and_holds_every_figure() -> None:
    items = {"length", "reading_time", "sentence_length", "long_sentences", "jargon", "headings"}
    assert set(distribution()) == items
    for quantiles in distribution().values():
        assert len(quantiles) == 21
        assert quantiles == sorted(quantiles)


def test_a_percentile_tells_how_many_lie_below() -> None:
    quantiles = distribution()["length"]
    assert percentile("length", quantiles[0] - 1) == 0
    assert percentile("length", quantiles[10]) == 50
    assert percentile("length", quantiles[-1] + 1) == 100
    assert percentile("no such figure", 1) is None
