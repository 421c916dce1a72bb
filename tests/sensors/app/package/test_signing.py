import struct

from tests.sensors.app.package import certificates
from tests.sensors.app.package.makers import M, signer, zipped
from tests.sensors.app.package.makers import signing_block as block

from hongxian.sensors.app.package.container import Archive
from hongxian.sensors.app.package.signing import Signatures, read_signatures, signing_block

LAMP, OTHER = certificates.make(), certificates.make("Other")
V2, V3, V31 = 0x7109871A, 0xF05368C0, 0x1B93AD61


def read(*members: M, parts: dict[int, bytes] | None = None) -> Signatures:
    data = zipped(*members, block=block(parts) if parts else b"")
    return read_signatures(Archive(data, "x.apk"))


def test_one_certificate_by_all_schemes() -> None:
    der = certificates.der(LAMP)
    found = read(
        M("META-INF/CERT.RSA", certificates.jar_signature(LAMP)),
        parts={V2: signer(der), V3: signer(der), V31: signer(der), 0x42726577: b"\0" * 99},
    )
    assert found.schemes == ["v1", "v2", "v3", "v3.1"]
    (only,) = found.signers
    assert only.schemes == ("v1", "v2", "v3", "v3.1")
    assert only.subject.startswith("CN=Lamp,")
    assert found.faults == []


def test_a_rotated_key_gives_two_signers() -> None:
    parts = {V2: signer(certificates.der(LAMP)), V31: signer(certificates.der(OTHER))}
    assert [s.schemes for s in read(parts=parts).signers] == [("v2",), ("v3.1",)]


def test_several_signers_of_one_scheme() -> None:
    found = read(parts={V2: signer(certificates.der(LAMP), certificates.der(OTHER))})
    assert len(found.signers) == 2


def test_certificates_that_only_vouch_are_left_out() -> None:
    authority = certificates.make("Authority")
    leaf = certificates.make("Leaf", issuer=authority)
    found = read(M("META-INF/A.EC", certificates.jar_signature(leaf, authority)))
    assert [s.subject[:7] for s in found.signers] == ["CN=Leaf"]


def test_no_signature_at_all() -> None:
    assert read(M("a", b"1")) == Signatures()


def test_what_cannot_be_parsed_is_told() -> None:
    found = read(M("META-INF/CERT.RSA", b"nothing"), parts={V2: b"\xff" * 8})
    assert found.faults == [
        ("META-INF/CERT.RSA", "signature", "v1"),
        ("APK Signing Block", "signature", "v2"),
    ]
    found = read(parts={V3: signer(b"0\x03abc")})
    assert found.faults == [("META-INF", "certificate", "length out of range")]
    assert found.schemes == ["v3"]


def test_a_jar_signature_that_cannot_be_unpacked_is_a_problem() -> None:
    archive = Archive(zipped(M("META-INF/A.RSA", size=9, body=b"\xff" * 9)), "x.apk")
    assert read_signatures(archive) == Signatures()
    assert [problem.word for problem in archive.problems] == ["member_data"]


def test_false_sizes_of_the_block_give_nothing() -> None:
    good = block({V2: b"value"})
    assert signing_block(good, len(good)) == {V2: b"value"}
    assert signing_block(good[:-1] + b"x", len(good)) == {}
    huge = bytearray(good)
    struct.pack_into("<Q", huge, len(good) - 24, 1 << 50)
    assert signing_block(bytes(huge), len(good)) == {}
    inner = bytearray(good)
    struct.pack_into("<Q", inner, 8, 1 << 50)
    assert signing_block(bytes(inner), len(good)) == {}
