"""Readers of logs: one file for each family of formats."""

from hongxian.sensors.traffic.readers.read import Log, read_log

__all__ = ["Log", "read_log"]
