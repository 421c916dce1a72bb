"""Stories of sessions, told with the composer of the samples."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from samples.session_story import Story

from hongxian.sensors.session.about import About
from hongxian.sensors.session.bundle import open_bundle
from hongxian.sensors.session.phases import find_phases
from hongxian.sensors.session.recording import read_recording

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.sensors.session.recording import Recording

APP = {"package": "cn.example.app", "version": "1.0", "sha256": "ab" * 32}


@pytest.fixture
def story(tmp_path: Path) -> Story:
    return Story(tmp_path / "s.zip", APP)


def recorded(story: Story) -> Recording:
    return read_recording(open_bundle(story.close()))


def about(story: Story) -> About:
    recording = recorded(story)
    return About("app:cn.example.app@1.0#" + "ab" * 6, "a" * 64, recording, find_phases(recording))
