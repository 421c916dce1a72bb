"""The Android tools, for the tests that rebuild the samples."""

from __future__ import annotations

import pytest
from samples.tools import ToolError, Tools, find_tools


@pytest.fixture(scope="session")
def android_tools(request: pytest.FixtureRequest) -> Tools:
    """Find or install the tools; where that is impossible, say aloud which test did not run."""
    try:
        return find_tools()
    except ToolError as error:
        reporter = request.config.pluginmanager.get_plugin("terminalreporter")
        if reporter is not None:
            reporter.write_line(f"\nNOT RUN: the rebuild of the samples (tests/samples): {error}")
        pytest.skip(str(error))
