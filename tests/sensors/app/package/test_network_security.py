from tests.sensors.app.package.makers import E, axml

from hongxian.sensors.app.package.axml import parse
from hongxian.sensors.app.package.model import NetworkSecurity
from hongxian.sensors.app.package.network_security import read_network_security
from hongxian.sensors.app.package.resources import Resources
from hongxian.sensors.app.package.values import Values


def read(*children: E) -> NetworkSecurity:
    root = parse(axml(E("network-security-config", {}, list(children))), "x").root
    return read_network_security(root, Values(Resources([])))


def config(clear: str | None, *children: E) -> E:
    attributes = {} if clear is None else {"cleartextTrafficPermitted": clear}
    return E("domain-config", attributes, list(children))


def test_base_and_domains() -> None:
    found = read(
        E("base-config", {"cleartextTrafficPermitted": "false"}),
        config("true", E("domain", {"includeSubdomains": "true"}, text="Old.example.com")),
        config(None, E("domain", text="inherits.example.com")),
    )
    assert found.cleartext is False
    assert found.cleartext_domains == ("old.example.com",)
    assert found.secure_domains == ("inherits.example.com",)
    assert not found.trusts_user_certificates


def test_an_inner_configuration_inherits() -> None:
    inner = config(None, E("domain", text="b.com"))
    assert read(config("true", inner)).cleartext_domains == ("b.com",)


def test_nothing_said_leaves_the_default() -> None:
    assert read(config(None, E("domain", text="a.com"))) == NetworkSecurity()


def test_user_certificates_in_the_base_configuration() -> None:
    anchors = E("trust-anchors", {}, [E("certificates", {"src": "user"})])
    assert read(E("base-config", {}, [anchors])).trusts_user_certificates
