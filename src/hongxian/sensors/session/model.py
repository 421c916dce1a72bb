"""What the readers of a test session hand on: flows, their parts, calls, screens and marks.

A moment is a number of seconds since 1970 (UTC) on the clock of whatever wrote it down, or
``None`` when that is not known; :mod:`hongxian.sensors.session.clock` brings all to one clock.
PI values stand in these records as they were recorded; none of them may pass into a fact.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """A request or a response."""

    headers: tuple[tuple[str, str], ...] = ()
    body: bytes | None = None
    """Without transfer coding; ``None`` when the capture does not hold it."""
    codings: tuple[str, ...] = ()
    """Content codings that ``body`` still has, outermost last, such as ``gzip``."""
    cut: bool = False
    """Whether the capture says that the body is longer than what it holds."""

    def header(self, name: str) -> str | None:
        """Return the first header of this name, whatever its letters' case."""
        wanted = name.lower()
        return next((value for key, value in self.headers if key.lower() == wanted), None)


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """One WebSocket message."""

    at: float | None
    sent: bool
    """From the app to the server."""
    data: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Flow:
    """One exchange over the network."""

    number: int
    """Place in the capture, from 0."""
    locator: str
    """As a user finds it again: ``capture.har entry 12``."""
    at: float | None
    """When the request began."""
    url: str
    host: str
    """Lower case, without port; an address when no name is known."""
    port: int | None = None
    method: str = "GET"
    request: Message = field(default_factory=Message)
    response: Message | None = None
    status: int | None = None
    frames: tuple[Frame, ...] = ()
    package: str | None = None
    """The app whose socket it was, where the capture tells."""
    error: str | None = None
    """What the capture says went wrong (TLS refused, connection reset)."""
    opaque: bool = False
    """Whether the content could not be decrypted: only the peer is known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One named value of a flow, taken apart as far as its outer format goes."""

    where: str
    """``path``, ``query``, ``header``, ``cookie``, ``body`` or ``frame``."""
    sent: bool
    """From the app to the server."""
    name: str
    """Where inside: ``user.phone``, ``X-Imei``, ``items[3].lat``; empty for a whole body."""
    value: str | bytes
    """Text, or bytes where they are no text."""
    at: float | None = None
    """When, where it is another moment than the flow's (a WebSocket message)."""
    how: tuple[str, ...] = ()
    """What was undone to reach it, outermost first: ``gzip``, ``base64``, ``json``."""

    @property
    def key(self) -> str:
        """Return the last name of the path, without an index."""
        return self.name.rsplit(".", 1)[-1].split("[", 1)[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Opaque:
    """A place in a flow whose content could not be read: it may hold PI."""

    where: str
    """As of a part, and ``flow`` for all of it."""
    sent: bool
    name: str
    why: str
    """One of :data:`WHY_OPAQUE`."""
    size: int
    """In bytes, as far as known."""
    at: float | None = None


WHY_OPAQUE = {
    "encrypted_app": "looks random and has no known format: encrypted by the app itself",
    "undecryptable": "the recorder could not decrypt the connection",
    "unknown_coding": "a content coding that is not known",
    "damaged": "the content is not in the coding that it is said to be in",
    "cut": "the capture, or the compressed content, ends too early",
    "not_recorded": "the message had a body that the capture does not hold",
    "bomb": "unpacks to far more than a body needs; only its beginning was read",
    "too_large": "too large to be taken apart; only looked through as a whole",
    "too_many": "more values than are looked at in one flow",
    "binary": "a file or a binary form that is not read: picture, sound, archive, own protocol",
}
"""Why something could not be read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Sighting:
    """PI in a flow. The value itself never stands in it."""

    info: str
    form: str
    """One of the vocabulary's ``FORMS``."""
    how: tuple[str, ...]
    """What lies between the flow and the value, outermost first: ``gzip``, ``json``, ``md5``."""
    where: str
    """As of a part."""
    sent: bool
    name: str
    """As of a part, with values in it covered."""
    at: float | None = None
    """When, where it is another moment than the flow's."""
    basis: str = "value"
    """``value``: a test value of the session; ``recogniser``: it looks like one of the kind."""
    score: float = 1.0
    """How sure it is, from 0 to 1."""
    excerpt: str = ""
    """What stood there, with the value covered."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One call of an interface that gives PI, seen by a hook."""

    at: float | None
    api: str
    """``android.telephony.TelephonyManager.getDeviceId``, or the tool's own words for it."""
    info: tuple[str, ...]
    """PI types that it gives; empty when the tool's words are not known."""
    stack: tuple[str, ...] = ()
    """``package.Class.method`` from the innermost frame outward, without file and line."""
    locator: str
    thread: str | None = None
    process: str | None = None
    permission: str | None = None
    """The permission asked for, when the call is a request."""
    told: str | None = None
    """Whose code the tool says it was; never trusted over the stack."""
    outcome: str | None = None
    """``denied`` when the call threw or gave nothing, ``granted`` when it gave something."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Node:
    """One element of a screen."""

    text: str = ""
    description: str = ""
    resource: str = ""
    """``package:id/name``."""
    kind: str = ""
    """Class of the view."""
    package: str = ""
    bounds: tuple[int, int, int, int] | None = None
    """Left, top, right, bottom in pixels."""
    depth: int = 0
    clickable: bool = False
    checkable: bool = False
    checked: bool = False
    enabled: bool = True
    password: bool = False
    hint: str = ""

    @property
    def words(self) -> str:
        """Return what a person reads or hears of it."""
        return self.text or self.description


@dataclass(frozen=True, slots=True, kw_only=True)
class Screen:
    """What stood on the screen at one moment."""

    at: float | None
    nodes: tuple[Node, ...]
    locator: str
    package: str = ""
    """Whose window it is: the system's for a permission dialog."""
    activity: str | None = None
    read_by: str = "dump"
    """``dump``, or ``ocr`` when only the picture had text."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tap:
    """One touch by the person (or by the recorder for the person)."""

    at: float | None
    x: int | None = None
    y: int | None = None
    text: str = ""
    """Words of the element that was touched, where known."""
    locator: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """What the tester did or saw, written down in the moment; names: :data:`MARKS`."""

    at: float | None
    name: str
    detail: dict[str, Any] = field(default_factory=dict)
    locator: str = ""


MARKS = {
    "start": "cold start of a fresh install; nothing is touched",
    "prompt": "the policy is put before the person",
    "refuse": "the person refuses the policy",
    "restart": "the app is started again",
    "accept": "the person accepts the policy",
    "function": "a function is used; detail.thing = its name, "
    "detail.kind = basic | extended | existing, "
    "detail.outcome = available | blocked, detail.refused = what was refused before, "
    "detail.replaced = true when a new function has taken its place",
    "deny": "a permission is denied; detail.permission",
    "background": "the app leaves the front, or the screen is switched off",
    "foreground": "the app comes back to the front",
    "third_party": "an application inside the app is opened; detail.thing = its name",
    "open_policy": "the policy is looked for from the main screen; detail.taps, "
    "detail.outcome = works | fails | missing",
    "personalised_off": "personalised content is switched off; detail as for open_policy",
    "correct": "PI is corrected; detail as for open_policy",
    "delete": "PI is deleted; detail as for open_policy",
    "cancel_account": "the account is cancelled; detail as for open_policy",
    "withdraw": "consent is withdrawn; detail as for open_policy",
    "update": "a newer version was installed over the app; detail.version",
    "end": "the recording ends",
}
"""What a mark can be; a phase lasts from its mark to the next."""
