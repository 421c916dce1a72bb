"""The network security configuration: which hosts may be spoken to in clear.

Format: developer.android.com, "Network security configuration". An inner ``domain-config``
inherits from the outer one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from hongxian.sensors.app.package.model import NetworkSecurity

if TYPE_CHECKING:
    from hongxian.sensors.app.package.axml import Element
    from hongxian.sensors.app.package.values import Values

_DEPTH = 16


def read_network_security(root: Element, values: Values) -> NetworkSecurity:
    """Read the configuration.

    Args:
        root: its ``network-security-config`` element.
        values: reads attributes; these have no resource ids.
    """
    base = None
    user = False
    rules: dict[str, bool] = {}
    for child in root.children:
        if child.tag == "base-config":
            base = values.flag(child, "cleartextTrafficPermitted")
            user = _trusts_user(child, values)
    for child in root.all("domain-config"):
        _domains(child, values, inherited=base, rules=rules, depth=0)
    return NetworkSecurity(
        cleartext=base,
        cleartext_domains=tuple(domain for domain, clear in rules.items() if clear),
        secure_domains=tuple(domain for domain, clear in rules.items() if not clear),
        trusts_user_certificates=user,
    )


def _domains(
    config: Element, values: Values, *, inherited: bool | None, rules: dict[str, bool], depth: int
) -> None:
    own = values.flag(config, "cleartextTrafficPermitted")
    clear = inherited if own is None else own
    for child in config.all("domain"):
        # the domain is the element's text, which binary XML keeps as a node of its own
        if clear is not None and child.text:
            rules[child.text.strip().lower()] = clear
    if depth < _DEPTH:
        for child in config.all("domain-config"):
            _domains(child, values, inherited=clear, rules=rules, depth=depth + 1)


def _trusts_user(config: Element, values: Values) -> bool:
    return any(
        values.text(certificates, "src") == "user"
        for anchors in config.all("trust-anchors")
        for certificates in anchors.all("certificates")
    )
