"""Small apps made for a test: a launcher screen, permissions, and a few classes."""

from __future__ import annotations

from tests.sensors.app.dex.maker import Class, dex

from hongxian.sensors.app.analysis import analyse
from hongxian.sensors.app.attribution import Attribution
from hongxian.sensors.app.catalogue import load_catalogue
from hongxian.sensors.app.manifest_facts import About
from hongxian.sensors.app.package.model import Component, IntentFilter, Manifest, UsedPermission
from hongxian.sensors.app.scene import Scene

MAIN = "Lcn/app/one/Main;"
ACTIVITY = "Landroid/app/Activity;"
LOCATION = "android.permission.ACCESS_FINE_LOCATION"
PHONE = "android.permission.READ_PHONE_STATE"
LAST = ("Landroid/location/LocationManager;->getLastKnownLocation(Ljava/lang/String;)"
        "Landroid/location/Location;")  # fmt: skip
IMEI = "Landroid/telephony/TelephonyManager;->getDeviceId()Ljava/lang/String;"
SHOW = "Landroid/app/Dialog;->show()V"
ASK = f"{MAIN}->requestPermissions([Ljava/lang/String;I)V"
_LAUNCH = IntentFilter(("android.intent.action.MAIN",), ("android.intent.category.LAUNCHER",))


def scene_of(*classes: Class, launchers: tuple[str, ...] = ("cn.app.one.Main",)) -> Scene:
    """Return an app of these classes that may read location and phone state."""
    components = [
        Component(kind="activity", name=name, exported=True, filters=(_LAUNCH,))
        for name in launchers
    ]
    manifest = Manifest(
        package="cn.app.one", components=tuple(components), target_sdk=34,
        permissions=(UsedPermission(LOCATION), UsedPermission(PHONE)),
    )  # fmt: skip
    catalogue = load_catalogue()
    code = analyse([("classes.dex", dex(*classes))], manifest, catalogue, catalogue.gate_words())
    return Scene(About("app:a@1#0", "0" * 64), code, Attribution(["cn.app.one"]), manifest)


def main_screen(*steps: tuple, **methods: list[tuple]) -> Class:
    """Return the launcher screen: what its ``onCreate`` does, and further methods ``name()V``."""
    more = {f"{name}()V": code for name, code in methods.items()}
    return Class(MAIN, {"onCreate()V": list(steps), **more}, above=ACTIVITY)


def wide(register: int, value: int) -> tuple:
    """Return ``const-wide/16``."""
    return ("units", 0x16 | register << 8, value)


def permissions(*names: str) -> list[tuple]:
    """Return the instructions that ask for permissions."""
    texts = [("text", name, 1) for name in names]
    return [*texts, ("filled", "[Ljava/lang/String;", *[1] * len(names)), ("result", 1),
            ("virtual", ASK, 0, 1, 2)]  # fmt: skip
