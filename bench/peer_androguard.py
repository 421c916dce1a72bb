"""Androguard's side of the comparisons; runs in the peers' own interpreter.

python peer_androguard.py edges APK    every invoke as "file, caller, offset, callee"
python peer_androguard.py xrefs APK    Analysis with create_xref, and nothing else
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from androguard.core.analysis.analysis import Analysis
from androguard.core.dex import DEX
from dexfiles import dex_files
from loguru import logger

INVOKES = {*range(0x6E, 0x73), *range(0x74, 0x79), 0xFA, 0xFB}


def edges(apk: Path) -> None:
    """Print one line per invoke instruction."""
    for name, raw in dex_files(apk):
        dex = DEX(raw)
        for method in dex.get_encoded_methods():
            for offset, instruction in method.get_instructions_idx():
                if instruction.get_op_value() in INVOKES:
                    callee = dex.get_cm_method(instruction.get_ref_kind())
                    where = (method.get_class_name(), method.get_name(), method.get_descriptor())
                    print(name, _method(where), offset, _callee(callee), sep="\t")


def xrefs(apk: Path) -> None:
    """Do what androguard does before it can answer who calls what."""
    analysis = Analysis()
    for _, raw in dex_files(apk):
        analysis.add(DEX(raw))
    analysis.create_xref()
    print(sum(1 for _ in analysis.get_methods()))


def _method(parts: tuple[str, str, str]) -> str:
    owner, name, proto = parts
    return f"{owner}->{name}{proto.replace(' ', '')}"


def _callee(parts: Any) -> str:
    owner, name, proto = parts
    return _method((owner, name, "".join(proto)))


if __name__ == "__main__":
    logger.remove()
    {"edges": edges, "xrefs": xrefs}[sys.argv[1]](Path(sys.argv[2]))
