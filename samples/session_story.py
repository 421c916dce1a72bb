"""Composes a session bundle from a story told in a few lines, without a device.

The members have the forms that the real tools write: uiautomator XML, HAR, hook events as JSON
lines, ``dumpsys package``. What stands in them is invented.
"""
# ruff: noqa: INP001 - a module beside the samples, not a package

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any
from xml.sax.saxutils import quoteattr

from hongxian.sensors.session.bundle import BundleWriter

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

BEGIN = 1_795_000_000.0
"""2026-11-18 11:06:40 UTC, on the host's clock."""
OFFSET = 2.5
"""Seconds that the device's clock is ahead."""
SYSTEM = "com.android.permissioncontroller"
HOME = "com.android.launcher3"


def node(text: str = "", kind: str = "TextView", **more: Any) -> dict[str, Any]:
    """Return one element of a screen; ``more``: clickable, checkable, checked, hint ..."""
    return {"text": text, "class": f"android.widget.{kind}"} | more


def button(text: str) -> dict[str, Any]:
    """Return a button."""
    return node(text, "Button", clickable=True)


@dataclass
class Story:
    """What happened; times are seconds after :data:`BEGIN` on the host's clock."""

    path: Path
    app: Mapping[str, Any]
    values: Mapping[str, Iterable[str]] = field(default_factory=dict)
    own_domains: tuple[str, ...] = ()
    own_packages: tuple[str, ...] = ()
    uncertainty: float | None = 0.2
    screens: int = 0
    calls: list[dict[str, Any]] = field(default_factory=list)
    entries: list[dict[str, Any]] = field(default_factory=list)

    def __post_init__(self) -> None:
        """Open the bundle."""
        device = {"model": "Sample phone", "android": "14", "sdk": "34", "rom": "sample-1"}
        tools = [{"name": "composed by hand", "version": "1", "role": "screen"}]
        self.writer = BundleWriter(
            self.path, self.app, device, tools, values=self.values,
            own_domains=self.own_domains, own_packages=self.own_packages,
        )  # fmt: skip
        self.writer.clock(OFFSET, self.uncertainty, "Asia/Shanghai")

    @property
    def package(self) -> str:
        """The app's package."""
        return str(self.app["package"])

    def mark(self, at: float, name: str, **detail: Any) -> None:
        """Set a mark; the recorder knows both clocks."""
        self.writer.event("mark", host=BEGIN + at, device=BEGIN + at + OFFSET, name=name, **detail)

    def tap(self, at: float, text: str) -> None:
        """Touch an element."""
        self.writer.event("tap", host=BEGIN + at, device=BEGIN + at + OFFSET, x=540, y=1200,
                          text=text)  # fmt: skip

    def answer(self, at: float, permission: str, answer: str) -> None:
        """Answer a permission dialog: ``granted`` or ``denied``."""
        self.writer.event("dialog", host=BEGIN + at, device=BEGIN + at + OFFSET,
                          permission=permission, answer=answer)  # fmt: skip

    def screen(
        self, at: float, activity: str, nodes: Iterable[Mapping[str, Any]],
        package: str | None = None,
    ) -> None:  # fmt: skip
        """Show a screen, dumped half a second later by the device's clock."""
        self.screens += 1
        owner = package or self.package
        member = self.writer.member(
            "screen", f"{self.screens:04d}.xml", dump(nodes, owner), format="uiautomator",
            at=BEGIN + at + OFFSET,
        )  # fmt: skip
        self.writer.event("screen", device=BEGIN + at + OFFSET, member=member, package=owner,
                          activity=activity)  # fmt: skip

    def call(self, at: float, api: str, stack: Iterable[str] = (), **more: Any) -> None:
        """Let code call an interface; the hook writes milliseconds of the device's clock."""
        self.calls.append({"at": round((BEGIN + at + OFFSET) * 1000), "api": api,
                           "stack": list(stack), "thread": "main", "process": self.package,
                           **more})  # fmt: skip

    def send(self, at: float, method: str, url: str, body: str = "", **headers: str) -> None:
        """Let the app send a request."""
        self.entries.append(entry(BEGIN + at, method, url, body, headers))

    def package_state(self, at: float, grants: Mapping[str, bool], version: str = "1.0") -> None:
        """Dump what the system knows of the app."""
        data = package_dump(self.package, grants, version)
        self.writer.member("package", f"{round(at)}.txt", data, format="dumpsys",
                           at=BEGIN + at + OFFSET)  # fmt: skip

    def close(self) -> Path:
        """Write calls and flows, seal the bundle and return its path."""
        if self.calls:
            lines = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in self.calls)
            self.writer.member("hooks", "calls.jsonl", lines.encode(), format="hongxian-hooks")
        if self.entries:
            log = {"log": {"version": "1.2", "creator": {"name": "sample", "version": "1"},
                           "entries": self.entries}}  # fmt: skip
            data = json.dumps(log, ensure_ascii=False).encode()
            self.writer.member("network", "capture.har", data, format="har", clock="host")
        self.writer.close()
        return self.path


def dump(nodes: Iterable[Mapping[str, Any]], package: str) -> bytes:
    """Return a screen as uiautomator writes it."""
    rows = []
    for number, one in enumerate(nodes):
        told = {"index": number, "resource-id": "", "content-desc": "", "package": package,
                "checkable": False, "checked": False, "clickable": False, "enabled": True,
                "password": False,
                "bounds": f"[0,{number * 90}][1080,{number * 90 + 80}]"} | one  # fmt: skip
        words = {k: str(v).lower() if isinstance(v, bool) else str(v) for k, v in told.items()}
        rows.append("<node " + " ".join(f"{k}={quoteattr(v)}" for k, v in words.items()) + " />")
    head = "<?xml version='1.0' encoding='UTF-8' standalone='yes' ?><hierarchy rotation=\"0\">"
    return (head + "".join(rows) + "</hierarchy>").encode()


def entry(
    at: float, method: str, url: str, body: str, headers: Mapping[str, str]
) -> dict[str, Any]:
    """Return one entry of a HAR."""
    named = [{"name": k.replace("_", "-"), "value": v} for k, v in headers.items()]
    request: dict[str, Any] = {"method": method, "url": url, "httpVersion": "HTTP/2",
                               "headers": named, "queryString": [], "cookies": [],
                               "headersSize": -1, "bodySize": len(body.encode())}  # fmt: skip
    if body:
        request["postData"] = {"mimeType": headers.get("Content_Type", "application/json"),
                               "text": body}  # fmt: skip
    return {
        "startedDateTime": datetime.fromtimestamp(at, UTC).isoformat(timespec="milliseconds"),
        "time": 40, "request": request,
        "response": {"status": 200, "statusText": "OK", "httpVersion": "HTTP/2", "headers": [],
                     "cookies": [], "redirectURL": "", "headersSize": -1, "bodySize": 2,
                     "content": {"size": 2, "mimeType": "application/json", "text": "{}"}},
        "cache": {}, "timings": {"send": 1, "wait": 38, "receive": 1},
    }  # fmt: skip


def package_dump(package: str, grants: Mapping[str, bool], version: str) -> bytes:
    """Return the part of ``dumpsys package`` that tells of one app."""
    rows = "\n".join(
        f"        {name}: granted={str(on).lower()}, flags=[ USER_SET|USER_SENSITIVE_WHEN_GRANTED]"
        for name, on in grants.items()
    )
    asked = "\n".join(f"      {name}" for name in grants)
    return (
        f"Packages:\n  Package [{package}] (a1b2c3d):\n    userId=10234\n"
        f"    versionCode=1 minSdk=21 targetSdk=34\n    versionName={version}\n"
        f"    requested permissions:\n{asked}\n"
        "    User 0: ceDataInode=1 installed=true hidden=false stopped=false\n"
        f"      runtime permissions:\n{rows}\n"
    ).encode()
