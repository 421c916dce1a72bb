"""What a device says of itself: screens, app operations, installed packages, its log."""

from hongxian.sensors.session.device.appops import OpUse, read_appops
from hongxian.sensors.session.device.logcat import LogLine, read_logcat
from hongxian.sensors.session.device.package import Grant, Installed, read_package
from hongxian.sensors.session.device.uiautomator import read_screen

__all__ = [
    "Grant",
    "Installed",
    "LogLine",
    "OpUse",
    "read_appops",
    "read_logcat",
    "read_package",
    "read_screen",
]
