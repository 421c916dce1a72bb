from __future__ import annotations

import pytest

from hongxian.sensors.app.dex import opcodes


@pytest.mark.parametrize(
    ("opcode", "width"),
    [(0x00, 1), (0x0E, 1), (0x1A, 2), (0x1B, 3), (0x18, 5), (0x24, 3), (0x2A, 3), (0x6E, 3),
     (0x74, 3), (0x60, 2), (0xB0, 1), (0xD0, 2), (0xFA, 4), (0xFC, 3), (0xFE, 2)],
)  # fmt: skip
def test_width(opcode: int, width: int) -> None:
    assert opcodes.WIDTH[opcode] == width


def test_every_opcode_has_a_width() -> None:
    assert (opcodes.WIDTH > 0).all()


def test_kinds_of_reference_do_not_overlap() -> None:
    kinds = (opcodes.METHOD_REF, opcodes.FIELD_REF, opcodes.STRING_REF, opcodes.TYPE_REF)
    assert sum(kind.astype(int) for kind in kinds).max() == 1
    assert opcodes.METHOD_REF.sum() == 12
