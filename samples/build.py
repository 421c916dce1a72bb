"""Builds the sample apps, byte for byte the same each time.

Usage: ``python samples/build.py [FOLDER]`` writes the APKs beside this file, or to FOLDER.
"""
# ruff: noqa: INP001 - a script beside the samples, not a package

from __future__ import annotations

import struct
import sys
import tempfile
import zipfile
from dataclasses import dataclass
from pathlib import Path

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from samples.tools import ToolError, Tools, find_tools, run  # noqa: E402 - our own folder

KEY = HERE / "key" / "TEST_KEY_not_secret"
EPOCH = (1981, 1, 1, 0, 0, 0)
MIN_API = "21"


@dataclass(frozen=True, slots=True)
class App:
    """One sample: its folder, whether it packs the invented SDKs, its native libraries."""

    name: str
    sdks: bool = True
    native: tuple[str, ...] = ()


APPS = (
    App("lantern", native=("lib/arm64-v8a/libqimei.so",)),
    App("lantern_clean"),
    App("lantern_legacy", sdks=False),
)


def build(app: App, target: Path, tools: Tools) -> None:
    """Compile, pack and sign one sample.

    Args:
        app: what to build.
        target: the APK to write.
        tools: from :func:`tools.find_tools`.

    Raises:
        ToolError: a tool failed.
    """
    with tempfile.TemporaryDirectory() as folder:
        work = Path(folder)
        resources = _resources(app, work, tools)
        dex = _dex(app, work, tools)
        unsigned = work / "unsigned.apk"
        _pack(unsigned, {**resources, **dex, **{name: _elf() for name in app.native}})
        _sign(unsigned, target)


def _resources(app: App, work: Path, tools: Tools) -> dict[str, bytes]:
    source, packed = HERE / app.name, work / "resources.ap_"
    (work / "gen").mkdir()
    command: list[str | Path] = ["aapt", "package", "-f", "-m", "--no-version-vectors"]
    command += ["-I", tools.framework, "-M", source / "AndroidManifest.xml"]
    for flag, part in (("-S", "res"), ("-A", "assets")):
        if (source / part).is_dir():
            command += [flag, source / part]
    run(*command, "-J", work / "gen", "-F", packed)
    with zipfile.ZipFile(packed) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def _dex(app: App, work: Path, tools: Tools) -> dict[str, bytes]:
    stubs, classes, out = work / "stubs", work / "classes", work / "dex"
    out.mkdir()
    _javac([HERE / "stubs" / "src"], stubs, tools.android)
    roots = [HERE / app.name / "src", work / "gen", *([HERE / "sdks" / "src"] if app.sdks else [])]
    _javac(roots, classes, stubs, tools.android)
    run(
        "java", "-cp", tools.d8, "com.android.tools.r8.D8", "--release", "--min-api", MIN_API,
        "--lib", tools.android, "--classpath", stubs, "--output", out,
        *sorted(classes.rglob("*.class")),
    )  # fmt: skip
    return {path.name: path.read_bytes() for path in out.glob("*.dex")}


def _javac(roots: list[Path], out: Path, *classpath: Path) -> None:
    sources = sorted(path for root in roots for path in root.rglob("*.java"))
    out.mkdir()
    # stubs bear the names of android.jar's classes and go before it
    run(
        "javac", "-nowarn", "-Xlint:-options", "-source", "8", "-target", "8", "-g:lines,source",
        "-encoding", "UTF-8", "-classpath", ":".join(map(str, classpath)), "-d", out, *sources,
    )  # fmt: skip


def _elf() -> bytes:
    """Return the header of an empty ELF library for arm64: a name to recognise, no code."""
    ident = b"\x7fELF" + bytes([2, 1, 1]) + bytes(9)
    return ident + struct.pack("<HHIQQQIHHHHHH", 3, 183, 1, 0, 0, 0, 0, 64, 56, 0, 64, 0, 0)


def _pack(target: Path, entries: dict[str, bytes]) -> None:
    """Write a ZIP with sorted, dated and stored entries: no compressor can change its bytes."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_STORED) as archive:
        for name in sorted(entries):
            archive.writestr(zipfile.ZipInfo(name, EPOCH), entries[name])


def _sign(unsigned: Path, target: Path) -> None:
    signed = unsigned.with_name("signed.apk")
    schemes = [f"--v{number}-signing-enabled" for number in (1, 2, 3)]
    flags = [word for scheme in schemes for word in (scheme, "true")]
    run(
        "apksigner", "sign", *flags, "--v4-signing-enabled", "false", "--v1-signer-name", "LANTERN",
        "--key", KEY.with_name(KEY.name + ".pk8"), "--cert", KEY.with_name(KEY.name + ".x509.pem"),
        "--in", unsigned, "--out", signed,
    )  # fmt: skip
    target.write_bytes(signed.read_bytes())


def main(words: list[str]) -> int:
    """Build all samples; return the exit code."""
    folder = Path(words[0]) if words else HERE
    folder.mkdir(parents=True, exist_ok=True)
    try:
        tools = find_tools()
        for app in APPS:
            build(app, folder / f"{app.name}.apk", tools)
    except ToolError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
