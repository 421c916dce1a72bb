"""Records a session on a real device over adb: guided phases, without root."""

from hongxian.sensors.session.record.adb import Device, LostError
from hongxian.sensors.session.record.guide import Guide, Talk
from hongxian.sensors.session.record.recorder import Recorder
from hongxian.sensors.session.record.sink import Sink

__all__ = ["Device", "Guide", "LostError", "Recorder", "Sink", "Talk"]
