"""Calls that hooks saw: readers of their logs, whose code a call is, and our own hook script."""

from hongxian.sensors.session.hooks.frida.script import agent_script
from hongxian.sensors.session.hooks.read import read_calls
from hongxian.sensors.session.hooks.whose import Whose, WhoseCode

__all__ = ["Whose", "WhoseCode", "agent_script", "read_calls"]
