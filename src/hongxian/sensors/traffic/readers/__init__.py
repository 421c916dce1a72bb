"""Readers of logs: one file for each family of formats."""

from hongxian.sensors.traffic.readers.read import Log, form_of, kept, log_flows, read_log

__all__ = ["Log", "form_of", "kept", "log_flows", "read_log"]
