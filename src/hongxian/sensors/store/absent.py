"""Persons who were deleted: are their numbers still there? Only salted hashes are compared.

The file holds a line ``salt: <text>`` and then one hash per line: SHA-256 (or HMAC-SHA-256 keyed by
the salt, when the first line says ``algorithm: hmac-sha256``) of salt and subject key, in
hexadecimal. A key is written as :func:`normal` leaves it.
"""

from __future__ import annotations

import hashlib
import hmac
import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from hongxian.sensors.store.values import buffer_of, hits_in, strings_of
from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from pathlib import Path

ALGORITHMS = ("sha256", "hmac-sha256")
LONGEST = 64
"""Longer values are no subject key; keys within them are found by the recognisers."""
_HASH = re.compile(r"[0-9a-fA-F]{64}")
_PHONE = re.compile(r"(?:(?:\+|00)?86)?(1[3-9]\d{9})")
_JOINERS = re.compile(r"[\s-]")


def normal(key: str) -> str:
    """Return a subject key as it is hashed: no blanks or dashes, lower case, no +86."""
    bare = _JOINERS.sub("", key).lower()
    found = _PHONE.fullmatch(bare)
    return found[1] if found else bare


def hashed(key: str, salt: str, algorithm: str = "sha256") -> str:
    """Return the salted hash of a subject key."""
    plain = normal(key).encode("utf-8", "replace")
    if algorithm == "hmac-sha256":
        return hmac.new(salt.encode(), plain, hashlib.sha256).hexdigest()
    return hashlib.sha256(salt.encode() + plain).hexdigest()


@dataclass(slots=True)
class Absent:
    """The hashes of those who should be gone, and where they were found in one table."""

    salt: str
    keys: frozenset[str]
    algorithm: str = "sha256"
    found: dict[str, int] = field(default_factory=dict)

    def look(self, column: str, array: Any) -> None:
        """Look for them in an array of values."""
        strings = strings_of(array)
        if strings is None or not len(strings):
            return
        rows = 0
        for value, count in _counted(strings):
            if hashed(value, self.salt, self.algorithm) in self.keys:
                rows += count
        if rows:
            self.found[column] = self.found.get(column, 0) + rows

    def taken(self) -> dict[str, int]:
        """Return what was found, and begin anew for the next table."""
        found, self.found = self.found, {}
        return found


def _counted(strings: Any) -> list[tuple[str, int]]:
    """Return the different keys that may be in some values, with how many rows hold them."""
    import pyarrow.compute as pc  # noqa: PLC0415 - heavy

    whole = strings.filter(pc.less_equal(pc.binary_length(strings), LONGEST))
    counts = {row["values"]: row["counts"] for row in whole.value_counts().to_pylist()}
    data, edges = buffer_of(strings)
    hits = hits_in(strings)
    view = memoryview(data) if len(hits) else b""
    for hit in hits:
        row, start, end = int(hit["row"]), int(hit["start"]), int(hit["end"])
        if (start, end) != (int(edges[row]), int(edges[row + 1])):
            value = bytes(view[start:end]).decode("utf-8", "replace")
            counts[value] = counts.get(value, 0) + 1
    return list(counts.items())


def load_absent(path: Path) -> Absent:
    """Read the file of hashes.

    Raises:
        HongxianError: it cannot be read, has no salt, or a line is no hash.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    salt, algorithm, keys = "", "sha256", set()
    for number, text in enumerate(lines, 1):
        line = text.strip()
        name, _, value = line.partition(":")
        if name == "salt":
            salt = value.strip()
        elif name == "algorithm" and value.strip() in ALGORITHMS:
            algorithm = value.strip()
        elif _HASH.fullmatch(line):
            keys.add(line.lower())
        elif line and not line.startswith("#"):
            raise WordedError("absent_line", path, line=number)
    if not salt or not keys:
        raise WordedError("absent_empty", path)
    return Absent(salt, frozenset(keys), algorithm)
