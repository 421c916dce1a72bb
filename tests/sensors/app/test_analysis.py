from __future__ import annotations

import pytest
from tests.sensors.app.conftest import SAMPLES

from hongxian.sensors.app.analysis import Analysis, analyse
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.package import open_package


def read(name: str) -> Analysis:
    with open_package(SAMPLES / f"{name}.apk") as package:
        catalogue = load_catalogue(package.manifest.target_sdk)
        return analyse(package.dex(), package.manifest, catalogue, catalogue.gate_words())


@pytest.fixture(scope="module")
def lantern_code() -> Analysis:
    return read("lantern")


def site(analysis: Analysis, key: str) -> int:
    return next(row for row, place in analysis.sites if analysis.catalogue.apis[place].key == key)


def test_what_runs_at_the_start_is_before_the_prompt(lantern_code: Analysis) -> None:
    row = site(lantern_code, "telephony.imei")
    assert lantern_code.when(row) == "before_prompt"
    path = lantern_code.path(row, "before_prompt")
    assert lantern_code.kinds[path[0]] == "application"
    reasons = lantern_code.reasons(path, "before_prompt")
    assert len(reasons) == len(path) - 1
    assert "calls" in reasons


def test_what_a_page_can_call_is_reached_some_time(lantern_code: Analysis) -> None:
    row = site(lantern_code, "telephony.line1")
    assert lantern_code.when(row) == "unknown"
    (bridge,) = lantern_code.path(row, "unknown")
    assert lantern_code.kinds[bridge] == "bridge"
    assert "addJavascriptInterface" in lantern_code.program.method_name(
        int(lantern_code.program.row_target[lantern_code.bridges[bridge]])
    )


def test_an_implicit_edge_is_named_by_its_key(lantern_code: Analysis) -> None:
    row = site(lantern_code, "network.mac")
    path = lantern_code.path(row, "before_prompt")
    assert lantern_code.reasons(path, "before_prompt")[-1] == "executor"


def test_the_clean_twin_reads_nothing_before_consent() -> None:
    clean = read("lantern_clean")
    reading = [r for r, p in clean.sites if clean.catalogue.apis[p].info]
    assert reading
    assert [clean.program.locate(r) for r in reading if clean.when(r) == "before_prompt"] == []
    assert any(clean.when(row) == "unknown" for row in reading)
    assert clean.closed.any()
