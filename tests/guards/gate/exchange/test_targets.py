from __future__ import annotations

import pytest

from hongxian.guards.gate.exchange.targets import canonical


@pytest.mark.parametrize(("target", "plain"), [
    ("/a/b?c=%2F", "/a/b?c=%2F"), ("//a//b/", "/a/b/"), ("/a/./b/../c", "/a/c"), ("/%61%2f", "/a/"),
    ("/%E4%B8%AD", "/%E4%B8%AD"), ("/a\\b", "/a/b"), ("http://x/a//b", "/a/b"), ("/..", "/"),
    ("/a;x=1/b;y", "/a/b"), ("*", "/*"), ("/a%20b", "/a%20b"), ("", "/"),
])  # fmt: skip
def test_rules_are_not_evaded_by_other_spellings(target: str, plain: str) -> None:
    assert canonical(target) == plain
