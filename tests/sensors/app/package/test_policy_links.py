import pytest
from tests.sensors.app.package.makers import M, zipped

from hongxian.sensors.app.package.container import Archive
from hongxian.sensors.app.package.model import PolicyPart, ResourceString
from hongxian.sensors.app.package.policy_links import decoded, from_files, from_strings


def found(name: str, value: str, *links: str) -> list[tuple[str, str | None]]:
    string = ResourceString(name, value, "", "resources.arsc#1", links)
    return [(part.kind, part.url) for part in from_strings([string])]


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("string/url_1", "https://a.com/privacy", [("policy", "https://a.com/privacy")]),
        ("string/privacy_url", "https://a.com/1", [("policy", "https://a.com/1")]),
        ("string/text", "阅读隐私政策：https://a.com/1", [("policy", "https://a.com/1")]),
        (
            "string/text",
            '<a href="https://a.com/1">用户协议</a>和<a href="https://a.com/2">隐私政策</a>',
            [("agreement", "https://a.com/1"), ("policy", "https://a.com/2")],
        ),
        ("string/home", "https://a.com/", []),
        ("string/title", "《隐私政策》", [("mention", None)]),
        ("string/long", "隐私政策 " + "我们收集" * 200, [("policy", None)]),
        ("string/long", "灯" * 900, []),
        ("string/colour", "red", []),
        (
            "string/sentence",
            "请您在使用前仔细阅读并充分理解我们的隐私政策" + "以及与之有关的其他条款" * 3,
            [],
        ),
    ],
)
def test_resource_texts(name: str, value: str, expected: list[tuple[str, str | None]]) -> None:
    assert found(name, value) == expected


def test_links_in_styles_count() -> None:
    link = "https://a.com/privacy"
    assert found("string/agree", "see our terms", link) == [("policy", link)]


def files(*members: M) -> list[PolicyPart]:
    return list(from_files(Archive(zipped(*members), "x.apk", "base.apk!/")))


def test_files_are_found_by_name_and_by_title() -> None:
    parts = files(
        M("assets/privacy_policy.html", "<p>我们收集".encode()),
        M("assets/www/page7.html", "<html><h1>用户协议</h1>".encode("gb18030")),
        M("res/raw/sdk_list.json", b"[]"),
        M("assets/help.html", "怎样开灯".encode()),
        M("assets/privacy.png", b"\x89PNG"),
        M("privacy.txt", b"elsewhere"),
        M("assets/privacy.txt", b""),
    )
    assert [(p.kind, p.locator) for p in parts] == [
        ("policy", "base.apk!/assets/privacy_policy.html"),
        ("agreement", "base.apk!/assets/www/page7.html"),
        ("sdk_list", "base.apk!/res/raw/sdk_list.json"),
    ]
    assert parts[1].text == "<html><h1>用户协议</h1>"


def test_only_the_first_unnamed_files_are_opened() -> None:
    many = [M(f"assets/{i}.html", "隐私政策".encode()) for i in range(100)]
    assert len(files(*many)) == 60


def test_a_file_that_is_too_large_is_told() -> None:
    archive = Archive(zipped(M("assets/privacy.txt", b"x" * (3 << 20))), "x.apk")
    assert list(from_files(archive)) == []
    assert [problem.word for problem in archive.problems] == ["too_large"]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_texts_in_any_encoding(encoding: str) -> None:
    assert decoded("隐私政策".encode(encoding)) == "隐私政策"
