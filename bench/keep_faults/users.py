"""Accounts of the system, one for each part; they have no home and no way to log in."""

from __future__ import annotations

import pwd
import subprocess

PARTS = ("db", "lane", "vault", "operator", "owner", "scratch")
"""Who has one: the database, the lane, the vault, the operator, who signs tickets, drills."""


def name(part: str) -> str:
    """Return the account of a part."""
    return f"hxf-{part}"


def make() -> list[str]:
    """Make those that are not there, and return them."""
    made = []
    for part in PARTS:
        try:
            pwd.getpwnam(name(part))
        except KeyError:
            subprocess.run(
                [
                    "useradd",
                    "--system",
                    "--no-create-home",
                    "--user-group",
                    "--shell",
                    "/usr/sbin/nologin",
                    name(part),
                ],
                check=True,
            )
            made.append(name(part))
    return made


def remove(made: list[str]) -> None:
    """Remove those that were made."""
    for one in made:
        subprocess.run(["userdel", one], check=False, capture_output=True)
