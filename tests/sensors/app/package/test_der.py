from datetime import UTC, datetime

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.x509.oid import NameOID
from tests.sensors.app.package import certificates

from hongxian.sensors.app.package.der import certificate, nodes, pkcs7_certificates


@pytest.mark.parametrize(
    "end", [datetime(2049, 12, 31, tzinfo=UTC), datetime(2120, 1, 1, tzinfo=UTC)]
)
def test_reads_what_a_cryptography_library_reads(end: datetime) -> None:
    theirs = certificates.make(end=end)
    ours = certificate(certificates.der(theirs))
    assert ours.subject == theirs.subject.rfc4514_string()
    assert ours.issuer == theirs.issuer.rfc4514_string()
    assert ours.serial == f"{theirs.serial_number:x}"
    assert ours.sha256 == theirs.fingerprint(hashes.SHA256()).hex()
    assert ours.not_before == theirs.not_valid_before_utc
    assert ours.not_after == theirs.not_valid_after_utc


@pytest.mark.parametrize("name", ["#x", " a", "a ", 'q"u<o>t;e=+\\', "ä ö"])
def test_names_are_escaped_as_rfc_4514_wants(name: str) -> None:
    theirs = certificates.make(name)
    assert certificate(certificates.der(theirs)).subject == theirs.subject.rfc4514_string()


def test_an_unknown_attribute_keeps_its_number() -> None:
    theirs = certificates.make().subject
    name = x509.Name([*theirs, x509.NameAttribute(NameOID.TITLE, "Dr")])
    made = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(certificates.key().public_key())
        .serial_number(1)
        .not_valid_before(certificates.BEGIN)
        .not_valid_after(datetime(2050, 1, 1, tzinfo=UTC))
        .sign(certificates.key(), hashes.SHA256())
    )
    assert certificate(certificates.der(made)).subject.startswith("2.5.4.12=Dr,CN=Lamp")


@pytest.mark.parametrize(
    ("tag", "raw"),
    [
        (0x1E, "灯灯".encode("utf-16-be")),
        (0x1C, "灯".encode("utf-32-be")),
        (0x0C, "灯灯".encode("gbk")),
    ],
)
def test_names_in_other_encodings(tag: int, raw: bytes) -> None:
    der = certificates.der(certificates.make("LAMP"))
    raw = raw.ljust(4, b"\0")[:4]
    made = certificate(der.replace(b"\x0c\x04LAMP", bytes([tag, 4]) + raw))
    assert "CN=灯" in made.subject


def test_a_time_that_is_none_is_left_open() -> None:
    der = certificates.der(certificates.make())
    assert certificate(der.replace(b"200102030405Z", b"209902030405Z")).not_before is None


def test_certificates_of_a_jar_signature() -> None:
    theirs = certificates.make()
    ders = pkcs7_certificates(certificates.jar_signature(theirs))
    assert ders == [certificates.der(theirs)]


@pytest.mark.parametrize("data", [b"", b"0", b"0\x05abc", b"0\x80\0\0", b"\x02\x01\x01", b"0\0"])
def test_what_is_no_certificate_is_refused(data: bytes) -> None:
    with pytest.raises(ValueError, match=r".+"):
        certificate(data)
    with pytest.raises(ValueError, match=r".+"):
        pkcs7_certificates(data)


def test_cut_off_anywhere_is_refused() -> None:
    whole = certificates.der(certificates.make())
    for size in range(1, len(whole)):
        with pytest.raises(ValueError, match=r".+"):
            list(nodes(whole[:size]))
