"""All that a live gate is told, read from a policy's file."""

from __future__ import annotations

import os
import ssl
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from hongxian.guards.gate.exchange.callers import DEFAULTS, Callers, Source
from hongxian.guards.gate.exchange.covers import Covers
from hongxian.guards.gate.exchange.settings import ExchangeSettings
from hongxian.guards.gate.live.pool import Pool, Reach
from hongxian.guards.gate.live.refusals import Refusal, Refusals, refusal
from hongxian.guards.gate.policy_file import gate_faults, read_gate_policy
from hongxian.guards.listening import certify, tls_from
from hongxian.guards.policy_source import PolicyError, read_toml
from hongxian.guards.tables import address_of, missing_tables, span_of
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    from hongxian.guards.gate.exchange.fields import Fields
    from hongxian.guards.gate.policy import GatePolicy
    from hongxian.guards.mask.policy import Policy


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """How much, and how long."""

    head: int = 32_768
    """Bytes of a request's head."""
    headers: int = 100
    request: int = 1 << 20
    """Bytes of a request's body that are read, packed and unpacked."""
    answer: int = 8 << 20
    """Bytes of an answer's body that are read."""
    upload: int = 0
    """Bytes of a request's body that are let through; 0 for any."""
    connections: int = 20_000
    """Of clients, for each worker."""
    body_rate: int = 1_024
    """Bytes a second that a body must bring on average, once ``body_time`` is over."""
    head_time: float = 10.0
    body_time: float = 20.0
    idle: float = 75.0
    """Seconds for which a connection without a request is kept."""
    answer_time: float = 60.0
    """Seconds without anything from the interface."""
    send_time: float = 60.0
    """Seconds for which a client may take nothing."""
    tunnel: float = 600.0
    """Seconds for which a WebSocket may be silent."""
    drain: float = 30.0
    """Seconds that are given to what is being answered when the gate ends."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StateSettings:
    """Where what is remembered is shared."""

    redis: str | None = None
    secret: bytes | None = None
    timeout: float = 0.25
    lost: str = "closed"
    """What is done when it cannot be reached: ``closed`` at endpoints that give PI, or ``local``:
    go on alone everywhere."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LiveSettings:
    """What a policy says."""

    gate: GatePolicy
    path: Path
    address: tuple[str, int]
    admin: tuple[str, int] | None
    workers: int
    trusted: tuple[str, ...]
    tls: Mapping[str, str] | None
    upstream: Mapping[str, Any]
    limits: Limits
    refusals: Refusals
    callers: Mapping[str, tuple[str, ...]]
    mask: Mapping[str, Any]
    masking: Policy | None
    fields: Fields | None
    state: StateSettings
    log_file: Path | None
    log_everything: bool
    faults: tuple[WordedError, ...] = field(default=())

    def exchange(self) -> ExchangeSettings:
        """Return what the judge is told."""
        source = self.mask.get("audience_from")
        return ExchangeSettings(
            callers=Callers(self.callers, self.trusted),
            covers=Covers(self.masking, self.mask.get("audience", "public")),
            most_request=self.limits.request, most_answer=self.limits.answer,
            audience_from=Source.read(source) if source else None,
            audiences=self.mask.get("audiences", {}), fields=self.fields,
        )  # fmt: skip

    def pool(self) -> Pool:
        """Return connections to the interface."""
        told = self.upstream
        servers = [urlsplit(one) for one in told["servers"]]
        secure = servers[0].scheme == "https"
        places = [
            one.path if one.scheme == "unix"
            else (one.hostname or "", one.port or (443 if secure else 80)) for one in servers
        ]  # fmt: skip
        ca = self._beside(told.get("ca"))
        reach = Reach(
            places=tuple(places), name=told.get("name"),
            patience=span_of(told.get("connect", "3s")),
            secure=ssl.create_default_context(cafile=ca) if secure else None,
        )  # fmt: skip
        return Pool(reach, most=told.get("connections", 512), keep=span_of(told.get("keep", "4s")))

    def secure(self) -> ssl.SSLContext | None:
        """Return the way of TLS in which clients are spoken to.

        Raises:
            HongxianError: certificate or key cannot be used.
        """
        if self.tls is None:
            return None
        context = tls_from(*self._certificate(self.tls), self.tls.get("least", "1.2"))
        context.set_alpn_protocols(["http/1.1"])
        return context

    def certify(self, context: ssl.SSLContext) -> None:
        """Give certificate and key to a way of TLS; connections from now on get them.

        Raises:
            HongxianError: they cannot be used.
        """
        if self.tls is not None:
            certify(context, *self._certificate(self.tls))

    def _certificate(self, tls: Mapping[str, str]) -> tuple[Path, Path | None]:
        here = self.path.parent
        return here / tls["certificate"], here / tls["key"] if "key" in tls else None

    def _beside(self, name: str | None) -> str | None:
        return None if name is None else str(self.path.parent / name)


def load_live(path: Path, needed: Sequence[str] = ("listen", "upstream")) -> LiveSettings:
    """Read a policy with what it says to a live host.

    Args:
        path: the file.
        needed: tables that it must have.

    Raises:
        HongxianError: the file is not there or is no TOML, or its faults, a line for each.
    """
    content = read_toml(path)
    if faults := [*missing_tables(content, needed), *gate_faults(content)]:
        raise PolicyError(path, faults)
    gate = read_gate_policy(content, path)
    listen, mask, log = content.get("listen", {}), content.get("mask", {}), content.get("log", {})
    settings = LiveSettings(
        gate=gate, path=path, address=address_of(listen.get("address", "127.0.0.1:0")),
        admin=address_of(listen["admin"]) if "admin" in listen else None,
        workers=listen.get("workers", 1), trusted=tuple(listen.get("trusted", ())),
        tls=content.get("tls"), upstream=content.get("upstream", {}),
        limits=_limits(content.get("limits", {})), refusals=_refusals(content.get("answers", {})),
        callers={**DEFAULTS, **_callers(content.get("callers", {}))},
        mask=mask, masking=_masking(mask, path), fields=_fields(mask, path),
        state=_state(content.get("state", {}), path),
        log_file=path.parent / log["file"] if log.get("file", "-") != "-" else None,
        log_everything=log.get("what") == "all",
    )  # fmt: skip
    settings.secure()
    if "ca" in settings.upstream and not (path.parent / settings.upstream["ca"]).is_file():
        raise WordedError("file_missing", path.parent / settings.upstream["ca"])
    return settings


def _callers(rows: Mapping[str, list[str]]) -> dict[str, tuple[str, ...]]:
    return {kind: tuple(places) for kind, places in rows.items()}


def _limits(row: Mapping[str, Any]) -> Limits:
    told: dict[str, Any] = {
        name: span_of(value) if isinstance(value, str) else value for name, value in row.items()
    }
    return Limits(**told)


def _refusals(rows: Mapping[str, Any]) -> Refusals:
    own = {}
    for action, row in rows.items():
        default = Refusals().of(action)
        status = row.get("status", default.status)
        made = refusal(status, "", {**_shown(default), **row.get("headers", {})})
        body = row["body"].encode() if "body" in row else default.body
        own[action] = Refusal(status=status, headers=made.headers, body=body)
    return Refusals(own)


def _shown(told: Refusal) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in told.headers}


def _masking(mask: Mapping[str, Any], path: Path) -> Policy | None:
    """Return the policy of masking.

    Raises:
        HongxianError: its faults, or the audience is none of it.
    """
    if "policy" not in mask:
        return None
    from hongxian.guards.mask.policy_file import load_policy  # noqa: PLC0415 - heavy

    policy = load_policy(path.parent / mask["policy"])
    for audience in (mask.get("audience", "public"), *mask.get("audiences", {}).values()):
        policy.audience(str(audience))
    return policy


def _fields(mask: Mapping[str, Any], path: Path) -> Fields | None:
    if not mask.get("fields", True) and "openapi" not in mask:
        return None
    from hongxian.guards.gate.exchange.fields import load_fields  # noqa: PLC0415 - only with it

    document = path.parent / mask["openapi"] if "openapi" in mask else None
    return load_fields(document, names=mask.get("fields", True))


def _state(row: Mapping[str, Any], path: Path) -> StateSettings:
    told = {name: row[name] for name in ("redis", "lost") if name in row}
    if "timeout" in row:
        told["timeout"] = span_of(row["timeout"])
    if "secret_env" in row:
        told["secret"] = _long(os.environ.get(row["secret_env"], "").encode(), row["secret_env"])
    if "secret_file" in row:
        place = path.parent / row["secret_file"]
        try:
            told["secret"] = _long(place.read_bytes()[:4_096].strip(), str(place))
        except OSError as error:
            raise unreadable(place, error) from None
    return StateSettings(**told)


def _long(secret: bytes, where: str) -> bytes:
    if len(secret) < 16:
        raise WordedError("gate_secret", where)
    return secret
