"""From mentions to declarations: who does what with which PI, for what, to whom, on what terms."""

from hongxian.sensors.policy.relations.declare import declare

__all__ = ["declare"]
