from __future__ import annotations

import subprocess
import threading
from pathlib import Path

import pytest
from tests.guards.keep.vaults import ADDRESS, Restic, serving, settings_file

from hongxian.errors import HongxianError
from hongxian.guards.keep.vault.serve import Server
from hongxian.guards.keep.vault.settings import load_vault


def certified(folder: Path) -> None:
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:P-256",
         "-nodes", "-keyout", "key.pem", "-out", "cert.pem", "-subj", "/CN=127.0.0.1",
         "-addext", "subjectAltName=IP:127.0.0.1"],
        cwd=folder, check=True, capture_output=True,
    )  # fmt: skip


def test_restic_speaks_tls_to_it(tmp_path: Path) -> None:
    certified(tmp_path)
    path = settings_file(tmp_path)
    path.write_text(path.read_text() + '[tls]\ncertificate = "cert.pem"\nkey = "key.pem"\n')
    with serving(path) as server:
        ca = ("--cacert", str(tmp_path / "cert.pem"))
        Restic(server.address, tmp_path, "https", ca)("init")
        names = [one.name for one in server.vault.store.ledger.live("restic/shop")]
    assert "config" in names


def test_a_certificate_that_is_none_is_told(tmp_path: Path) -> None:
    (tmp_path / "cert.pem").write_text("none")
    path = settings_file(tmp_path)
    path.write_text(path.read_text() + '[tls]\ncertificate = "cert.pem"\n')
    with pytest.raises(HongxianError, match=r"cert\.pem"):
        Server(load_vault(path), "en")


def test_an_address_that_cannot_be_had_is_told(tmp_path: Path) -> None:
    path = settings_file(tmp_path)
    with serving(path) as server:
        taken = path.read_text().replace(ADDRESS, server.address)
        (tmp_path / "second.toml").write_text(taken)
        with pytest.raises(HongxianError, match=server.address):
            Server(load_vault(tmp_path / "second.toml"), "en")


def test_it_runs_without_clients(tmp_path: Path) -> None:
    (tmp_path / "vault.toml").write_text('[vault]\nfolder = "v"\n')
    server = Server(load_vault(tmp_path / "vault.toml"), "en")
    thread = threading.Thread(target=server.run)
    thread.start()
    assert (server.address, server.ready) == ("", True)
    server.end()
    thread.join(60)
    assert not thread.is_alive()
