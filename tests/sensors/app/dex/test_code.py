from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
from tests.sensors.app.conftest import SAMPLES, dex_files

from hongxian.sensors.app.dex.classes import read_definitions
from hongxian.sensors.app.dex.code import FEW, Code, read_code
from hongxian.sensors.app.dex.opcodes import METHOD_REF
from hongxian.sensors.app.dex.tables import Dex, read_dex


def read(raw: bytes) -> tuple[Dex, Code]:
    (dex,) = read_dex(raw, "classes.dex")
    return dex, read_code(dex, read_definitions(dex).code)


def dexdump_invokes(raw: bytes, folder: Path) -> set[tuple[int, int]]:
    """Return (byte offset of the instruction, method index) of all invokes, as dexdump has them."""
    if shutil.which("dexdump") is None:
        pytest.skip("dexdump is not installed: our invokes were not compared with its")
    path = folder / "classes.dex"
    path.write_bytes(raw)
    text = subprocess.run(
        ["dexdump", "-d", path], capture_output=True, check=True, encoding="utf-8",
        errors="replace",
    ).stdout  # fmt: skip
    line = re.compile(
        r"^([0-9a-f]+):.*\|[0-9a-f]+: invoke-(?!custom).*// method@([0-9a-f]+)$", re.MULTILINE
    )
    return {(int(m[1], 16), int(m[2], 16)) for m in line.finditer(text)}


def our_invokes(code: Code) -> set[tuple[int, int]]:
    rows = METHOD_REF[code.opcode]
    return set(zip((code.at[rows] * 2).tolist(), code.index[rows].tolist(), strict=True))


def test_every_invoke_of_the_sample_is_found(lantern_dex: bytes, tmp_path: Path) -> None:
    _, code = read(lantern_dex)
    assert our_invokes(code) == dexdump_invokes(lantern_dex, tmp_path)
    assert code.broken == 0


@pytest.mark.parametrize("name", ["ApiDemos-debug", "app-uiautomator", "selendroid-test-app"])
def test_every_invoke_of_real_apps_is_found(
    real_apks: dict[str, Path], name: str, tmp_path: Path
) -> None:
    (apk,) = [path for key, path in real_apks.items() if name in key]
    for _, raw in dex_files(apk):
        assert our_invokes(read(raw)[1]) == dexdump_invokes(raw, tmp_path)


def test_lockstep_and_single_walks_agree(lantern_dex: bytes, monkeypatch) -> None:
    _, code = read(lantern_dex)
    for few in (0, 10**6):
        monkeypatch.setattr("hongxian.sensors.app.dex.code.FEW", few)
        _, other = read(lantern_dex)
        assert (other.at == code.at).all()
        assert (other.item == code.item).all()
        assert (other.index == code.index).all()
    assert FEW > 0


def test_switch_and_array_payloads_are_stepped_over() -> None:
    raw = bytearray(dex_files(SAMPLES / "lantern.apk")[0][1])
    at = len(raw) + len(raw) % 4
    units = [
        0x0000,  # nop
        0x0100, 1, 0, 0, 0x0022, 0x0022,  # packed switch of one, with what looks like code in it
        0x0200, 1, 0x0022, 0x0022, 0x0022, 0x0022,  # sparse switch of one
        0x0300, 2, 1, 0, 0x0022,  # an array of one 2-byte element
        0x0400,  # a nop with a stray high byte
        0x001A, 7,  # const-string v0, string@7
        0x001B, 9, 0,  # const-string/jumbo v0, string@9
        0x000E,
    ]  # fmt: skip
    item = np.array([1, 0, 0, 0, 0, 0, len(units), 0, *units], dtype="<u2").tobytes()
    grown = bytes(raw) + b"\0" * (at - len(raw)) + item
    (dex,) = read_dex(grown, "classes.dex")
    for offsets in ([at], [at, *read_definitions(dex).code.tolist()]):
        code = read_code(dex, np.array(offsets))
        mine = code.at >= at // 2
        assert code.index[mine].tolist() == [7, 9]


def test_code_outside_the_file_is_counted_and_left_out(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    good = read_definitions(dex).code
    code = read_code(dex, np.append(good, [len(lantern_dex) - 4, 2**30, 7]))
    assert code.broken == 3
    assert our_invokes(code) == our_invokes(read_code(dex, good))


def test_no_code_at_all(lantern_dex: bytes) -> None:
    (dex,) = read_dex(lantern_dex, "classes.dex")
    assert read_code(dex, np.zeros(0, dtype=np.int64)).at.size == 0
