from __future__ import annotations

from datetime import date

from hongxian.sensors.store.grading import class_of, grade_of

TODAY = date(2026, 11, 1)


def test_sensitive_pi_and_secrets_have_the_highest_grade_of_general_data() -> None:
    assert grade_of("identity.doc_number", TODAY) == 4
    assert grade_of("basic.nickname", TODAY) == 2
    assert grade_of("secret.api_key", TODAY) == 4
    assert grade_of("org.uscc", TODAY) is None


def test_the_class_is_the_group_of_the_standard() -> None:
    assert class_of("basic.phone", "zh") == "个人基本资料"
    assert class_of("secret.token", "en") == ""
