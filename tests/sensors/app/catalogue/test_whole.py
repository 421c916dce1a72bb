from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.graph.hierarchy import Hierarchy
from hongxian.sensors.app.graph.sites import find_sites

if TYPE_CHECKING:
    from hongxian.sensors.app.dex.program import Program

CATALOGUE = load_catalogue()


def test_what_is_searched_stands_at_the_place_of_its_row() -> None:
    assert [want.key for want in CATALOGUE.wanted] == [api.key for api in CATALOGUE.apis]
    assert CATALOGUE.permission_uses
    assert CATALOGUE.gate_words().subject


def test_old_apps_get_more_broadcasts() -> None:
    assert CATALOGUE.lifecycle.broadcasts < load_catalogue(19).lifecycle.broadcasts


def test_the_calls_of_the_sample_are_found(lantern: Program) -> None:
    hierarchy = Hierarchy(lantern, CATALOGUE.platform_types)
    sites = find_sites(hierarchy, CATALOGUE.wanted)
    keys = {CATALOGUE.apis[place].key for _, place in sites}
    assert {
        "telephony.imei", "settings.android_id", "oaid.msa.helper", "network.mac", "sms.provider",
        "contacts.contacts", "clipboard.read", "apps.packages", "reflection.class",
    } <= keys  # fmt: skip
    assert np.all(np.diff([row for row, _ in sites]) >= 0)
