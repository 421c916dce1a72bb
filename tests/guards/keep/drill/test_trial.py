from __future__ import annotations

import dataclasses

import pytest
from tests.guards.keep.protected import protected

from hongxian.guards.keep.drill.trial import tried


@pytest.mark.parametrize(("most", "outcome"), [(600, "passed"), (0.001, "failed")])
def test_a_copy_is_tried_and_held_against_its_limits(most: float, outcome: str) -> None:
    with protected(amcheck=False) as kept:
        source = dataclasses.replace(kept.source, longest_rto=most)
        done = tried(kept.vault, kept.settings, source)
        assert (done.outcome, done.reason, done.mark) == (outcome, None, None)
        assert [(one.what, one.outcome) for one in done.checks] == [("rto", outcome)]
        assert done.rto > 0
        assert done.size > 1 << 20
        assert list(kept.settings.folder.iterdir()) == []
        gone = tried(kept.vault, kept.settings, dataclasses.replace(source, name="other"))
        assert (gone.outcome, gone.rto, gone.base) == ("failed", None, None)
        assert "no base backup" in gone.reason
        early = tried(kept.vault, kept.settings, source, 1.0)
        assert "no base backup" in early.reason
