"""Whole packages for tests."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING

from tests.sensors.app.package import certificates
from tests.sensors.app.package.makers import E, M, Ref, arsc, axml, manifest, signing_block, zipped
from tests.sensors.app.package.makers import signer as signed_by

if TYPE_CHECKING:
    from pathlib import Path

CAMERA = "android.permission.CAMERA"
DEX = b"dex\n035\0" + b"\0" * 104
TABLE = arsc(
    {
        "string": {
            "app_name": {"": "Lamp", "zh-CN": "灯"},
            "privacy_url": {"": "https://lamp.example.com/p/1.html"},
        },
        "xml": {"security": {"": "res/a.xml"}},
    }
)
RULES = axml(E("network-security-config", {}, [
    E("domain-config", {"cleartextTrafficPermitted": "true"}, [E("domain", text="old.example.com")])
]))  # fmt: skip


def manifest_of(split: str | None = None, *children: E) -> bytes:
    """Return the manifest of the base package, or of a split."""
    application = {
        "android:label": Ref(0x7F010000),
        "android:networkSecurityConfig": Ref(0x7F020000),
    }
    attributes = {"split": split} if split else {"android:versionName": "1.0"}
    root = manifest(*children, application={} if split else application, **attributes)
    root.children.append(E("uses-permission", {"android:name": CAMERA}))
    return axml(root)


@cache
def block() -> bytes:
    """Return a v2 signature."""
    return signing_block({0x7109871A: signed_by(certificates.der(certificates.make()))})


def members() -> list[M]:
    """Return the members of a whole, signed package."""
    return [
        M("AndroidManifest.xml", manifest_of()),
        M("resources.arsc", TABLE, method=0),
        M("res/a.xml", RULES),
        M("classes.dex", DEX),
        M("classes10.dex", DEX + b"10"),
        M("classes2.dex", DEX + b"2"),
        M("lib/arm64-v8a/libshell.so", b"\x7fELF"),
        M("assets/privacy.html", "<h1>隐私政策</h1>我们收集手机号".encode("gb18030")),
    ]


def write(path: Path, *extra: M, without: str = "") -> Path:
    """Write the package, with more members or without one."""
    kept = [member for member in members() if member.name != without]
    path.write_bytes(zipped(*kept, *extra, block=block()))
    return path
