"""The configuration file: ``hongxian.toml``, or ``[tool.hongxian]`` of ``pyproject.toml``.

Flags come before environment variables (``HONGXIAN_...``), these before the file.
"""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from hongxian.errors import HongxianError
from hongxian.laws.app_types import find_app_type
from hongxian.laws.hosts import clean_host, is_host
from hongxian.laws.suffixes import is_registry
from hongxian.words import LANGUAGES
from hongxian.words.worded import WordedError, nearest, unreadable

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from hongxian.rules.load import Rule

KEYS: dict[str, type | tuple[type, ...]] = {
    "lang": str, "type": str, "format": str, "fail_on": str, "strict": bool, "accept": str,
    "store": str, "engine": str, "jobs": int, "seconds": (int, float), "megabytes": int,
    "gates": list, "types": dict, "limits": dict, "hosts": dict,
}  # fmt: skip
"""Keys of the file and the types of their values."""

CHOICES = {
    "lang": LANGUAGES, "format": ("table", "json", "sarif", "html", "csv"),
    "fail_on": ("low", "medium", "high"), "engine": ("duckdb", "spark"),
}  # fmt: skip
"""Keys that take one of a few words."""

LEAST = {"jobs": 1, "seconds": 0.001, "megabytes": 64}
"""Keys that take a number, and how great it must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """What the configuration file says."""

    options: dict[str, Any] = field(default_factory=dict)
    """Defaults of command-line options, by option name."""
    gates: frozenset[str] = frozenset()
    """Methods that are consent checks: ``com.example.Consent.isGiven``."""
    types: dict[str, str] = field(default_factory=dict)
    """Package name -> app type."""
    limits: dict[str, float] = field(default_factory=dict)
    """``<rule id>.<threshold>`` -> value."""
    hosts: dict[str, str] = field(default_factory=dict)
    """Host, with all below it -> whose it is; :func:`hongxian.laws.hosts.owner_of` takes it."""
    path: Path | None = field(default=None, compare=False)
    """The file that said so."""

    def check_limits(self, rules: Iterable[Rule]) -> None:
        """See that every threshold that the file changes is one of the rules that will judge.

        Raises:
            HongxianError: one is not; names the nearest that is.
        """
        known = [f"{rule.id}.{name}" for rule in rules for name in rule.thresholds]
        for name in self.limits:
            if name not in known:
                close = nearest(name, known)
                raise WordedError("unknown_threshold", self.path, name=name, nearest=close)

    def chosen(self, given: Mapping[str, Any]) -> dict[str, Any]:
        """Return the options: as given on the command line or in the environment, else ours."""
        names = {"app_type": "type", "form": "format"}
        return {
            name: self.options.get(names.get(name, name)) if value in (None, ()) else value
            for name, value in given.items()
        }

    def app_type(self, asked: str | None) -> str | None:
        """Return the key of the app type that number, key or name mean; ``None`` for none asked.

        Raises:
            HongxianError: there is no such type.
        """
        return find_app_type(asked).key if asked else None

    def type_of(self, subject: str) -> str | None:
        """Return the key of the app type that the file gives to a subject's package."""
        package = subject.partition(":")[2].partition("@")[0]
        return self.app_type(self.types.get(package))


def load_settings(path: Path | None = None) -> Settings:
    """Read the named file, else the one in the working folder, else nothing.

    Raises:
        HongxianError: the file is not there, is no TOML, or has a key that nobody knows.
    """
    if path is not None:
        return _settings(path, _read(path))
    if (own := Path("hongxian.toml")).is_file():
        return _settings(own, _read(own))
    if (project := Path("pyproject.toml")).is_file():
        return _settings(project, _own(_read(project)))
    return Settings()


def _read(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise unreadable(path, error) from None


def _own(project: dict[str, Any]) -> Any:
    tools = project.get("tool", {})
    return tools.get("hongxian", {}) if isinstance(tools, dict) else {}


def _settings(path: Path, content: Any) -> Settings:
    if not isinstance(content, dict):
        raise WordedError("tool_no_table", path)
    for key, value in content.items():
        _check(path, key, value)
    limits, types, gates = content.get("limits", {}), content.get("types", {}), content.get("gates")
    for name, value in limits.items():
        if isinstance(value, dict):
            raise WordedError("limit_unquoted", path, name=name)
        if not _is(value, (int, float)):
            raise WordedError("limit_no_number", path, name=name)
    hosts = content.get("hosts", {})
    _check_hosts(path, hosts)
    for name, value in [*types.items(), *(("gates", gate) for gate in gates or ())]:
        if not isinstance(value, str):
            raise WordedError("no_text", path, name=name, value=value)
    _check_types(path, types if "type" not in content else types | {"type": content["type"]})
    own = ("gates", "types", "limits", "hosts")
    return Settings(
        options={key: value for key, value in content.items() if key not in own},
        gates=frozenset(gates or ()),
        types=types,
        limits={name: float(value) for name, value in limits.items()},
        hosts=hosts,
        path=path,
    )


def _check_types(path: Path, types: Mapping[str, str]) -> None:
    for name, asked in types.items():
        try:
            find_app_type(asked)
        except HongxianError as error:
            raise WordedError("type_of", path, name=name, error=error) from None


def _check_hosts(path: Path, hosts: Mapping[str, Any]) -> None:
    for name, whose in hosts.items():
        if isinstance(whose, dict):
            raise WordedError("host_unquoted", path, name=name)
        if not is_host(name) or is_registry(clean_host(name) or name):
            raise WordedError("no_host", path, name=name)
        if not isinstance(whose, str) or not whose.strip():
            raise WordedError("no_text", path, name=name, value=whose)


def _check(path: Path, key: str, value: Any) -> None:
    if key not in KEYS:
        raise WordedError("unknown_key", path, key=key, nearest=nearest(key, list(KEYS)))
    if not _is(value, KEYS[key]):
        raise WordedError("wrong_kind", path, key=key)
    if value not in CHOICES.get(key, (value,)):
        raise WordedError("none_of", path, key=key, value=value, known=", ".join(CHOICES[key]))
    if key in LEAST and value < LEAST[key]:
        raise WordedError("too_small", path, key=key, value=value, least=LEAST[key])


def _is(value: object, kinds: type | tuple[type, ...]) -> bool:
    """Whether a value is of a kind; *true* is no number, although Python holds it for one."""
    return isinstance(value, kinds) and (kinds is bool or not isinstance(value, bool))
