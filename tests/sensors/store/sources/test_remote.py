from __future__ import annotations

import io
import pickle
import sys
from collections.abc import Iterator

import boto3
import pyarrow.parquet as pq
import pytest
from moto.server import ThreadedMotoServer
from tests.sensors.store.made import arrow, csv_text, people, rows_of

from hongxian.errors import Exit, HongxianError
from hongxian.sensors.store.sources.remote import listed, opener, schemes
from hongxian.sensors.store.sources.sources import open_source

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@pytest.fixture(scope="module")
def bucket() -> Iterator[str]:
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    store = boto3.client("s3", endpoint_url=endpoint, **KEYS)
    store.create_bucket(Bucket="lake")
    out = io.BytesIO()
    pq.write_table(arrow(50), out)
    store.put_object(Bucket="lake", Key="in/u.parquet", Body=out.getvalue())
    store.put_object(Bucket="lake", Key="in/logs/a.csv", Body=csv_text(5).encode())
    yield f"s3://lake/in?endpoint_url={endpoint}&key=key&secret=secret"
    server.stop()


def test_files_of_an_object_store_are_tables(bucket: str) -> None:
    logs, users = open_source(bucket).tables([])
    assert (logs.place, users.place) == ("logs/a.csv", "u.parquet")
    assert rows_of(users) == people(50)
    assert logs.fingerprint != users.fingerprint != ""
    assert "secret" not in open_source(bucket).name


def test_files_can_be_opened_elsewhere_by_what_was_listed(bucket: str) -> None:
    found = pickle.loads(pickle.dumps(listed(bucket, "lake")))
    files = [opener(bucket, "lake")(one) for one in found]
    assert [file.name for file in files] == ["logs/a.csv", "u.parquet"]
    stamps = [table.fingerprint for table in open_source(bucket).tables([])]
    assert [file.stamp for file in files] == stamps
    assert files[1].head(4) == b"PAR1"


def test_what_goes_wrong_is_told(bucket: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(HongxianError, match="cannot be reached") as error:
        list(open_source(bucket.replace("lake", "none")).tables([]))
    assert error.value.code == Exit.SENSOR
    assert "secret" not in str(error.value)
    assert "s3" in schemes()
    with pytest.raises(HongxianError, match="not installed"):
        list(open_source("gcs://bucket/x").tables([]))
    monkeypatch.setitem(sys.modules, "fsspec.registry", None)
    assert schemes() == frozenset()
