"""An S3 that speaks on loopback, for tests."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import boto3
from moto.server import ThreadedMotoServer

if TYPE_CHECKING:
    from collections.abc import Iterator

KEYS = {"aws_access_key_id": "key", "aws_secret_access_key": "secret", "region_name": "us-east-1"}


@dataclass
class Bucket:
    """A bucket called ``lake``."""

    endpoint: str
    client: Any

    def spec(self, path: str) -> str:
        """The address of a path in it."""
        return f"s3://lake/{path}?endpoint_url={self.endpoint}&key=key&secret=secret"

    def put(self, path: str, data: bytes) -> None:
        self.client.put_object(Bucket="lake", Key=path, Body=data)

    def get(self, path: str) -> bytes:
        return bytes(self.client.get_object(Bucket="lake", Key=path)["Body"].read())

    def names(self, prefix: str = "") -> list[str]:
        found = self.client.list_objects_v2(Bucket="lake", Prefix=prefix)
        return [one["Key"] for one in found.get("Contents", [])]

    def unfinished(self) -> list[str]:
        found = self.client.list_multipart_uploads(Bucket="lake")
        return [one["Key"] for one in found.get("Uploads", [])]


@contextmanager
def bucket() -> Iterator[Bucket]:
    """Run an S3 with one empty bucket."""
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0)
    server.start()
    host, port = server.get_host_and_port()
    endpoint = f"http://{host}:{port}"
    client = boto3.client("s3", endpoint_url=endpoint, **KEYS)
    client.create_bucket(Bucket="lake")
    made = Bucket(endpoint, client)
    try:
        yield made
    finally:
        for name in made.names():  # servers of one process share what they hold
            client.delete_object(Bucket="lake", Key=name)
        client.delete_bucket(Bucket="lake")
        server.stop()
