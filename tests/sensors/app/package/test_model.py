import pytest

from hongxian.sensors.app.package.model import Manifest, NetworkSecurity, Signer


@pytest.mark.parametrize(
    ("uses", "rules", "target", "permitted"),
    [
        (None, None, 27, True),
        (None, None, 28, False),
        (True, None, 34, True),
        (False, None, 20, False),
        (True, NetworkSecurity(), 34, False),
        (False, NetworkSecurity(cleartext=True), 34, True),
    ],
)
def test_cleartext_by_declaration_and_default(
    uses: bool | None, rules: NetworkSecurity | None, target: int, permitted: bool
) -> None:
    manifest = Manifest(uses_cleartext=uses, network_security=rules, target_sdk=target)
    assert manifest.cleartext_permitted is permitted


@pytest.mark.parametrize(
    ("subject", "sha256", "debug"),
    [
        ("CN=Android Debug,O=Android,C=US", "00", True),
        ("CN=Lamp Ltd", "00", False),
        ("O=Android", "a40da80a59d170caa950cf15c18c454d47a39b26989d8b640ecd745ba71bf5dc", True),
    ],
)
def test_keys_that_anybody_has_are_recognised(subject: str, sha256: str, debug: bool) -> None:
    signer = Signer(
        subject=subject,
        issuer=subject,
        serial="1",
        sha256=sha256,
        not_before=None,
        not_after=None,
        schemes=("v1",),
    )
    assert signer.debug is debug
