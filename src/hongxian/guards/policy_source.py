"""What the policies of all guards share: they are TOML of a bounded size, told fault by fault."""

from __future__ import annotations

import tomllib
from typing import TYPE_CHECKING, Any

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

LARGEST = 1 << 20
"""Bytes that a policy may have."""

Fault = tuple[str, WordedError]
"""The place in a policy, and what is wrong there."""


class PolicyError(WordedError):
    """Faults of a policy's file; each is one line.

    Args:
        path: the file.
        faults: place and fault, in the order of the file's tables.
    """

    def __init__(self, path: Path, faults: Iterable[Fault]) -> None:
        """Keep the faults, so that they can be said in either language."""
        self.faults = [
            WordedError(fault.word, f"{path}: {place}" if place else path, fault.code,
                        **fault.values)
            for place, fault in faults
        ]  # fmt: skip
        super().__init__("policy_faults", count=len(self.faults))

    def say(self, lang: str) -> str:
        """Return all faults, a line for each."""
        return "\n".join(" ".join(fault.say(lang).splitlines()) for fault in self.faults)


def read_bytes(path: Path, most: int = LARGEST) -> bytes:
    """Return what a file holds.

    Raises:
        HongxianError: it is not there, may not be read, or is larger than it may be.
    """
    try:
        with path.open("rb") as source:
            data = source.read(most + 1)
    except OSError as error:
        raise unreadable(path, error) from None
    if len(data) > most:
        raise WordedError("policy_large", path, most=most)
    return data


def read_toml(path: Path) -> dict[str, Any]:
    """Return what a policy says, without a look at its meaning.

    Raises:
        HongxianError: the file is not there, is too large or is no TOML.
    """
    try:
        return tomllib.loads(read_bytes(path).decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    except RecursionError:
        raise WordedError("toml_deep", path) from None
