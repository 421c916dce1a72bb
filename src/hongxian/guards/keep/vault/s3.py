"""A second copy in any S3 with Object Lock: held there, too, for as long as the vault holds it.

Locks are of mode COMPLIANCE, which nobody can shorten, the account's owner included; their end is
told by the vault's clock. Beside the objects goes the head of the ledger, so that a ledger that was
replaced as a whole is found.
"""

from __future__ import annotations

import io
import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import IO, TYPE_CHECKING, Any

import boto3
from boto3.exceptions import Boto3Error
from boto3.s3.transfer import TransferConfig
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

if TYPE_CHECKING:
    from hongxian.guards.keep.vault.objects import Store
    from hongxian.guards.keep.vault.settings import S3Settings

CALM = Config(connect_timeout=10, read_timeout=60, retries={"max_attempts": 3})
ONE_BY_ONE = TransferConfig(use_threads=False)


class CopyError(Exception):
    """The bucket did not take it; the text says why."""


@dataclass(slots=True)
class Bucket:
    """Where second copies go.

    Args:
        store: the vault.
        settings: of the bucket.
    """

    store: Store
    settings: S3Settings
    _client: Any = None
    _head: int = 0

    def copy(self) -> int:
        """Copy what is held and was not yet copied; return how many objects.

        Raises:
            CopyError: the bucket has no Object Lock, or does not take them.
        """
        count, place = 0, f"s3://{self.settings.bucket}/{self.settings.prefix}"
        try:
            client = self._connected()
            for entry in self.store.ledger.uncopied(place):
                try:
                    source = self.store.open(entry.area, entry.name)
                except FileNotFoundError:  # its time is over
                    continue
                with source:
                    self._put(client, f"{entry.area}/{entry.name}", source, entry.until)
                self.store.ledger.copied(entry, place, self.store.clock.now())
                count += 1
            self._put_head(client)
        except (BotoCoreError, Boto3Error, ClientError, OSError) as error:
            raise CopyError(" ".join(str(error).split())[:200]) from None
        return count

    def _connected(self) -> Any:
        if self._client is None:
            told = self.settings
            client = boto3.client(
                "s3", endpoint_url=told.endpoint, region_name=told.region, config=CALM
            )
            lock = client.get_object_lock_configuration(Bucket=told.bucket)
            if lock["ObjectLockConfiguration"].get("ObjectLockEnabled") != "Enabled":
                raise CopyError("Object Lock")
            self._client = client
        return self._client

    def _put_head(self, client: Any) -> None:
        seq, chain = self.store.ledger.head()
        if seq != self._head:
            now = self.store.clock.now()
            text = json.dumps({"seq": seq, "chain": chain, "at": now}).encode()
            hold = self.settings.head
            self._put(client, f"ledger/{seq:012d}.json", io.BytesIO(text), now + hold)
            self._head = seq

    def _put(self, client: Any, name: str, source: IO[bytes], until: float) -> None:
        held = {
            "ObjectLockMode": "COMPLIANCE", "ChecksumAlgorithm": "SHA256",
            "ObjectLockRetainUntilDate": datetime.fromtimestamp(until, UTC),
        }  # fmt: skip
        lasts = until > self.store.clock.now()
        client.upload_fileobj(
            source, self.settings.bucket, f"{self.settings.prefix}{name}",
            ExtraArgs=held if lasts else {"ChecksumAlgorithm": "SHA256"}, Config=ONE_BY_ONE,
        )  # fmt: skip
