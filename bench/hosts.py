"""Prints how many hosts of documents an owner is known for, beside third-party-web.

    python bench/hosts.py [FOLDER] [ENTITIES]

FOLDER holds files whose URLs are counted, each host once (``../shared/corpus/policies`` unless
given); ENTITIES is ``dist/entities-nostats.json`` of the package third-party-web. Also prints what
loading the table costs, and one look-up. Exit code 1 when less is known than the peer knows.
"""

from __future__ import annotations

import json
import re
import sys
import time
from pathlib import Path

from hongxian.laws.hosts import is_host, owner_of

URL = re.compile(rb"(?:https?|wss?)://([A-Za-z0-9.-]{4,100})")
LARGEST = 30_000_000


def hosts(folder: Path) -> set[str]:
    """Return the hosts of all URLs in a folder's files."""
    files = (one for one in folder.rglob("*") if one.is_file() and one.stat().st_size < LARGEST)
    found = {match.decode().lower().strip(".-") for one in files for match in _urls(one)}
    return {host for host in found if "." in host and is_host(host)}


def _urls(path: Path) -> list[bytes]:
    return URL.findall(path.read_bytes())


def peer_domains(entities: Path) -> set[str]:
    """Return the domains that the peer knows."""
    rows = json.loads(entities.read_text(encoding="utf-8"))
    return {domain.removeprefix("*.") for row in rows for domain in row["domains"]}


def peer_knows(host: str, domains: set[str]) -> bool:
    """Whether a host is one of the domains, or below one."""
    labels = host.split(".")
    return any(".".join(labels[start:]) in domains for start in range(len(labels)))


def main() -> int:
    """Print the figures."""
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpus/policies")
    if not folder.is_dir():
        print(f"{folder} is absent: nothing to measure")
        return 0
    begun = time.perf_counter()
    owner_of("www.example.org")
    loaded = time.perf_counter() - begun
    found = hosts(folder)
    ours = [owner for host in sorted(found) if (owner := owner_of(host))]
    sure = sum(owner.confidence != "M" for owner in ours)
    begun = time.perf_counter()
    for host in found:
        owner_of(host)
    each = (time.perf_counter() - begun) / max(len(found), 1)
    print(f"hosts {len(found)}, owner known {len(ours)}, with a source {sure}")
    print(f"table loaded in {loaded * 1000:.1f} ms, {each * 1e6:.1f} us a look-up")
    if len(sys.argv) <= 2:
        print("peer: give its entities-nostats.json")
        return 0
    domains = peer_domains(Path(sys.argv[2]))
    peer = sum(peer_knows(host, domains) for host in found)
    print(f"third-party-web knows {peer}; ratio {len(ours) / max(peer, 1):.2f}")
    return int(len(ours) < peer)


if __name__ == "__main__":
    sys.exit(main())
