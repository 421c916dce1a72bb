"""Network namespaces, one for each host, and the cables between them (veth)."""

from __future__ import annotations

import subprocess
from dataclasses import dataclass, field

HOSTS = ("db", "lane", "vault", "operator")
CABLES = (("operator", "lane"), ("lane", "db"), ("vault", "db"), ("operator", "vault"))
"""Who reaches whom: the operator has no cable to the database."""
ADDRESS = "198.18.{cable}.{end}"
"""In the range that is set apart for tests of networks (RFC 2544)."""


def _ip(*words: str, check: bool = True) -> str:
    done = subprocess.run(["ip", *words], check=check, capture_output=True, text=True)
    return done.stdout


@dataclass(slots=True)
class Network:
    """The hosts; without namespaces all are this machine's loopback.

    Args:
        apart: whether each host has a namespace.
    """

    apart: bool = True
    _there: list[str] = field(default_factory=list)

    def make(self) -> None:
        """Make hosts and cables."""
        if not self.apart:
            return
        for host in HOSTS:
            _ip("netns", "del", self._space(host), check=False)  # of a run that was killed
            _ip("netns", "add", self._space(host))
            self._there.append(host)
            _ip("-n", self._space(host), "link", "set", "lo", "up")
        for one, other in CABLES:
            self.plug(one, other)

    def plug(self, one: str, other: str) -> None:
        """Lay a cable between two hosts."""
        cable = self._cable(one, other)
        ends = [f"hxf{cable}a", f"hxf{cable}b"]
        _ip(
            "link",
            "add",
            ends[0],
            "netns",
            self._space(one),
            "type",
            "veth",
            "peer",
            "name",
            ends[1],
            "netns",
            self._space(other),
        )
        for host, end in ((one, ends[0]), (other, ends[1])):
            address = f"{self.address(host, other if host == one else one)}/24"
            _ip("-n", self._space(host), "address", "add", address, "dev", end)
            _ip("-n", self._space(host), "link", "set", end, "up")

    def unplug(self, one: str, other: str) -> None:
        """Take a cable away."""
        _ip("-n", self._space(one), "link", "del", f"hxf{self._cable(one, other)}a")

    def address(self, host: str, towards: str) -> str:
        """Return the address of a host on the cable towards another."""
        if not self.apart:
            return "127.0.0.1"
        pair = sorted((host, towards))
        return ADDRESS.format(cable=self._cable(host, towards), end=1 + pair.index(host))

    def within(self, host: str) -> list[str]:
        """Return the words before a command that runs on a host."""
        return ["ip", "netns", "exec", self._space(host)] if self.apart else []

    def remove(self) -> None:
        """Take all away."""
        while self._there:
            _ip("netns", "del", self._space(self._there.pop()), check=False)

    @staticmethod
    def _space(host: str) -> str:
        return f"hxf-{host}"

    @staticmethod
    def _cable(one: str, other: str) -> int:
        first, second = sorted((HOSTS.index(one), HOSTS.index(other)))
        return 1 + first * len(HOSTS) + second


def possible() -> bool:
    """Return whether namespaces can be made here."""
    try:
        _ip("netns", "add", "hxf-probe")
    except (OSError, subprocess.CalledProcessError):
        return False
    try:
        _ip("-n", "hxf-probe", "link", "add", "hxf-a", "type", "veth", "peer", "name", "hxf-b")
    except subprocess.CalledProcessError:
        return False
    finally:
        _ip("netns", "del", "hxf-probe", check=False)
    return True
