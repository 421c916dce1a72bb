"""What goes out to others, from reading to facts and to the report's plain data."""

from __future__ import annotations

import secrets
from typing import TYPE_CHECKING, Any

from hongxian.audit.watch_record import time
from hongxian.facts import Run, Store
from hongxian.info.types import load_types
from hongxian.sensors.traffic.egress import Egress
from hongxian.words import say
from hongxian.words.mask import mask_all

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from hongxian.sensors.traffic.egress import Sent
    from hongxian.sensors.traffic.sense import SensedTraffic

FORMAT_VERSION = 1


def read_egress(sensed: SensedTraffic, hosts: Mapping[str, str]) -> Egress:
    """Read logs of what servers send out.

    Args:
        sensed: the logs.
        hosts: host, with all below it -> whose it is.
    """
    egress = Egress(sensed, secrets.token_bytes(16), hosts)
    egress.read()
    return egress


def keep_egress(path: Path, egress: Egress) -> Run:
    """Write facts and coverage as one run to the store in a file, and return the run."""
    sensed, coverage = egress.sensed, egress.coverage()
    run = Run(sensor="traffic", subject=sensed.subject, artefact=sensed.artefact)
    store = Store(path)
    try:
        store.con.begin()
        store.begin(run)
        store.add_facts(run, egress.facts())
        store.add_coverage(run, [coverage])
        store.finish(run, *(() if coverage.status == "ran" else ("partial", coverage.scope)))
        store.con.commit()
    finally:
        store.close()
    return run


def egress_record(egress: Egress, lang: str) -> dict[str, Any]:
    """Return the whole report in one language; nothing in it looks like a PI value."""
    sensed = egress.sensed
    told: dict[str, Any] = mask_all({
        "format_version": FORMAT_VERSION, "subject": sensed.subject,
        "requests": egress.requests.total(),
        "logs": [{"file": log.name, "format": log.form, "requests": log.read,
                  "bad_lines": log.bad} for log in sensed.logs],
        "from": time(sensed.first), "to": time(sensed.last),
        "reasons": [reason.say(lang) for reason in egress.reasons()],
        "sent": [_sent(one, lang) for one in egress.rows()],
        "hosts": [{"host": host, "requests": count, "opaque": egress.opaque[host]}
                  for host, count in egress.requests.most_common()],
    })  # fmt: skip
    return told | {"sha256": sensed.artefact}  # a hash of ours is no number of anybody


def _sent(one: Sent, lang: str) -> dict[str, Any]:
    info, certainty = load_types()[one.info], "seen" if one.sure else "inferred"
    return {
        "host": one.host, "recipient": one.recipient,
        "recipient_name": _recipient_name(one, lang), "info": one.info,
        "info_name": info.name(lang), "form": one.form,
        "form_name": say(f"vocabulary.form.{one.form}", lang),
        "values": len(one.values), "requests": one.requests, "endpoints": list(one.endpoints),
        "without_tls": one.clear, "first": time(one.first), "last": time(one.last),
        "certainty": certainty, "certainty_name": say(f"vocabulary.certainty.{certainty}", lang),
        "locator": one.locator,
    }  # fmt: skip


def _recipient_name(one: Sent, lang: str) -> str:
    owner = one.owner
    if owner is None:
        return say("egress.recipient_unknown", lang)
    if owner.first_party:
        return say("egress.recipient_first_party", lang)
    if owner.hosting:
        return say("egress.recipient_hosted", lang, company=owner.name(lang))
    return owner.name(lang)
