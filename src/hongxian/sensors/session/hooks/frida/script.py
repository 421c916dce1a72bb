"""Joins the hook script with the interfaces that the app sensor knows, into one text."""

from __future__ import annotations

import json
from importlib.resources import files
from typing import Any

from hongxian.sensors.app.catalogue.apis import Api, load_apis
from hongxian.sensors.session.hooks.api import runtime_classes, uri_prefixes

VERSION = 1
"""Of the events that the script sends."""
REQUESTS = (
    "android.app.Activity",
    "android.app.Fragment",
    "androidx.core.app.ActivityCompat",
    "androidx.fragment.app.Fragment",
    "android.support.v4.app.ActivityCompat",
    "android.support.v4.app.Fragment",
)
"""Classes whose ``requestPermissions`` asks the person."""
LATER = (2_000, 8_000, 30_000, 90_000)
"""Milliseconds after which classes that were absent are looked for again: packers unpack."""
NOTHING = (
    "02:00:00:00:00:00", "unknown", "<unknown ssid>", "0000000000000000",
    "00000000-0000-0000-0000-000000000000",
)  # fmt: skip
"""What Android gives instead of a value (SDK reference): compared on the device, never sent."""
_REFLECTION = "java.lang.Class"


def agent_script(bridge: str = "") -> str:
    """Return the script as Frida takes it.

    Args:
        bridge: text of ``frida-java-bridge``, which scripts need to bring along from Frida 17
            on when they are not loaded by Frida's own command-line tool.
    """
    agent = (files(__package__) / "agent.js").read_text(encoding="utf-8").rstrip()
    return f"{bridge}\n{agent}({json.dumps(plan(), ensure_ascii=True)});\n"


def plan() -> dict[str, Any]:
    """Return what the script hooks, as data."""
    return {
        "version": VERSION,
        "classes": [_class(name, rows) for name, rows in _by_owner().items()],
        "requests": list(REQUESTS),
        "uris": sorted(uri_prefixes(), key=len, reverse=True),
        "later": list(LATER),
        "nothing": list(NOTHING),
    }


def _by_owner() -> dict[str, list[Api]]:
    """Return the calls that can be hooked: what is got by reflection is seen when it is called."""
    found: dict[str, list[Api]] = {}
    for api in load_apis().values():
        if api.kind == "api" and api.owner and api.owner != _REFLECTION:
            found.setdefault(api.owner, []).append(api)
    return found


def _class(name: str, rows: list[Api]) -> dict[str, Any]:
    plain = [method for api in rows if not api.argument for method in api.methods]
    keyed: dict[str, list[str]] = {}
    for api in rows:
        for method in api.methods if api.argument else ():
            keyed.setdefault(method, []).extend(api.argument)
    return {
        "name": name,
        "at": runtime_classes().get(name, [name]),
        "methods": list(dict.fromkeys(plain)),
        "keyed": {method: keys for method, keys in keyed.items() if method not in plain},
    }
