from __future__ import annotations

import pytest

from hongxian.sensors.app.catalogue.gates import (
    load_gate_words,
    preference_getters,
    sdk_switches,
)

WORDS = load_gate_words()


@pytest.mark.parametrize(
    "name",
    [
        "privacy_agreed", "hasAgreedPrivacy", "is_agree", "KEY_PRIVACY_AGREE", "agreement_state",
        "sp_agree_protocol", "userConsent", "policy_agree", "terms_accepted", "已同意隐私政策",
        "isPrivacyShown", "agree",
    ],
)  # fmt: skip
def test_names_that_are_true_once_the_person_agreed(name: str) -> None:
    assert WORDS.meaning(name) is True


@pytest.mark.parametrize(
    "name",
    ["isFirstLaunch", "is_first_run", "first_start", "needShowPrivacy", "show_privacy_dialog",
     "是否首次启动"],
)  # fmt: skip
def test_names_that_are_true_until_the_person_is_asked(name: str) -> None:
    assert WORDS.meaning(name) is False


@pytest.mark.parametrize(
    "name",
    ["retryPolicy", "acceptThread", "sslProtocol", "isFirstFrame", "disagree", "first", "volume",
     "privacy", "readPolicy", "isFirstVisibleItem", "license_key"],
)  # fmt: skip
def test_names_that_are_no_checks(name: str) -> None:
    assert WORDS.meaning(name) is None


def test_checks_that_the_user_names() -> None:
    own = frozenset({"com.example.Consent.isGiven"})
    assert load_gate_words(own).configured == own
    assert "onPrivacyAgreed" in WORDS.handlers
    assert "onConfirm" not in WORDS.handlers


def test_getters_and_switches_are_methods_of_classes() -> None:
    assert "android.content.SharedPreferences#getBoolean" in preference_getters()
    assert all(name.count("#") == 1 for name in preference_getters() | sdk_switches())
