"""Claim: the DEX reader sees exactly the invokes that androguard and dexdump see.

    python bench/dex_edges.py [APK ...]

Edges (file, caller, offset, callee) are compared with androguard 4.1.4 on some packages that
between them hold every form of DEX; counts per instruction with ``dexdump -d`` on all packages.
Ends with 1 when anything differs.
"""

from __future__ import annotations

import re
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
from dexfiles import dex_files, dex_megabytes
from fetch_apks import fetch
from measure import HERE, measure, peer_python

from hongxian.sensors.app.dex.opcodes import KEPT, METHOD_REF
from hongxian.sensors.app.dex.program import NAME_BITS, Program, read_program

if TYPE_CHECKING:
    from collections.abc import Iterator

WITH_ANDROGUARD = (
    "ApiDemos-debug.apk", "settings_apk-debug.apk", "STFService.apk", "app-uiautomator.apk",
    "ContactManager.apk",
)  # fmt: skip
_LINE = re.compile(r"^([0-9a-f]+): [0-9a-f. ]+\|[0-9a-f]{4}: (invoke-[a-z/-]+)")
_NAMES = ("virtual", "super", "direct", "static", "interface")
NAMES = {
    **{0x6E + place: f"invoke-{name}" for place, name in enumerate(_NAMES)},
    **{0x74 + place: f"invoke-{name}/range" for place, name in enumerate(_NAMES)},
    0xFA: "invoke-polymorphic", 0xFB: "invoke-polymorphic/range",
    0xFC: "invoke-custom", 0xFD: "invoke-custom/range",
}  # fmt: skip


def our_edges(apk: Path) -> Iterator[tuple[str, ...]]:
    """Yield (file, caller, offset in bytes, callee) of every invoke with a method."""
    for name, raw in dex_files(apk):
        program = read_program([(name, raw)])
        names = [_method(program, method) for method in range(program.method_key.size)]
        for row in np.flatnonzero(METHOD_REF[program.row_opcode]).tolist():
            body = int(program.row_body[row])
            offset = 2 * (int(program.row_at[row]) - int(program.body_start[body]))
            caller, callee = program.body_method[body], program.row_target[row]
            yield name, names[caller], str(offset), names[callee]


def our_counts(apk: Path) -> Counter[str]:
    """Count invokes by instruction."""
    counts: Counter[str] = Counter()
    for name, raw in dex_files(apk):
        opcodes = read_program([(name, raw)]).row_opcode
        for opcode, count in enumerate(np.bincount(opcodes, minlength=256).tolist()):
            if count and KEPT[opcode] and opcode in NAMES:
                counts[NAMES[opcode]] += count
    return counts


def dexdump_counts(apk: Path) -> Counter[str]:
    """Count invokes by instruction; code that several methods share counts once."""
    counts: Counter[str] = Counter()
    for _, raw in dex_files(apk):
        with tempfile.NamedTemporaryFile(suffix=".dex") as file:
            file.write(raw)
            file.flush()
            counts.update(name for _, name in set(_dumped(file.name)))
    return counts


def _dumped(path: str) -> Iterator[tuple[str, str]]:
    command = ["dexdump", "-d", path]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, errors="replace") as process:
        for line in process.stdout or ():
            if match := _LINE.match(line):
                yield match[1], match[2]


def _method(program: Program, method: int) -> str:
    signature = int(program.method_signature[method])
    kinds = [program.class_names[kind].decode("utf-8", "replace")
             for kind in program.proto_of(method)]  # fmt: skip
    owner = program.class_names[int(program.method_class[method])].decode("utf-8", "replace")
    name = program.names[signature >> NAME_BITS].decode("utf-8", "replace")
    return f"{owner}->{name}({''.join(kinds[1:])}){kinds[0]}"


def against_androguard(name: str, apk: Path) -> bool:
    """Compare the edges of one package and print what was found."""
    cost = measure([peer_python(), HERE / "peer_androguard.py", "edges", apk])
    theirs = Counter(tuple(line.split("\t")) for line in cost.out.splitlines())
    ours = Counter(our_edges(apk))
    same = ours == theirs
    print(f"{name:<48} {dex_megabytes(apk):6.1f} MB  ours {ours.total():>7}  "
          f"androguard {theirs.total():>7}  {'identical' if same else 'DIFFERENT'}")  # fmt: skip
    for mark, rows in (("ours alone", ours - theirs), ("theirs alone", theirs - ours)):
        for row in list(rows)[:3]:
            print(f"  {mark}: {' '.join(row)}")
    return same


def against_dexdump(name: str, apk: Path) -> bool:
    """Compare the counts of one package and print what was found."""
    ours, theirs = our_counts(apk), dexdump_counts(apk)
    same = ours == theirs
    print(f"{name:<48} {dex_megabytes(apk):6.1f} MB  ours {ours.total():>7}  "
          f"dexdump    {theirs.total():>7}  {'identical' if same else 'DIFFERENT'}")  # fmt: skip
    if not same:
        print(f"  ours {dict(ours - theirs)}, theirs {dict(theirs - ours)}")
    return same


def main() -> None:
    """Compare the named packages, else all that can be fetched."""
    apks = {Path(word).name: Path(word) for word in sys.argv[1:]}
    edges, counts = apks, apks
    if not apks:
        counts = fetch()
        edges = {name: counts[name] for name in WITH_ANDROGUARD}
    same = [against_androguard(name, apk) for name, apk in edges.items()]
    same += [against_dexdump(name, apk) for name, apk in counts.items()]
    print(f"{sum(same)} of {len(same)} comparisons identical")
    sys.exit(not all(same))


if __name__ == "__main__":
    main()
