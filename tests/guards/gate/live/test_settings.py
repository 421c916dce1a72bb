from __future__ import annotations

import datetime as dt
import ssl
from pathlib import Path

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from hongxian.errors import HongxianError
from hongxian.guards.gate.live.settings import LiveSettings, load_live

LEAST = '[listen]\naddress = "127.0.0.1:0"\n[upstream]\nservers = ["{}"]\n'
PLAIN = LEAST.format("http://127.0.0.1:8000")


def certificate(place: Path, name: str = "localhost") -> None:
    """Write a certificate and its key beside each other."""
    key = ec.generate_private_key(ec.SECP256R1())
    who = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)])
    start = dt.datetime(2025, 1, 1, tzinfo=dt.UTC)
    made = (
        x509.CertificateBuilder().subject_name(who).issuer_name(who).public_key(key.public_key())
        .serial_number(x509.random_serial_number()).not_valid_before(start)
        .not_valid_after(start + dt.timedelta(days=36_500))
        .add_extension(x509.SubjectAlternativeName([x509.DNSName(name)]), critical=False)
        .sign(key, hashes.SHA256())
    )  # fmt: skip
    (place / "cert.pem").write_bytes(made.public_bytes(serialization.Encoding.PEM))
    (place / "key.pem").write_bytes(key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    ))  # fmt: skip


def load(tmp_path: Path, text: str) -> LiveSettings:
    path = tmp_path / "gate.toml"
    path.write_text(text, "utf-8")
    return load_live(path)


def test_what_a_policy_does_not_say_has_a_default(tmp_path: Path) -> None:
    told = load(tmp_path, PLAIN)
    assert (told.gate.mode, told.workers, told.address) == ("learn", 1, ("127.0.0.1", 0))
    assert (told.admin, told.tls, told.secure(), told.state.redis) == (None, None, None, None)
    assert told.exchange().covers.audience == "public"
    assert told.exchange().fields is not None
    assert load(tmp_path, PLAIN + "[mask]\nfields = false\n").exchange().fields is None


def test_everything_that_can_be_told_is_taken(tmp_path: Path, monkeypatch) -> None:
    monkeypatch.setenv("GATE_SECRET", "s" * 32)
    (tmp_path / "mask.toml").write_text('[types."basic.phone"]\nanalyst = "keep"\n')
    (tmp_path / "api.yaml").write_text("openapi: 3.0.0\npaths: {}\n")
    told = load(tmp_path, (
        '[listen]\naddress = ":8080"\nadmin = "[::1]:9090"\nworkers = 3\ntrusted = ["10.0.0.0/8"]\n'
        '[upstream]\nservers = ["http://a", "unix:/run/s"]\nconnections = 5\nkeep = "1s"\n'
        '[limits]\nhead = 100\nidle = "2m"\n[callers]\naccount = ["claim:sub"]\n'
        '[mask]\npolicy = "mask.toml"\naudience = "partner"\naudience_from = "claim:role"\n'
        'audiences = { boss = "analyst" }\nopenapi = "api.yaml"\n'
        '[state]\nredis = "redis://127.0.0.1"\nsecret_env = "GATE_SECRET"\ntimeout = "20ms"\n'
        'lost = "closed"\n[log]\nfile = "g.log"\nwhat = "all"\n'
        '[answers.block]\nstatus = 451\nheaders = { X-Why = "law" }\nbody = "no"\n'
    ))  # fmt: skip
    assert (told.address, told.admin, told.workers) == (("0.0.0.0", 8080), ("::1", 9090), 3)
    assert (told.limits.head, told.limits.idle, told.limits.body_time) == (100, 120.0, 20.0)
    assert (told.state.secret, told.state.timeout, told.state.lost) == (b"s" * 32, 0.02, "closed")
    assert (told.log_file, told.log_everything) == (tmp_path / "g.log", True)
    block = told.refusals.of("block")
    assert (block.status, block.body, (b"x-why", b"law") in block.headers) == (451, b"no", True)
    exchange = told.exchange()
    assert exchange.audience([]) == "partner"
    assert exchange.covers.of("basic.phone", "analyst") is None
    assert set(told.callers) == {"account", "token", "fingerprint"}
    assert told.pool().reach.places == (("a", 80), "/run/s")


@pytest.mark.parametrize(("text", "line"), [
    ("[gate]\nmode = 'x'", "the table [listen] is missing"),
    ("[gate]\nmode = 'x'", "mode = 'x' is none of"),
    ("", "the table [upstream] is missing"),
    (PLAIN + "[tls]\ncertificate = 'no.pem'", "No such file"),
    (PLAIN + "[tls]\ncertificate = 'gate.toml'", "certificate or key cannot be used"),
    (PLAIN + "[mask]\naudience = 'nobody'\npolicy = 'mask.toml'", "nobody"),
    (PLAIN + "[mask]\nopenapi = 'no.yaml'", "No such file"),
    (PLAIN + "[state]\nsecret_env = 'HONGXIAN_NO_SUCH'", "the secret is not set"),
    (PLAIN + "[state]\nsecret_file = 'no'", "No such file"),
    (PLAIN + "ca = 'no.pem'", "No such file"),
])  # fmt: skip
def test_what_cannot_be_used_is_told(tmp_path: Path, text: str, line: str) -> None:
    (tmp_path / "mask.toml").write_text("")
    with pytest.raises(HongxianError) as told:
        load(tmp_path, text)
    assert line in str(told.value)


def test_a_secret_may_stand_in_a_file(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("0123456789abcdef\n")
    assert (
        load(tmp_path, PLAIN + "[state]\nsecret_file = 'secret'").state.secret
        == b"0123456789abcdef"
    )


def test_tls_is_spoken_with_the_certificate(tmp_path: Path) -> None:
    certificate(tmp_path)
    told = load(
        tmp_path, PLAIN + '[tls]\ncertificate = "cert.pem"\nkey = "key.pem"\nleast = "1.3"\n'
    )
    context = told.secure()
    assert context is not None
    assert context.minimum_version == ssl.TLSVersion.TLSv1_3
    load(tmp_path, PLAIN).certify(context)


def test_an_interface_behind_tls_is_checked(tmp_path: Path) -> None:
    certificate(tmp_path)
    told = load(
        tmp_path, LEAST.format("https://127.0.0.1") + 'ca = "cert.pem"\nname = "localhost"\n'
    )
    pool = told.pool()
    assert (pool.reach.places, pool.reach.name) == ((("127.0.0.1", 443),), "localhost")
    assert pool.reach.secure is not None
    assert pool.reach.secure.verify_mode is ssl.CERT_REQUIRED
