from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.exceptions import ClientError
from moto.server import ThreadedMotoServer
from tests.guards.keep.vault.test_objects import put
from tests.guards.keep.vaults import DAY, Machine, settings_file, store

from hongxian.guards.keep.vault.s3 import Bucket, CopyError
from hongxian.guards.keep.vault.settings import S3Settings, load_vault
from hongxian.guards.keep.vault.vault import Vault


@pytest.fixture
def s3(monkeypatch) -> Iterator[tuple[str, Any]]:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "test")
    monkeypatch.setenv("AWS_DEFAULT_REGION", "us-east-1")
    server = ThreadedMotoServer("127.0.0.1", 0)
    server.start()
    host, port = server.get_host_and_port()
    address = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=address)
    client.create_bucket(Bucket="second", ObjectLockEnabledForBucket=True)
    client.create_bucket(Bucket="plain")
    yield address, client
    server.stop()


def test_a_second_copy_is_locked_for_as_long_as_the_first(tmp_path: Path, s3) -> None:
    address, client = s3
    machine = Machine()
    vault = store(tmp_path, machine)
    put(vault, "x", b"hello", 10 * DAY)
    put(vault, "y", b"world", 0)
    bucket = Bucket(vault, S3Settings(bucket="second", prefix="north/", endpoint=address))
    assert bucket.copy() == 2
    assert bucket.copy() == 0
    held = client.get_object(Bucket="second", Key="north/a/x")
    assert held["Body"].read() == b"hello"
    assert held["ObjectLockMode"] == "COMPLIANCE"
    assert held["ObjectLockRetainUntilDate"].timestamp() == machine.wall + 10 * DAY
    version = {"Bucket": "second", "Key": "north/a/x", "VersionId": held["VersionId"]}
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(**version)
    with pytest.raises(ClientError, match="AccessDenied"):
        client.delete_object(**version, BypassGovernanceRetention=True)
    head = client.get_object(Bucket="second", Key="north/ledger/000000000002.json")
    told = json.loads(head["Body"].read())
    assert (told["seq"], told["chain"]) == vault.ledger.head()


def test_what_went_before_it_was_copied_is_left_out(tmp_path: Path, s3) -> None:
    vault = store(tmp_path)
    put(vault, "x", b"hello")
    vault.path("a", "x").unlink()
    put(vault, "y", b"hello")
    assert Bucket(vault, S3Settings(bucket="second", endpoint=s3[0])).copy() == 1


@pytest.mark.parametrize("bucket", ["plain", "none"])
def test_a_bucket_without_locks_is_refused_and_told(tmp_path, s3, bucket: str, capsys) -> None:
    path = settings_file(tmp_path)
    path.write_text(path.read_text() + f'[s3]\nbucket = "{bucket}"\nendpoint = "{s3[0]}"\n')
    vault = Vault(load_vault(path), "en")
    vault.copy()
    vault.end()
    assert "the second copy was not taken by S3" in capsys.readouterr().err
    assert vault.bucket
    with pytest.raises(CopyError):
        vault.bucket.copy()
