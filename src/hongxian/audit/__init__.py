"""The main job from packages to a report: sense many apps at once, judge them together."""
