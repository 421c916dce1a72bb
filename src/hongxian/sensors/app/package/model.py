"""What a package says of itself: the shapes that the readers fill and the sensor reads."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import datetime


@dataclass(frozen=True, slots=True)
class IntentFilter:
    """What a component answers to."""

    actions: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    """Schemes, hosts and types, each as ``scheme:https``, ``host:a.com``, ``type:image/*``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Component:
    """An activity, alias, service, receiver or provider."""

    kind: str
    """``activity``, ``alias``, ``service``, ``receiver`` or ``provider``."""
    name: str
    """Fully qualified class name; of an alias its own."""
    exported: bool
    """As declared, or by the system's default."""
    exported_declared: bool = False
    enabled: bool = True
    process: str | None = None
    permission: str | None = None
    filters: tuple[IntentFilter, ...] = ()
    meta_data: tuple[tuple[str, str], ...] = ()
    authorities: tuple[str, ...] = ()
    init_order: int | None = None
    """Of a provider: higher starts earlier."""
    target: str | None = None
    """Of an alias: the activity behind it."""
    label: str | None = None

    @property
    def actions(self) -> frozenset[str]:
        """All actions of all filters."""
        return frozenset(action for f in self.filters for action in f.actions)

    @property
    def launches(self) -> bool:
        """Whether the launcher shows it."""
        return self.kind in {"activity", "alias"} and any(
            "android.intent.action.MAIN" in f.actions
            and {"android.intent.category.LAUNCHER", "android.intent.category.LEANBACK_LAUNCHER"}
            & set(f.categories)
            for f in self.filters
        )


@dataclass(frozen=True, slots=True)
class UsedPermission:
    """One ``uses-permission``."""

    name: str
    max_sdk: int | None = None
    """The permission is not asked for on newer systems."""
    min_sdk: int | None = None
    """23 for ``uses-permission-sdk-23``."""
    implied_by: str | None = None
    """The permission with which the system adds this one, which is not declared itself."""


@dataclass(frozen=True, slots=True)
class DefinedPermission:
    """A permission that the package itself defines."""

    name: str
    protection: int = 0
    """``protectionLevel`` as the system has it: 0 normal, 1 dangerous, 2 signature."""


@dataclass(frozen=True, slots=True)
class NetworkSecurity:
    """The network security configuration, in as far as it says what may go in clear."""

    cleartext: bool | None = None
    """For all hosts not named; ``None`` leaves the system's default."""
    cleartext_domains: tuple[str, ...] = ()
    secure_domains: tuple[str, ...] = ()
    trusts_user_certificates: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Manifest:
    """``AndroidManifest.xml``, of the base package and its splits together."""

    package: str = ""
    split: str | None = None
    version_name: str | None = None
    version_code: int | None = None
    label: str | None = None
    """The app's name, Chinese if it has one."""
    min_sdk: int = 1
    target_sdk: int = 1
    """What the system assumes: ``min_sdk`` when it is not declared."""
    shared_user: str | None = None
    permissions: tuple[UsedPermission, ...] = ()
    """As declared."""
    implied_permissions: tuple[UsedPermission, ...] = ()
    """Added by the system, because the app targets an older one."""
    defined_permissions: tuple[DefinedPermission, ...] = ()
    components: tuple[Component, ...] = ()
    application: str | None = None
    """Class of the application object, fully qualified."""
    component_factory: str | None = None
    process: str | None = None
    meta_data: tuple[tuple[str, str], ...] = ()
    uses_cleartext: bool | None = None
    """``usesCleartextTraffic``; ``None`` when it is not declared."""
    network_security: NetworkSecurity | None = None
    allow_backup: bool = True
    backup_rules: str | None = None
    """File of ``fullBackupContent``, or ``true``/``false``."""
    extraction_rules: str | None = None
    debuggable: bool = False
    test_only: bool = False
    queries: tuple[str, ...] = ()
    """Other apps it may see: ``package:a.b``, ``action:...``, ``authority:...``."""

    @property
    def permission_names(self) -> frozenset[str]:
        """Names of all declared permissions."""
        return frozenset(permission.name for permission in self.permissions)

    @property
    def launchers(self) -> tuple[str, ...]:
        """Classes of the activities that the launcher starts, aliases resolved."""
        names = (c.target or c.name for c in self.components if c.launches and c.enabled)
        return tuple(dict.fromkeys(names))

    @property
    def cleartext_permitted(self) -> bool:
        """Whether http is allowed to hosts that are not named, by declaration or default."""
        rules = self.network_security
        if rules is not None and rules.cleartext is not None:
            return rules.cleartext
        if rules is None and self.uses_cleartext is not None:
            return self.uses_cleartext
        return self.target_sdk < 28

    def of_kind(self, *kinds: str) -> tuple[Component, ...]:
        """Return the components of some kinds, in the order of the manifest."""
        return tuple(c for c in self.components if c.kind in kinds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Signer:
    """A certificate that the package is signed with, and by which schemes."""

    subject: str
    issuer: str
    serial: str
    """Hexadecimal."""
    sha256: str
    not_before: datetime | None
    not_after: datetime | None
    schemes: tuple[str, ...]
    """Some of ``v1``, ``v2``, ``v3``, ``v3.1``."""

    @property
    def debug(self) -> bool:
        """Whether this is the key that the build tools make for testing, or AOSP's public one."""
        return "CN=Android Debug" in self.subject or self.sha256 in _PUBLIC_KEYS


_PUBLIC_KEYS = {"a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc"}
"""AOSP's ``testkey``, whose private half anybody can download."""


@dataclass(frozen=True, slots=True)
class NativeLibrary:
    """A native library, by name."""

    abi: str
    name: str
    locator: str


@dataclass(frozen=True, slots=True)
class ResourceString:
    """One text of the resources."""

    name: str
    """Type and name, such as ``string/privacy_url``."""
    value: str
    locale: str
    locator: str
    links: tuple[str, ...] = ()
    """Targets of the links that stand in its styles, not in its letters."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyPart:
    """A privacy policy, agreement or list found in the package: a link, or a text."""

    kind: str
    """``policy``, ``agreement``, ``sdk_list``, ``collection_list``, ``children`` or ``mention``."""
    name: str
    locator: str
    url: str | None = None
    text: str | None = field(default=None, repr=False)
