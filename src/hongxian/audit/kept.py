"""Keeps what was observed of one package: the app's own run, its policy's and its sessions'."""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.audit.outcome import keep, keep_policy
from hongxian.audit.own_hosts import own_hosts
from hongxian.audit.sessions import keep_session
from hongxian.sensors.session.recipients import Hosts

if TYPE_CHECKING:
    from hongxian.audit.batch import Observed
    from hongxian.audit.sessions import Sessions
    from hongxian.audit.settings import Settings
    from hongxian.facts import Store


def keep_observed(  # noqa: PLR0913 - what is kept, where, and how it is read and told
    store: Store,
    observed: Observed,
    settings: Settings,
    sessions: Sessions,
    *,
    app_type: str | None,
    lang: str,
) -> list[str]:
    """Write the runs of one package, and read the sessions that belong to it.

    Args:
        store: where to.
        observed: what the sensors made of package and policy.
        settings: says whose some hosts are.
        sessions: bundles that were handed over.
        app_type: key of the type that the app is judged as.
        lang: language of the lines.

    Returns:
        A line for each part of a session that could not be read.
    """
    subject = observed.app.subject
    keep(store, observed.app, app_type)
    if observed.policy:
        keep_policy(store, observed.policy)
    hosts = Hosts(overrides=settings.hosts, own=own_hosts(store, subject))
    lines = []
    for session in sessions.of(subject, hosts):
        lines += session.lines(lang)
        keep_session(store, session)
    return lines
