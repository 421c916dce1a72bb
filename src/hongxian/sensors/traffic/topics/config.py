"""How brokers are reached: TLS and SASL from a file of properties and from the environment.

Both name settings of librdkafka (``security.protocol=SASL_SSL``), as ``kcat -F`` and Kafka's own
tools take them. What they say is never printed.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from hongxian.words.worded import WordedError, unreadable

if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "HONGXIAN_KAFKA_CONFIG"
"""Environment variable that names the file."""
PREFIX = "HONGXIAN_KAFKA_"
"""Before single settings: ``HONGXIAN_KAFKA_SASL_PASSWORD`` is ``sasl.password``."""

_OURS = (
    "bootstrap.servers", "group.id", "enable.auto.commit", "enable.auto.offset.store",
    "auto.offset.reset", "enable.partition.eof", "group.instance.id", "isolation.level",
)  # fmt: skip
"""What the address says, or what keeps offsets from running ahead of findings."""


def settings_of(environment: Mapping[str, str] | None = None) -> dict[str, str]:
    """Return the settings of the file and of the environment, which come before it.

    Raises:
        HongxianError: the file is not there, or a line of it is no setting.
    """
    given = os.environ if environment is None else environment
    found = _read(Path(given[FILE])) if given.get(FILE) else {}
    for name, value in given.items():
        if name.startswith(PREFIX) and name != FILE:
            found[name.removeprefix(PREFIX).lower().replace("_", ".")] = value
    return {name: value for name, value in found.items() if name not in _OURS}


def _read(path: Path) -> dict[str, str]:
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None
    found: dict[str, str] = {}
    for number, line in enumerate(map(str.strip, lines), 1):
        if not line or line[0] in "#!":
            continue
        name, equals, value = line.partition("=")
        if not equals:
            raise WordedError("watch_kafka_line", f"{path}:{number}")
        found[name.strip()] = value.strip()
    return found
