"""Certificates for tests, made by a cryptography library: what our own reader is checked by."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import cache

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, pkcs7
from cryptography.x509.oid import NameOID

BEGIN = datetime(2020, 1, 2, 3, 4, 5, tzinfo=UTC)


@cache
def key() -> ec.EllipticCurvePrivateKey:
    return ec.generate_private_key(ec.SECP256R1())


def make(
    name: str = "Lamp",
    issuer: x509.Certificate | None = None,
    end: datetime = datetime(2050, 1, 1, tzinfo=UTC),
) -> x509.Certificate:
    """Return a certificate of ``name``, by itself unless an issuer is given."""
    subject = x509.Name(
        [
            x509.NameAttribute(NameOID.COUNTRY_NAME, "CN"),
            x509.NameAttribute(NameOID.ORGANIZATION_NAME, "灯, 有限公司"),
            x509.NameAttribute(NameOID.COMMON_NAME, name),
        ]
    )
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer.subject if issuer else subject)
        .public_key(key().public_key())
        .serial_number(0x7A5)
        .not_valid_before(BEGIN)
        .not_valid_after(end)
        .sign(key(), hashes.SHA256())
    )


def der(certificate: x509.Certificate) -> bytes:
    return certificate.public_bytes(Encoding.DER)


def jar_signature(certificate: x509.Certificate, *more: x509.Certificate) -> bytes:
    """Return what ``META-INF/CERT.RSA`` holds."""
    builder = pkcs7.PKCS7SignatureBuilder().set_data(b"Signature-Version: 1.0")
    builder = builder.add_signer(certificate, key(), hashes.SHA256())
    for other in more:
        builder = builder.add_certificate(other)
    options = [pkcs7.PKCS7Options.DetachedSignature, pkcs7.PKCS7Options.Binary]
    return builder.sign(Encoding.DER, options)
