import gzip
import sys
import zlib

import brotli
import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network import codings
from hongxian.sensors.session.network.codings import Unpacked, coding_by_magic, unpacked

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

TEXT = b'{"imei": "867400020316620"}' * 9


def bare(data: bytes) -> bytes:
    machine = zlib.compressobj(9, zlib.DEFLATED, -15)
    return machine.compress(data) + machine.flush()


PACKED = {
    "gzip": gzip.compress(TEXT),
    "x-gzip": gzip.compress(TEXT[:20]) + gzip.compress(TEXT[20:]) + b"\0\0",
    "deflate": zlib.compress(TEXT),
    "Deflate ": bare(TEXT),
    "br": brotli.compress(TEXT),
    "zstd": zstd.compress(TEXT[:9]) + zstd.compress(TEXT[9:]),
}


@pytest.mark.parametrize("label", PACKED)
def test_every_coding_is_undone(label: str) -> None:
    done = unpacked(PACKED[label], label)
    assert (done.data, done.fault) == (TEXT, "")
    assert done.coding


@pytest.mark.parametrize("label", PACKED)
def test_what_comes_before_a_cut_is_kept(label: str) -> None:
    half = PACKED[label][: len(PACKED[label]) - 6]
    done = unpacked(half, label)
    assert done.fault in ("cut", "damaged")
    assert TEXT.startswith(done.data) or done.data == half


def test_a_wrong_label_does_not_hide_the_content() -> None:
    assert unpacked(gzip.compress(TEXT), "br") == Unpacked(TEXT, "gzip")
    assert unpacked(TEXT, "gzip") == Unpacked(TEXT, "", "damaged")
    assert unpacked(TEXT, "identity") == Unpacked(TEXT, "")
    assert unpacked(TEXT, "compress-9000") == Unpacked(TEXT, "", "unknown_coding")


def test_packed_bytes_are_known_by_their_beginning() -> None:
    assert [coding_by_magic(PACKED[k]) for k in ("gzip", "deflate", "zstd", "br")] == [
        "gzip", "deflate", "zstd", "",
    ]  # fmt: skip


@pytest.mark.parametrize("label", ["gzip", "deflate", "br", "zstd"])
def test_a_bomb_is_told_and_its_beginning_is_kept(label: str) -> None:
    plain = bytes(60 << 20)
    pack = {"gzip": gzip.compress, "deflate": bare, "br": brotli.compress, "zstd": zstd.compress}
    done = unpacked(pack[label](plain), label)
    assert (len(done.data), done.fault) == (1 << 20, "bomb")


def test_more_than_the_largest_body_is_a_bomb_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(codings, "LARGEST", 1000)
    assert unpacked(gzip.compress(bytes(range(256)) * 5), "gzip").fault == "bomb"


@given(st.sampled_from(sorted(PACKED)), st.binary(max_size=200), st.integers(0, 40))
def test_any_bytes_come_out_or_are_told(label: str, data: bytes, kept: int) -> None:
    for given_bytes in (data, PACKED[label][:kept] + data):
        done = unpacked(given_bytes, label)
        assert done.coding or done.data == given_bytes
