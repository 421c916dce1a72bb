from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.traffic.templates import OTHER, Templates, names_record, template


@pytest.mark.parametrize(("path", "name", "ids"), [
    ("/users/42/orders", "/users/{id}/orders", ("42",)),
    ("/u/3f2504e0-4f89-11d3-9a0c-0305e82c3301", "/u/{id}",
     ("3f2504e0-4f89-11d3-9a0c-0305e82c3301",)),
    ("/by-phone/+8613800138000", "/by-phone/{id}", ("+8613800138000",)),
    ("/by-mail/a%40b.cn", "/by-mail/{id}", ("a@b.cn",)),
    ("/static/app.css", "/static/app.css", ()), ("", "/", ()), ("/", "/", ()),
    ("/v1/health", "/v1/health", ()), ("/orders/SO-20991", "/orders/{id}", ("SO-20991",)),
])  # fmt: skip
def test_what_differs_from_record_to_record_becomes_a_place(
    path: str, name: str, ids: tuple[str, ...]
) -> None:
    assert template(path) == (name, ids)


def test_years_and_pages_name_no_record() -> None:
    assert [one for one in ("2013", "7", "12", "20991", "abc") if names_record(one)] == ["20991"]


def test_paths_that_somebody_makes_up_take_no_memory() -> None:
    some = Templates(most=2)
    assert [some.of(path)[0] for path in ("/a", "/b", "/c", "/a")] == ["/a", "/b", OTHER, "/a"]


@given(st.text(max_size=300))
def test_any_path_has_a_template(path: str) -> None:
    name, found = template(path)
    assert name
    assert name.count("{id}") >= len(found)
