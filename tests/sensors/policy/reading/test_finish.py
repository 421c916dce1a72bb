import hashlib

import pytest

from hongxian.sensors.policy.reading import read_bytes

CLAUSE = "我们会收集您的手机号码，用于注册账号。" * 12
SHELL = "<html><head><title>隐私政策</title></head><body>{}</body></html>"


def shell(body: str) -> str | None:
    return read_bytes("p.html", SHELL.format(body).encode()).shell


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (f"<p>{CLAUSE}</p><script src=a.js></script>", None),
        ("<div id=app></div><script src=a.js></script>", "script"),
        (
            "<noscript>请启用 JavaScript</noscript><div id=root></div><script>go()</script>",
            "script",
        ),
        ("<div id=app></div><img src=logo.png><script src=a.js></script>", "script"),
        ("<img src=1.jpg><img src=2.jpg>", "image"),
        ("<img src=1.jpg><script src=tongji.js></script>", "image"),
        ("<p>页面不存在</p>", "short"),
    ],
)
def test_a_page_without_the_text_of_a_policy_says_why(body: str, why: str | None) -> None:
    assert shell(body) == why


def test_an_english_policy_is_not_short() -> None:
    text = "We collect your phone number to let you sign in. " * 10
    assert read_bytes("p.txt", text.encode()).shell is None


def test_the_title_is_the_page_s_own_else_the_first_heading() -> None:
    page = f"<title> 青禾\n隐私政策 </title><h1>总则</h1><p>{CLAUSE}</p>"
    assert read_bytes("p.html", page.encode()).title == "青禾 隐私政策"
    page = f"<title></title><h1>总则</h1><p>{CLAUSE}</p>"
    assert read_bytes("p.html", page.encode()).title == "总则"
    assert read_bytes("p.txt", CLAUSE.encode()).title is None


def test_a_document_knows_its_file_and_counts() -> None:
    data = f"<p>{CLAUSE}</p><p><img src=a><img src=b></p>".encode()
    document = read_bytes("p.html", data)
    assert document.sha256 == hashlib.sha256(data).hexdigest()
    assert document.images == 2
    assert document.han == 17 * 12
