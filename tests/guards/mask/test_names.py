from __future__ import annotations

import pytest

from hongxian.guards.mask.names import shown_name, unlike


@pytest.mark.parametrize(
    ("name", "shown"),
    [("张三_13812345678.pdf", "张__138____5678.pdf"), ("李四-简历.docx", "李_-简历.docx"),
     ("deep/13812345678/a.csv", "deep/138____5678/a.csv"), ("2024-01-02.csv", "2024-01-02.csv"),
     ("用户/订单 (2).csv", "用户/订单 (2).csv"),
     ("110101199003078515.png", "1________________5.png"),
     ("app.log.1", "app.log.1"), ("", "")],
    ids=["person", "name", "folder", "date", "words", "id", "log", "empty"],
)  # fmt: skip
def test_only_what_is_personal_in_a_name_is_covered(name: str, shown: str) -> None:
    assert shown_name(name) == shown


def test_two_names_are_never_one() -> None:
    taken: set[str] = set()
    names = [unlike(name, taken) for name in ("a/x.csv", "a/X.csv", "b/x.csv", "a/x.csv", "x")]
    assert names == ["a/x.csv", "a/X-2.csv", "b/x.csv", "a/x-3.csv", "x"]
