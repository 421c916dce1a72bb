from __future__ import annotations

import io
from collections.abc import Iterator
from typing import Any

import fsspec
import pytest
from tests.guards.mask.buckets import Bucket, bucket

from hongxian.errors import Exit, HongxianError
from hongxian.guards.mask.targets.remote import RemoteTarget
from hongxian.guards.mask.targets.target import TargetError


@pytest.fixture(scope="module")
def server() -> Iterator[Bucket]:
    with bucket() as found:
        yield found


@pytest.fixture
def lake(server: Bucket) -> Bucket:
    for key in server.names():
        server.client.delete_object(Bucket="lake", Key=key)
    return server


BROKEN = ZeroDivisionError


def write(target: Any, *blocks: bytes, fault: bool = False, backup: str | None = None) -> None:
    with target.file(None, backup) as out:
        for block in blocks:
            out.write(block)
        assert out.tell() == sum(map(len, blocks))
        if fault:
            raise BROKEN


def test_an_object_is_there_when_it_is_whole_and_not_before(lake: Bucket) -> None:
    target = RemoteTarget(lake.spec("out/a.csv"))
    assert (target.name, target.shown) == ("a.csv", "lake/out/a.csv")
    with target.file(None) as out:
        out.write(b"x" * 1000)
        assert lake.names() == []
    assert lake.get("out/a.csv") == b"x" * 1000


@pytest.mark.parametrize("blocks", [(b"x",), (bytes(30 << 20),) * 4], ids=["small", "in parts"])
def test_what_fails_in_the_middle_leaves_neither_object_nor_parts(
    lake: Bucket, blocks: tuple[bytes, ...]
) -> None:
    lake.put("a.csv", b"older")
    with pytest.raises(BROKEN):
        write(RemoteTarget(lake.spec("a.csv")), *blocks, fault=True)
    assert (lake.names(), lake.unfinished()) == (["a.csv"], [])
    assert lake.get("a.csv") == b"older"


def test_a_large_object_goes_in_parts(lake: Bucket) -> None:
    block = bytes(range(256)) * (30 << 12)
    write(RemoteTarget(lake.spec("big.bin")), block, block, block)
    assert lake.get("big.bin") == block * 3


def test_what_stood_there_is_kept_when_it_is_asked_for(lake: Bucket) -> None:
    lake.put("in/a.csv", b"older")
    target = RemoteTarget(lake.spec("in/a.csv"))
    write(target, b"new", backup="a.csv.bak")
    assert (lake.get("in/a.csv"), lake.get("in/a.csv.bak")) == (b"new", b"older")
    with pytest.raises(HongxianError, match=r"a\.csv\.bak: the backup is there already"):
        write(target, b"newer", backup="a.csv.bak")
    assert lake.get("in/a.csv") == b"new"


def test_a_folder_must_be_empty_and_is_emptied_again_after_a_fault(lake: Bucket) -> None:
    target = RemoteTarget(lake.spec("out"))
    with pytest.raises(BROKEN), target.folder(None) as folder:  # noqa: PT012 - what it is about
        with folder.file("deep/a.csv", None) as out:
            out.write(b"a")
        assert lake.names() == ["out/deep/a.csv"]
        raise BROKEN
    assert lake.names() == []
    with target.folder(None) as folder, folder.file("b.csv", 0o600) as out:
        out.write(b"b")
    assert lake.get("out/b.csv") == b"b"
    with pytest.raises(HongxianError, match="is there already"), target.folder(None):
        pass


def test_what_goes_wrong_is_one_line_without_the_secret(lake: Bucket) -> None:
    none = RemoteTarget(lake.spec("out").replace("lake", "none"))
    with pytest.raises(TargetError, match=r"none/out: cannot be written \(") as told:
        write(none, b"x")
    assert told.value.code is Exit.SENSOR
    assert "secret" not in str(told.value)
    away = RemoteTarget("s3://lake/out?endpoint_url=http://127.0.0.1:1&key=key&secret=secret")
    with pytest.raises(TargetError, match="cannot be written"), away.folder(None):
        pass


def test_other_file_systems_get_the_name_last() -> None:
    fsspec.filesystem("memory").store.clear()
    target = RemoteTarget("memory://deep/out/a.csv")
    with target.file(None) as out:
        out.write(b"abc")
        [part] = fsspec.filesystem("memory").find("/deep")
        assert "/.hongxian-" in part
    assert fsspec.filesystem("memory").find("/deep") == ["/deep/out/a.csv"]
    with pytest.raises(BROKEN):
        write(RemoteTarget("memory://deep/out/b.csv"), b"abc", fault=True)
    assert fsspec.filesystem("memory").find("/deep") == ["/deep/out/a.csv"]
    with pytest.raises(io.UnsupportedOperation), target.file(None) as out:
        out.seek(0)
    assert fsspec.filesystem("memory").cat("/deep/out/a.csv") == b"abc"
