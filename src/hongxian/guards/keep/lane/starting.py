"""What a client may ask for when it starts a session."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from hongxian.guards.keep.lane.encodings import codec_of

if TYPE_CHECKING:
    from collections.abc import Mapping

ALLOWED = frozenset((
    "user", "database", "application_name", "client_encoding", "datestyle", "timezone",
    "intervalstyle", "extra_float_digits", "geqo", "search_path", "statement_timeout",
    "lock_timeout", "idle_in_transaction_session_timeout", "idle_session_timeout", "jit",
    "work_mem",
    "default_transaction_isolation", "default_transaction_read_only", "plan_cache_mode",
    "client_min_messages", "options", "replication", "fallback_application_name",
    "standard_conforming_strings", "bytea_output", "lc_messages", "tcp_user_timeout",
    "default_transaction_deferrable", "enable_nestloop", "enable_seqscan", "row_security",
))  # fmt: skip
"""Parameters that change nothing of what a statement loses; anything else is refused."""

REPLICATION = re.compile(
    rb"\s*(?:IDENTIFY_SYSTEM|BASE_BACKUP|START_REPLICATION|TIMELINE_HISTORY|SHOW|"
    rb"READ_REPLICATION_SLOT|CREATE_REPLICATION_SLOT)\b", re.IGNORECASE
)  # fmt: skip
"""What a connection for replication may ask for; dropping a slot is not among it."""

_OPTION = re.compile(r"(?:-c\s*|--)([A-Za-z_.-]+)=((?:\\.|[^\s\\])*)\s*")


@dataclass(frozen=True, slots=True)
class Start:
    """A session as it was asked for."""

    version: int
    parameters: Mapping[bytes, bytes]
    role: str
    database: str
    codec: str
    replication: bool

    @property
    def application(self) -> str:
        """Name that the client gives itself."""
        return self.parameters.get(b"application_name", b"").decode("utf-8", "replace")[:64]


class StartError(Exception):
    """A start that is refused.

    Args:
        word: name of the text in ``words/keep_lane.toml``.
        about: what of it.
    """

    def __init__(self, word: str, about: str = "") -> None:
        """Keep both."""
        super().__init__(word)
        self.word, self.about = word, about[:64]


def judged_start(
    version: int, parameters: Mapping[bytes, bytes], *, replication: bool = False,
    clear: bool = False,
) -> Start:  # fmt: skip
    """Return a start that is allowed.

    Args:
        version: of the protocol, as it was sent.
        parameters: as they were sent.
        replication: whether connections for replication are allowed.
        clear: whether it came in clear where TLS is needed.

    Raises:
        StartError: it is refused.
    """
    told = {k.decode("utf-8", "replace"): v.decode("utf-8", "replace")
            for k, v in parameters.items()}  # fmt: skip
    if clear:
        raise StartError("clear")
    if not told.get("user"):
        raise StartError("no_user")
    settings = {**told, **_options(told.get("options", ""))}
    for name in settings:
        if name.lower() not in ALLOWED and not name.startswith("_pq_."):
            raise StartError("parameter", name)
    wanted = told.get("replication", "false").lower()
    replicates = wanted not in ("false", "off", "no", "0")
    if replicates and (not replication or wanted == "database"):
        raise StartError("replication")
    lower = {name.lower(): value for name, value in settings.items()}
    if lower.get("standard_conforming_strings", "on").lower() not in ("on", "true", "yes", "1"):
        raise StartError("parameter", "standard_conforming_strings")
    encoding = lower.get("client_encoding", "utf8").strip("'\"")
    codec = codec_of(encoding)
    if codec is None:
        raise StartError("encoding", encoding)
    return Start(version, parameters, told["user"], told.get("database") or told["user"], codec,
                 replicates)  # fmt: skip


def _options(text: str) -> dict[str, str]:
    """Return the settings of ``options``.

    Raises:
        StartError: something else stands there.
    """
    found: dict[str, str] = {}
    place, text = 0, text.strip()
    while place < len(text):
        one = _OPTION.match(text, place)
        if one is None:
            raise StartError("parameter", "options")
        found[one[1].replace("-", "_")] = one[2].replace("\\", "")
        place = one.end()
    return found
