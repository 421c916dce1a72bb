"""Counts different values: exactly as long as they are few, then by HyperLogLog."""

from __future__ import annotations

from typing import Any

EXACT = 256
"""Values that are kept as they are."""

_LOG_SIZE = 12
"""Of the sketch's registers: 4,096 of them tell a count within 2 %."""


class Distinct:
    """A set of 64-bit hashes whose size is known, of bounded memory."""

    __slots__ = ("_exact", "_sketch")

    def __init__(self) -> None:
        """Start empty."""
        self._exact: set[int] | None = None  # most of them stay empty, or hold a few
        self._sketch: Any = None

    def __len__(self) -> int:
        """Return how many different values were added, nearly when they are many."""
        if self._sketch is None:
            return len(self._exact) if self._exact else 0
        estimate: float = self._sketch.get_estimate()
        return max(EXACT + 1, round(estimate))

    @property
    def exact(self) -> bool:
        """Whether the count is exact."""
        return self._sketch is None

    def add(self, value: int) -> bool:
        """Add a hash; return whether it is new, and ``False`` once that can no longer be told."""
        if self._sketch is not None:
            self._sketch.update(value)
            return False
        if self._exact is None:
            self._exact = {value}
            return True
        if value in self._exact:
            return False
        self._exact.add(value)
        if len(self._exact) > EXACT:
            self._sketched()
        return True

    def merge(self, other: Distinct) -> None:
        """Add all that another one holds."""
        if other._sketch is None and self._sketch is None and not self._exact:
            self._exact = set(other._exact) if other._exact else None
            return
        if other._sketch is None:
            for value in other._exact or ():
                self.add(value)
            return
        import datasketches  # noqa: PLC0415 - heavy

        union = datasketches.hll_union(_LOG_SIZE)
        union.update(self._sketched())
        union.update(other._sketch)
        self._sketch = union.get_result(datasketches.tgt_hll_type.HLL_8)

    def dump(self) -> list[int] | bytes:
        """Return it as plain data: the hashes, or the sketch."""
        if self._sketch is None:
            return sorted(self._exact or ())
        return bytes(self._sketch.serialize_compact())

    @classmethod
    def load(cls, data: list[int] | bytes) -> Distinct:
        """Return what :meth:`dump` wrote."""
        made = cls()
        if isinstance(data, bytes):
            import datasketches  # noqa: PLC0415 - heavy

            made._sketch = datasketches.hll_sketch.deserialize(data)
        else:
            made._exact = set(data)
        return made

    def _sketched(self) -> Any:
        if self._sketch is None:
            import datasketches  # noqa: PLC0415 - heavy

            self._sketch = datasketches.hll_sketch(_LOG_SIZE, datasketches.tgt_hll_type.HLL_8)
            for value in self._exact or ():
                self._sketch.update(value)
            self._exact = None
        return self._sketch
