"""Which hosts are the operator's own, by what package and policy tell of the operator.

Those are the domain at which the policy stands, and the domains of the company that the policy
names as operator or that signed the package, where the table of owners knows it.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from hongxian.laws.hosts import own_domain
from hongxian.laws.owners import named

if TYPE_CHECKING:
    from collections.abc import Iterator

    from hongxian.facts import Store

_ORGANISATION = re.compile(r"(?:^|,)\s*(?:O|CN)=([^,]+)")


def own_hosts(store: Store, subject: str) -> tuple[str, ...]:
    """Return own domains and keys of own companies, as ``owner_of`` takes them.

    Args:
        store: with what was found on package and policy.
        subject: the app.
    """
    return tuple(dict.fromkeys(one for one in _told(store, subject) if one))


def _told(store: Store, subject: str) -> Iterator[str | None]:
    rows = store.con.execute(
        "select kind, party, detail from main.facts where subject = ? and ("
        "kind = 'publish' or (kind = 'section' and item = 'operator_identity') "
        "or (kind = 'trait' and item = 'signer')) order by kind, fact_id",
        [subject],
    ).fetchall()
    for kind, party, text in rows:
        detail = json.loads(text or "{}")
        if kind == "publish":
            yield _host(detail.get("link"))
        elif kind == "section":
            yield _company(party)
        else:
            for name in _ORGANISATION.findall(str(detail.get("subject", ""))):
                yield _company(name.strip())


def _host(link: object) -> str | None:
    try:
        host = urlsplit(link).hostname if isinstance(link, str) else None
    except ValueError:
        return None
    return own_domain(host) if host else None


def _company(name: str | None) -> str | None:
    owner = named(name) if name else None
    return owner.key if owner else None
