"""Roots and proofs, by the vectors of certificate transparency and by all small trees."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hongxian.guards.keep.evidence import merkle

INPUTS = ("", "00", "10", "2021", "3031", "40414243", "5051525354555657",
          "606162636465666768696a6b6c6d6e6f")  # fmt: skip
ROOTS = (
    "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
    "fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125",
    "aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77",
    "d37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7",
    "4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4",
    "76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef",
    "ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c",
    "5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328",
)
"""Reference vectors of google/certificate-transparency: roots over the first 1 to 8 inputs."""
LEAVES = [merkle.leaf_hash(bytes([one])) for one in range(17)]


@pytest.mark.parametrize("size", range(1, 9))
def test_roots_are_those_of_the_reference(size: int) -> None:
    leaves = [merkle.leaf_hash(bytes.fromhex(one)) for one in INPUTS[:size]]
    assert merkle.root_of(leaves).hex() == ROOTS[size - 1]


def test_the_proofs_of_the_rfc() -> None:
    """RFC 9162, 2.1.5: the tree of seven leaves and the proofs that it names."""
    d = LEAVES[:7]
    node = merkle.node_hash
    g, h, i, j = node(d[0], d[1]), node(d[2], d[3]), node(d[4], d[5]), d[6]
    k, last = node(g, h), node(i, j)
    assert merkle.inclusion_path(0, d) == [d[1], h, last]
    assert merkle.inclusion_path(3, d) == [d[2], g, last]
    assert merkle.inclusion_path(4, d) == [d[5], j, k]
    assert merkle.inclusion_path(6, d) == [i, k]
    assert merkle.consistency_path(3, d) == [d[2], d[3], g, last]
    assert merkle.consistency_path(4, d) == [last]
    assert merkle.consistency_path(6, d) == [i, j, k]


def test_an_empty_tree() -> None:
    assert merkle.Tree().root() == merkle.EMPTY
    assert not merkle.includes(0, 0, LEAVES[0], [], merkle.EMPTY)
    assert not merkle.consistent(0, 1, (merkle.EMPTY, LEAVES[0]), [])


@pytest.mark.parametrize("size", range(1, 18))
def test_every_leaf_is_proven_and_none_at_another_place(size: int) -> None:
    leaves = LEAVES[:size]
    root = merkle.root_of(leaves)
    for index in range(size):
        path = merkle.inclusion_path(index, leaves)
        places = [n for n in range(size) if merkle.includes(n, size, leaves[index], path, root)]
        assert places == [index]
        assert not merkle.includes(index, size, leaves[index], [*path, root], root)
        if path:
            assert not merkle.includes(index, size, leaves[index], path[:-1], root)
    with pytest.raises(IndexError):
        merkle.inclusion_path(size, leaves)


@pytest.mark.parametrize("size", range(1, 18))
def test_every_beginning_is_proven_and_no_other(size: int) -> None:
    roots = [merkle.root_of(LEAVES[:n]) for n in range(size + 1)]
    for first in range(1, size + 1):
        path = merkle.consistency_path(first, LEAVES[:size])
        assert merkle.consistent(first, size, (roots[first], roots[size]), path)
        assert not merkle.consistent(first, size, (roots[first - 1], roots[size]), path)
        assert not merkle.consistent(first, size, (roots[first], roots[size]), [*path, roots[0]])
        if path:
            wrong = [bytes(32), *path[1:]]
            assert not merkle.consistent(first, size, (roots[first], roots[size]), wrong)
            assert not merkle.consistent(first, size, (roots[first], roots[size]), path[:-1])
    with pytest.raises(IndexError):
        merkle.consistency_path(size + 1, LEAVES[:size])


@given(st.lists(st.binary(max_size=8), min_size=1, max_size=40), st.data())
def test_a_changed_leaf_changes_the_root(inputs: list[bytes], data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(inputs) - 1))
    leaves = [merkle.leaf_hash(one) for one in inputs]
    other = [*leaves]
    other[place] = merkle.leaf_hash(inputs[place] + b"x")
    assert merkle.root_of(leaves) != merkle.root_of(other)
