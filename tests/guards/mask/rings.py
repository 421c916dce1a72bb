"""Keys and settings for tests."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from hongxian.guards.mask.keys import KeyRing
from hongxian.guards.mask.technique import Setting, find_technique

if TYPE_CHECKING:
    from pathlib import Path

    from hongxian.guards.mask.cells import Masked
    from hongxian.words.worded import WordedError

SECRETS = {"k1": bytes(range(32)), "k2": bytes(range(32, 64))}


def ring(active: str = "k1") -> KeyRing:
    return KeyRing(active, {name: (lambda name=name: SECRETS[name]) for name in SECRETS})


def setting(info: str, vault: Path | None = None, key: str = "k1", **options: Any) -> Setting:
    domain = options.pop("domain", info)
    return Setting(info=info, domain=domain, options=options, ring=ring(key), vault=vault)


def masked(
    name: str, info: str, values: Any, kind: Any = None, vault: Path | None = None, **options: Any
) -> Masked:
    """Apply a technique to values, once its options were checked."""
    technique, own = find_technique(name), setting(info, vault, **options)
    assert technique.check is None or technique.check(own) is None
    return technique.apply(own)(pa.array(values, kind))


def shown(name: str, info: str, values: Any, **options: Any) -> list[Any]:
    return list(masked(name, info, values, **options).values.to_pylist())


def revealed(name: str, info: str, column: Any, vault: Path | None = None, **options: Any) -> Any:
    technique = find_technique(name)
    assert technique.reveal
    return technique.reveal(setting(info, vault, **options))(column).values.to_pylist()


def wrong(name: str, info: str, **options: Any) -> WordedError | None:
    technique = find_technique(name)
    assert technique.check
    return technique.check(setting(info, **options))
