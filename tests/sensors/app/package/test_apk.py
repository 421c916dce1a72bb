from pathlib import Path

import pytest
from tests.sensors.app.package import apks
from tests.sensors.app.package.makers import E, M, axml, chunk, manifest

from hongxian.sensors.app.package import AppPackage, open_package


def problems(package: AppPackage) -> list[tuple[str, str, str]]:
    return [(p.scope, p.where, p.word) for p in package.problems]


def test_reads_a_whole_package(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "lamp.apk")) as package:
        found = package.manifest
        assert package.format == "apk"
        assert (found.package, found.version_name, found.label) == ("com.example.lamp", "1.0", "灯")
        assert found.permission_names == {apks.CAMERA}
        assert found.network_security is not None
        assert found.network_security.cleartext_domains == ("old.example.com",)
        assert package.schemes == ("v2",)
        assert [signer.schemes for signer in package.signers] == [("v2",)]
        assert package.problems == []


@pytest.mark.parametrize(
    ("bad", "problem"),
    [
        (M("AndroidManifest.xml", b"<manifest/>"), ("app.manifest", "xml_no_root")),
        (M("AndroidManifest.xml", flags=1, size=5, body=b"\xff12"), ("app.manifest", "encrypted")),
        (M("resources.arsc", b"\2"), ("app.resources", "table_short")),
        (M("resources.arsc", apks.TABLE[:200]), ("app.resources", "table_chunk")),
        (M("resources.arsc", apks.TABLE[:12]), ("app.resources", "pool")),
        (M("res/a.xml", b"\0" * 40), ("app.resources", "xml_no_root")),
        (M("META-INF/A.RSA", b"?"), ("app.manifest", "signature")),
    ],
)
def test_what_cannot_be_read_is_a_problem_and_the_rest_is_kept(
    tmp_path: Path, bad: M, problem: tuple[str, str]
) -> None:
    path = apks.write(tmp_path / "lamp.apk", bad, without=bad.name)
    with open_package(path) as package:
        assert (problem[0], bad.name, problem[1]) in problems(package)
        assert [name for name, _ in package.dex()] == list(package.dex_names)
        assert len(package.dex_names) == 3


def test_a_package_of_code_alone_is_read(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "a.apk", without="AndroidManifest.xml")) as package:
        assert package.manifest.package == ""
        assert ("app.manifest", "AndroidManifest.xml", "missing") in problems(package)


def test_an_unsigned_package_says_so(tmp_path: Path) -> None:
    path = tmp_path / "lamp.apk"
    path.write_bytes(apks.write(path).read_bytes().replace(b"APK Sig Block 42", b"x" * 16))
    with open_package(path) as package:
        assert problems(package) == [("app.manifest", "lamp.apk", "unsigned")]
        assert package.problems[0].harmless


def test_tricks_in_the_manifest_are_noted(tmp_path: Path) -> None:
    tricky = M("AndroidManifest.xml", axml(manifest(E("activity")), junk=chunk(0x7777, b"")))
    with open_package(
        apks.write(tmp_path / "a.apk", tricky, without="AndroidManifest.xml")
    ) as package:
        (problem,) = package.problems
        assert problem.harmless
        assert problem.what == "binary XML altered against analysis (junk chunk); read as usual"
        assert problem.say("zh") == "二进制 XML 带有反分析改动（junk chunk），已照常读取"


def test_a_broken_manifest_keeps_what_is_before_the_damage(tmp_path: Path) -> None:
    whole = apks.manifest_of()
    place = whole.rindex(b"\x02\x01\x10\x00")
    cut = M("AndroidManifest.xml", whole[: place + 4] + b"\xff\xff\xff\x7f" + whole[place + 8 :])
    with open_package(
        apks.write(tmp_path / "a.apk", cut, without="AndroidManifest.xml")
    ) as package:
        assert package.manifest.label == "灯"
        assert ("app.manifest", "AndroidManifest.xml", "xml_chunk") in problems(package)
