from __future__ import annotations

import pickle

import pytest

from hongxian.sensors.traffic import hashed as module
from hongxian.sensors.traffic.hashed import NOWHERE, Hashed

RULES = Hashed((
    ("POST /plain", None), ("POST /match", "basic.phone"), ("* /u/*", "basic.email"),
    ("POST /*", "device.imei"),
))  # fmt: skip


@pytest.mark.parametrize(("method", "template", "path", "info"), [
    ("POST", "/match", "/match", "basic.phone"),
    ("POST", "/plain", "/plain", None),
    ("GET", "/u/{id}", "/u/7", "basic.email"),
    ("POST", "/x", "/x", "device.imei"),
    ("GET", "/x", "/x", None),
    ("GET", "/{id}", "/u/7", "basic.email"),
])  # fmt: skip
def test_the_first_pattern_that_names_an_endpoint_or_its_path_counts(
    method: str, template: str, path: str, info: str | None
) -> None:
    assert [RULES.of(method, template, path) for _ in range(2)] == [info, info]


def test_without_rules_digests_stand_for_nothing() -> None:
    assert not NOWHERE
    assert not Hashed((("POST /plain", None),))
    assert RULES
    assert NOWHERE.of("POST", "/match", "/match") is None


def test_other_processes_can_have_it_and_memory_is_bounded(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_MOST_KNOWN", 2)
    other = pickle.loads(pickle.dumps(RULES))
    assert other == RULES
    found = [other.of("POST", f"/x{n}", f"/x{n}") for n in range(5)]
    assert found == ["device.imei"] * 5
    assert len(other._known) <= 2
