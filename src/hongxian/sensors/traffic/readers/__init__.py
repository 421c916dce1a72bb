"""Readers of logs: one file for each family of formats."""

from hongxian.sensors.traffic.readers.read import Log, kept, read_log

__all__ = ["Log", "kept", "read_log"]
