from __future__ import annotations

import pytest

from hongxian.errors import HongxianError
from hongxian.info.maps import MATCHES, VOCABULARIES, load_map, load_vocabulary
from hongxian.info.types import load_types


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_every_type_is_mapped_to_an_identifier_that_exists(vocabulary: str) -> None:
    matches = load_map(vocabulary)
    names = set(load_vocabulary(vocabulary).names)
    assert matches.keys() == load_types().keys()
    for match in matches.values():
        assert match.match in MATCHES
        assert (match.target is None) == (match.match == "none")
        assert match.target is None or match.target in names


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_a_vocabulary_names_its_version_and_each_identifier_once(vocabulary: str) -> None:
    words = load_vocabulary(vocabulary)
    assert words.version
    assert words.source
    assert len(words.names) == len(set(words.names)) > 30


@pytest.mark.parametrize("vocabulary", VOCABULARIES)
def test_an_exact_match_belongs_to_one_type_only(vocabulary: str) -> None:
    exact = [one.target for one in load_map(vocabulary).values() if one.match == "exact"]
    assert len(exact) == len(set(exact))


def test_some_matches_that_users_rely_on() -> None:
    assert load_map("fideslang")["basic.email"].target == "user.contact.email"
    assert load_map("dpv")["device.mac"].target == "pd:MACAddress"
    assert load_map("play")["device.app_list"].target == "PSL_APPS_ON_DEVICE"
    device = load_map("apple")["device.idfa"]
    assert (device.target, device.match) == ("NSPrivacyCollectedDataTypeDeviceID", "broader")


def test_an_unknown_vocabulary_is_one_line() -> None:
    with pytest.raises(HongxianError, match="no map to 'iso'; there are fideslang"):
        load_map("iso")
