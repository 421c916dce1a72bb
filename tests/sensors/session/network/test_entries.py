from __future__ import annotations

import io
import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.sensors.session.network.hars import AT, entry, flows_of, har, words, written

from hongxian.errors import ArtefactError
from hongxian.sensors.session.network import entries as module
from hongxian.sensors.session.network.entries import Entries
from hongxian.sensors.session.network.tally import Tally


def found(data: bytes) -> tuple[list[int], Tally]:
    tally = Tally("x.har")
    return [number for number, _ in Entries(io.BytesIO(data), tally)], tally


def many(count: int) -> list[dict[str, Any]]:
    return [entry(f"https://h{number}.cn/") for number in range(count)]


@pytest.mark.parametrize("indent", [None, 2])
def test_each_entry_comes_out_in_order(indent) -> None:
    flows, unread = flows_of(written(har(*many(50)), indent))
    assert [flow.host for flow in flows] == [f"h{number}.cn" for number in range(50)]
    assert [flow.number for flow in flows] == list(range(50))
    assert not unread


def test_entries_elsewhere_are_not_taken_for_the_list() -> None:
    inner = {"entries": [entry("https://no.cn/")], "log": {"entries": [entry("https://no.cn/")]}}
    data = har(*many(3), pages=[inner], entries_=[entry()], _more=inner)
    flows, _ = flows_of(written({"before": inner, **data, "after": inner}))
    assert [flow.host for flow in flows] == ["h0.cn", "h1.cn", "h2.cn"]


def test_the_list_may_come_before_the_rest() -> None:
    data = {"log": {"entries": many(2), "pages": [{"id": "1"}], "version": "1.2"}}
    flows, unread = flows_of(written(data))
    assert len(flows) == 2
    assert not unread


def test_entries_that_begin_in_many_ways_are_all_found() -> None:
    made = []
    for number in range(60):
        first = {f"_key{number % 12}": [{"request": 1}, {"request": 2}], "_": [{"time": 1}]}
        made.append({**first, **entry(f"https://h{number}.cn/")} if number % 3 else entry())
    flows, unread = flows_of(written(har(*made)))
    assert len(flows) == 60
    assert not unread


def test_a_body_that_looks_like_a_border_is_none() -> None:
    text = written(har(*many(3))).decode()
    made = [entry(), entry(), entry()]
    made[1]["response"]["content"]["text"] = text
    made[2]["_nested"] = [{"a": 1}, {"startedDateTime": AT}, {"request": {}}]
    flows, unread = flows_of(written(har(*made)))
    assert len(flows) == 3
    assert flows[1].response is not None
    assert flows[1].response.body == text.encode()
    assert not unread


@pytest.mark.parametrize("end", [1, 2, 3, 40, 500])
def test_half_a_file_gives_the_entries_before_the_cut(end) -> None:
    whole = written(har(*many(5)))
    flows, unread = flows_of(whole[:-end])
    assert len(flows) == (4 if end > 3 else 5)
    assert words(unread) == [("cut", 1)]


def test_a_cut_before_the_first_entry_is_an_error() -> None:
    with pytest.raises(ArtefactError, match="cut off"):
        flows_of(written(har(*many(5)))[:200])


@pytest.mark.parametrize(
    "broken", ["{'a': 1}", '{"request": {"url": "a"b"}}', '{"request": ]}', "7", '"x"', "[{}]"]
)
def test_a_broken_entry_is_told_and_the_others_are_read(broken) -> None:
    texts = [json.dumps(one) for one in many(6)]
    texts[2] = broken
    flows, unread = flows_of(f'{{"log": {{"entries": [{",".join(texts)}]}}}}'.encode())
    assert [flow.number for flow in flows] == [0, 1, 3, 4, 5]
    assert words(unread) == [("entries", 1)]
    assert unread[0].where == "x.har entry 2"


@pytest.mark.parametrize("torn", ['"', "{", "[", "}", "\\"])
def test_brackets_and_quotes_that_do_not_close_cost_one_entry(torn) -> None:
    texts = [json.dumps(one) for one in many(9)]
    texts[3] = texts[3].replace('"postData"', f'{torn}"postData"')
    flows, unread = flows_of(f'{{"log": {{"entries": [{",".join(texts)}]}}}}'.encode())
    assert {0, 1, 2, 5, 6, 7} <= {flow.number for flow in flows}
    assert len(flows) == 8
    assert "entries" in dict(words(unread))


def test_what_programs_write_against_the_rules_is_read() -> None:
    text = json.dumps(entry()).replace('"time": 1.5', r'"time": NaN, "_half": "\ud83d"')
    raw = text.replace("imei", "im\x01ei").encode().replace(b'"OK"', b'"\xff\xfe"')
    flows, unread = flows_of(b'{"log": {"entries": [' + raw + b"]}}")
    assert len(flows) == 1
    assert not unread


def test_an_entry_that_is_too_large_is_told_and_the_others_are_read(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_ENTRY", 50_000)
    monkeypatch.setattr(module, "_LOOK", 1_000)
    monkeypatch.setattr("hongxian.sensors.session.network.window.CHUNK", 10_000)
    made = many(4)
    made[1]["response"]["content"]["text"] = 'a"}' * 100_000
    numbers, tally = found(written(har(*made)))
    assert numbers == [0, 2, 3]
    assert tally.counts == {"huge": 1}


def test_a_torn_entry_before_a_lot_more_costs_one_entry(monkeypatch) -> None:
    monkeypatch.setattr(module, "MOST_ENTRY", 5_000)
    monkeypatch.setattr("hongxian.sensors.session.network.window.CHUNK", 1_000)
    data = written(har(*many(200))).replace(b'"postData"', b'""postData"', 1)
    numbers, tally = found(data)
    assert numbers == list(range(1, 200))
    assert tally.counts == {"entries": 1}


def test_an_entry_of_nothing_is_told() -> None:
    flows, unread = flows_of(written(har({}, entry(), {}, entry())))
    assert [flow.number for flow in flows] == [1, 3]
    assert words(unread) == [("entries", 2)]


def test_json_that_is_no_har_is_refused() -> None:
    for data in (b"{}", b'{"log": 1}', b'{"log": {"entries": 3}}', b'{"a": {"entries": []}}'):
        with pytest.raises(ArtefactError, match="not a known format"):
            flows_of(data)
    with pytest.raises(ArtefactError, match="damaged"):
        flows_of(b"{nonsense")


def test_a_har_without_entries_is_whole() -> None:
    assert flows_of(written(har())) == ([], [])


@given(st.integers(1, 40), st.integers(0, 3), st.data())
def test_whatever_is_in_the_entries_their_number_holds(size, indent, data) -> None:
    value = st.recursive(st.text(max_size=6) | st.integers(-9, 9), st.lists, max_leaves=9)
    keys = st.sampled_from(["request", "startedDateTime", "entries", "log", "x"])
    made = data.draw(st.lists(st.dictionaries(keys, value, min_size=1), min_size=1, max_size=size))
    numbers, tally = found(json.dumps({"log": {"entries": made}}, indent=indent or None).encode())
    assert numbers == list(range(len(made)))
    assert not tally.counts
