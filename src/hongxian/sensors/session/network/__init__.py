"""Network traffic of a session: readers of captures."""

from hongxian.sensors.session.network.read import read_flows

__all__ = ["read_flows"]
