"""The manifest of a session bundle: which app, on which device, by which clock, what is inside.

``docs/session-bundle.md`` and ``session-bundle.schema.json`` describe the form; a reader takes
what is there and tells what is not.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.info import load_types
from hongxian.sensors.session.bundle.faults import SessionError

if TYPE_CHECKING:
    from collections.abc import Mapping

FORMAT, VERSION = "hongxian-session", 1
NAME = "manifest.json"

ROLES = {
    "timeline": "events in the order in which they were written, one JSON object a line",
    "screen": "a dump of the elements on the screen (uiautomator XML)",
    "screenshot": "a picture of the screen (PNG or JPEG)",
    "package": "`dumpsys package` of the app",
    "appops": "`dumpsys appops` or `appops get` of the app",
    "logcat": "the device's log",
    "network": "a capture: HAR, mitmproxy flows, pcap or pcapng",
    "keylog": "TLS keys of a pcap (SSLKEYLOGFILE)",
    "hooks": "calls seen by a hook: our JSON lines, camille, PrivacySentry, AppScan, MobSF",
    "note": "anything for people to read; no reader looks at it",
}
"""What a member can be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """One file in the bundle."""

    path: str
    role: str
    sha256: str = ""
    size: int | None = None
    format: str = ""
    """What the writer took it for; a reader looks for itself."""
    phase: str | None = None
    """The mark at whose border it was made."""
    at: float | None = None
    """When, in seconds since 1970."""
    clock: str = "device"
    """``device`` or ``host``: whose clock the times in it are of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Clock:
    """How the device's clock stands to the host's."""

    offset: float = 0.0
    """Seconds that the device's clock is ahead of the host's."""
    uncertainty: float | None = None
    """How wrong the offset can be, in seconds; ``None`` when nobody measured it."""
    zone: str = "UTC"
    """Time zone of the device, for times that are written without one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """What a bundle says about itself."""

    package: str
    version: str = ""
    version_code: int | None = None
    sha256: str = ""
    """Of the APK."""
    label: str = ""
    device: dict[str, str] = field(default_factory=dict)
    """``model``, ``android``, ``sdk``, ``rom`` ..."""
    tools: tuple[dict[str, str], ...] = ()
    """``name``, ``version``, ``role`` of each program that recorded."""
    clock: Clock = field(default_factory=Clock)
    values: dict[str, tuple[str, ...]] = field(default_factory=dict, repr=False)
    """Test values by PI type: the person and the device were made up for the test."""
    own_domains: tuple[str, ...] = ()
    own_packages: tuple[str, ...] = ()
    members: tuple[Member, ...] = ()
    seal: str = ""
    """:func:`seal_of` the rest, so that no member can be changed and none be lost unseen."""

    def of_role(self, role: str) -> list[Member]:
        """Return the members of a role, in the order of the manifest."""
        return [member for member in self.members if member.role == role]


def read_manifest(raw: bytes, where: str) -> tuple[Manifest, bool]:
    """Return the manifest, and whether its seal is right.

    Args:
        raw: the member's content.
        where: the bundle's file name, for error lines.

    Raises:
        SessionError: it is no JSON, of another format, or a part of it has a wrong form.
    """
    place = f"{where}!/{NAME}"
    try:
        data = json.loads(raw)
    except (UnicodeDecodeError, ValueError, RecursionError):
        raise SessionError(place, "manifest_no_json") from None
    if not isinstance(data, dict) or data.get("format") != FORMAT:
        raise SessionError(place, "manifest_other")
    if data.get("version") != VERSION:
        raise SessionError(place, "manifest_version", known=VERSION)
    try:
        manifest = _manifest(data)
    except (AttributeError, KeyError, TypeError, ValueError) as error:
        what = error.args[0] if isinstance(error, KeyError) else "type"
        raise SessionError(place, "manifest_form", what=str(what)[:40]) from None
    return manifest, manifest.seal == seal_of(data)


def manifest_data(manifest: Manifest) -> dict[str, Any]:
    """Return the manifest as it is written, sealed."""
    app = {name: getattr(manifest, name) for name in _APP}
    members = [_told(asdict(member)) for member in manifest.members]
    data = {
        "format": FORMAT, "version": VERSION, "app": _told(app), "device": manifest.device,
        "tools": list(manifest.tools), "clock": _told(asdict(manifest.clock)),
        "test_values": {key: list(found) for key, found in manifest.values.items()},
        "own_domains": list(manifest.own_domains), "own_packages": list(manifest.own_packages),
        "members": members,
    }  # fmt: skip
    return data | {"seal": seal_of(data)}


def seal_of(data: Mapping[str, Any]) -> str:
    """Return the sha256 of a manifest without its seal, keys in order, without spaces."""
    rest = {key: value for key, value in data.items() if key != "seal"}
    text = json.dumps(rest, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


_APP = ("package", "version", "version_code", "sha256", "label")


def _told(data: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in data.items() if value not in (None, "")}


def _manifest(data: dict[str, Any]) -> Manifest:
    app, clock = data["app"], data.get("clock", {})
    if not isinstance(app["package"], str):
        raise TypeError
    code = app.get("version_code")
    uncertainty = clock.get("uncertainty")
    return Manifest(
        package=app["package"],
        version=str(app.get("version", "")),
        version_code=None if code is None else int(code),
        sha256=str(app.get("sha256", "")).lower(),
        label=str(app.get("label", "")),
        device={str(k): str(v) for k, v in data.get("device", {}).items()},
        tools=tuple({str(k): str(v) for k, v in row.items()} for row in data.get("tools", [])),
        clock=Clock(
            offset=float(clock.get("offset", 0.0)),
            uncertainty=None if uncertainty is None else abs(float(uncertainty)),
            zone=str(clock.get("zone", "UTC")),
        ),
        values=_values(data.get("test_values", {})),
        own_domains=tuple(str(one).lower() for one in data.get("own_domains", [])),
        own_packages=tuple(map(str, data.get("own_packages", []))),
        members=tuple(_member(row) for row in data.get("members", [])),
        seal=str(data.get("seal", "")),
    )


def _member(row: dict[str, Any]) -> Member:
    if row["role"] not in ROLES:
        raise KeyError(str(row["role"]))
    at, size = row.get("at"), row.get("size")
    return Member(
        path=str(row["path"]), role=str(row["role"]), sha256=str(row.get("sha256", "")).lower(),
        size=None if size is None else int(size), format=str(row.get("format", "")),
        phase=row.get("phase"), at=None if at is None else float(at),
        clock="host" if row.get("clock") == "host" else "device",
    )  # fmt: skip


def _values(rows: dict[str, Any]) -> dict[str, tuple[str, ...]]:
    known = load_types()
    for key in rows:
        if key not in known:
            raise KeyError(key)
    return {
        key: (found,) if isinstance(found, str) else tuple(map(str, found))
        for key, found in rows.items()
    }
