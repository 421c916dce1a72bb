from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.reports.policy import PolicyView, build_views
from hongxian.sensors.policy.sense import sense_policy

SAMPLES = Path(__file__).parents[3] / "samples"


@pytest.fixture(scope="session")
def clean() -> PolicyView:
    return build_views(sense_policy([SAMPLES / "lantern_clean" / "assets" / "privacy.html"]))[0]


@pytest.fixture(scope="session")
def poor() -> PolicyView:
    return build_views(sense_policy([SAMPLES / "lantern" / "assets" / "privacy.html"]))[0]


@pytest.fixture(scope="session")
def shell(tmp_path_factory: pytest.TempPathFactory) -> PolicyView:
    page = tmp_path_factory.mktemp("shell") / "app.html"
    page.write_text(
        "<html><title>隐私政策</title><body><div id=app></div><script src=/app.js></script></body>",
        encoding="utf-8",
    )
    return build_views(sense_policy([page]))[0]
