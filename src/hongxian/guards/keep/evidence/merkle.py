"""The Merkle tree of RFC 9162, section 2.1: roots, proofs of inclusion and of consistency.

Every list of proofs is in the order of the RFC: from the leaves to the root. A hash is 32 bytes.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

EMPTY = hashlib.sha256(b"").digest()
"""Root of a tree without leaves."""


def leaf_hash(data: bytes) -> bytes:
    """Return the hash of an entry."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Return the hash of two subtrees."""
    return hashlib.sha256(b"\x01" + left + right).digest()


class Tree:
    """A tree that grows; it holds one hash for each full subtree at its right edge."""

    def __init__(self) -> None:
        """Start without leaves."""
        self.size = 0
        self._edge: list[bytes] = []

    def add(self, leaf: bytes) -> None:
        """Add the hash of an entry."""
        self._edge.append(leaf)
        self.size += 1
        rest = self.size
        while rest % 2 == 0:
            right = self._edge.pop()
            self._edge.append(node_hash(self._edge.pop(), right))
            rest //= 2

    def root(self) -> bytes:
        """Return the root over all leaves so far."""
        if not self._edge:
            return EMPTY
        root = self._edge[-1]
        for left in reversed(self._edge[:-1]):
            root = node_hash(left, root)
        return root


def root_of(leaves: Sequence[bytes]) -> bytes:
    """Return the root over hashes of entries."""
    tree = Tree()
    for leaf in leaves:
        tree.add(leaf)
    return tree.root()


def inclusion_path(index: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the proof that a leaf is in the tree (section 2.1.3.1).

    Raises:
        IndexError: there is no such leaf.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(index)
    if len(leaves) == 1:
        return []
    half = _split(len(leaves))
    if index < half:
        return [*inclusion_path(index, leaves[:half]), root_of(leaves[half:])]
    return [*inclusion_path(index - half, leaves[half:]), root_of(leaves[:half])]


def consistency_path(first: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Return the proof that the tree of the first leaves is the beginning of this (2.1.4.1).

    Raises:
        IndexError: the tree never had this size.
    """
    if not 0 < first <= len(leaves):
        raise IndexError(first)
    return _subproof(first, leaves, whole=True)


def _subproof(first: int, leaves: Sequence[bytes], *, whole: bool) -> list[bytes]:
    if first == len(leaves):
        return [] if whole else [root_of(leaves)]
    half = _split(len(leaves))
    if first <= half:
        return [*_subproof(first, leaves[:half], whole=whole), root_of(leaves[half:])]
    return [*_subproof(first - half, leaves[half:], whole=False), root_of(leaves[:half])]


def _split(size: int) -> int:
    """Return the largest power of two below a size of two and more."""
    return 1 << ((size - 1).bit_length() - 1)


def includes(index: int, size: int, leaf: bytes, path: Sequence[bytes], root: bytes) -> bool:
    """Return whether a proof shows that a leaf is in the tree of a root (section 2.1.3.2)."""
    if not 0 <= index < size:
        return False
    place, last, found = index, size - 1, leaf
    for one in path:
        if last == 0:
            return False
        if place & 1 or place == last:
            found = node_hash(one, found)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            found = node_hash(found, one)
        place, last = place >> 1, last >> 1
    return last == 0 and found == root


def consistent(first: int, second: int, roots: tuple[bytes, bytes], path: Sequence[bytes]) -> bool:
    """Return whether a proof shows that one tree is the beginning of another (section 2.1.4.2).

    Args:
        first: leaves of the smaller tree.
        second: leaves of the larger.
        roots: of both.
        path: the proof.
    """
    if not 0 < first <= second:
        return False
    if first == second:
        return not path and roots[0] == roots[1]
    steps = list(path) if first & (first - 1) else [roots[0], *path]
    if not steps:
        return False
    place, last = first - 1, second - 1
    while place & 1:
        place, last = place >> 1, last >> 1
    old = new = steps[0]
    for one in steps[1:]:
        if last == 0:
            return False
        if place & 1 or place == last:
            old, new = node_hash(one, old), node_hash(one, new)
            while not place & 1 and place:
                place, last = place >> 1, last >> 1
        else:
            new = node_hash(new, one)
        place, last = place >> 1, last >> 1
    return last == 0 and (old, new) == roots
