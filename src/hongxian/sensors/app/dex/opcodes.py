"""Dalvik instructions: how long each is, and which of them refer to something.

Source: "Dalvik bytecode" and "Dalvik executable instruction formats", Android Open Source
Project.
"""

from __future__ import annotations

import numpy as np

_FORMATS = {
    # width in 16-bit units: the opcodes, first and last, that have it
    1: [(0x00, 0x01), (0x04, 0x04), (0x07, 0x07), (0x0A, 0x12), (0x1D, 0x1E), (0x21, 0x21),
        (0x27, 0x28), (0x3E, 0x43), (0x73, 0x73), (0x79, 0x8F), (0xB0, 0xCF), (0xE3, 0xF9)],
    2: [(0x02, 0x02), (0x05, 0x05), (0x08, 0x08), (0x13, 0x13), (0x15, 0x16), (0x19, 0x1A),
        (0x1C, 0x1C), (0x1F, 0x20), (0x22, 0x23), (0x29, 0x29), (0x2D, 0x3D), (0x44, 0x6D),
        (0x90, 0xAF), (0xD0, 0xE2), (0xFE, 0xFF)],
    3: [(0x03, 0x03), (0x06, 0x06), (0x09, 0x09), (0x14, 0x14), (0x17, 0x17), (0x1B, 0x1B),
        (0x24, 0x26), (0x2A, 0x2C), (0x6E, 0x72), (0x74, 0x78), (0xFC, 0xFD)],
    4: [(0xFA, 0xFB)],
    5: [(0x18, 0x18)],
}  # fmt: skip

WIDTH = np.zeros(256, dtype=np.uint8)
for _width, _spans in _FORMATS.items():
    for _first, _last in _spans:
        WIDTH[_first : _last + 1] = _width

CONST_STRING, CONST_STRING_JUMBO = 0x1A, 0x1B
CONST_CLASS = 0x1C
NEW_INSTANCE = 0x22
INVOKE_VIRTUAL, INVOKE_SUPER, INVOKE_DIRECT, INVOKE_STATIC, INVOKE_INTERFACE = range(0x6E, 0x73)
INVOKE_RANGE = 0x74
"""``invoke-virtual/range``; the other four follow in the same order."""
INVOKE_POLYMORPHIC, INVOKE_POLYMORPHIC_RANGE = 0xFA, 0xFB
INVOKE_CUSTOM, INVOKE_CUSTOM_RANGE = 0xFC, 0xFD
SGET, SPUT_LAST = 0x60, 0x6D
IGET = 0x52

METHOD_REF = np.zeros(256, dtype=bool)
METHOD_REF[0x6E:0x73] = METHOD_REF[0x74:0x79] = True
METHOD_REF[[INVOKE_POLYMORPHIC, INVOKE_POLYMORPHIC_RANGE]] = True
"""Instructions whose second unit is a method index."""

FIELD_REF = np.zeros(256, dtype=bool)
FIELD_REF[IGET : SPUT_LAST + 1] = True
STATIC_FIELD_REF = np.zeros(256, dtype=bool)
STATIC_FIELD_REF[SGET : SPUT_LAST + 1] = True
STRING_REF = np.zeros(256, dtype=bool)
STRING_REF[[CONST_STRING, CONST_STRING_JUMBO]] = True
TYPE_REF = np.zeros(256, dtype=bool)
TYPE_REF[[CONST_CLASS, 0x1F, 0x20, NEW_INSTANCE, 0x23, 0x24, 0x25]] = True
KEPT = METHOD_REF | FIELD_REF | STRING_REF | TYPE_REF
KEPT[[INVOKE_CUSTOM, INVOKE_CUSTOM_RANGE]] = True
"""Instructions that the reader keeps; all others are only stepped over."""

PACKED_SWITCH, SPARSE_SWITCH, ARRAY_DATA = 0x0100, 0x0200, 0x0300
"""First unit of the three payloads that stand among the instructions."""
