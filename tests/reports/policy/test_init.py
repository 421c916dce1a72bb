from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from hongxian.reports.policy import FORMATS, render

if TYPE_CHECKING:
    from hongxian.reports.policy import PolicyView


@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_format_speaks_both_languages(clean: PolicyView, form: str, lang: str) -> None:
    text = render([clean], form, lang)
    assert clean.document.name in text
