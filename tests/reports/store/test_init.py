from __future__ import annotations

import pytest
from tests.reports.store.conftest import Made
from tests.sensors.store.made import people

from hongxian.reports.store import FORMATS, render


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_no_format_tells_a_value(made: Made, form: str, lang: str) -> None:
    text = render(*made, form, lang)
    assert text.endswith("\n")
    for one in people(20):
        assert all(str(one[key]) not in text for key in ("name", "phone", "id_card", "email"))
    assert "Abc12345" not in text


@pytest.mark.parametrize("form", FORMATS)
def test_every_format_can_say_that_there_is_nothing(clean: Made, form: str) -> None:
    assert render(*clean, form, "en")
