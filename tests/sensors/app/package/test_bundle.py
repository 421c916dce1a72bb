import json
from pathlib import Path

import pytest
from tests.sensors.app.package import apks
from tests.sensors.app.package.makers import E, M, arsc, zipped

from hongxian.sensors.app.package import AppPackage, PackageError, open_package

CONFIG = zipped(
    M("AndroidManifest.xml", apks.manifest_of("config.zh")),
    M("resources.arsc", arsc({"string": {"app_name": {"zh-CN": "明灯"}}})),
    M("lib/arm64-v8a/libx.so", b"1"),
)
FEATURE = zipped(
    M(
        "AndroidManifest.xml",
        apks.manifest_of("camera", E("service", {"android:name": ".Scan"})),
    ),
    M("classes.dex", apks.DEX + b"feature"),
)


def base() -> bytes:
    kept = [member for member in apks.members() if member.name != "resources.arsc"]
    plain = arsc({"string": {"app_name": {"": "Lamp"}}, "xml": {"s": {"": "res/a.xml"}}})
    return zipped(*kept, M("resources.arsc", plain), block=apks.block())


def opened(path: Path, *members: M) -> AppPackage:
    path.write_bytes(zipped(*members))
    return open_package(path)


def test_base_and_splits_are_one_app(tmp_path: Path) -> None:
    members = (M("split_a.apk", FEATURE), M("b.apk", base(), method=0), M("split_z.apk", CONFIG))
    with opened(tmp_path / "lamp.apks", *members) as package:
        found = package.manifest
        assert (package.format, found.split, found.version_name) == ("apks", None, "1.0")
        assert found.label == "明灯"
        assert [c.name for c in found.components] == ["com.example.lamp.Scan"]
        assert package.dex_names == (
            "b.apk!/classes.dex",
            "b.apk!/classes2.dex",
            "b.apk!/classes10.dex",
            "split_a.apk!/classes.dex",
        )
        assert [content[-7:] for _, content in package.dex()][-1] == b"feature"
        assert "split_z.apk!/lib/arm64-v8a/libx.so" in [n.locator for n in package.native_libraries]
        assert package.read("split_a.apk!/classes.dex").endswith(b"feature")
        assert package.schemes == ("v2",)


def test_of_a_bundletool_set_the_standalone_copies_are_left_out(tmp_path: Path) -> None:
    members = (
        M("splits/base-master.apk", base()),
        M("standalones/standalone-x86.apk", base()),
        M("toc.pb", b"?"),
    )
    with opened(tmp_path / "lamp.apks", *members) as package:
        assert [archive.prefix for archive in package.archives] == ["splits/base-master.apk!/"]
    with opened(tmp_path / "lamp.apks", members[1]) as package:
        assert package.manifest.package == "com.example.lamp"


def test_an_xapk_is_told_by_its_index(tmp_path: Path) -> None:
    index = M("manifest.json", json.dumps({"package_name": "com.example.lamp"}).encode())
    with opened(tmp_path / "lamp.xapk", index, M("com.example.lamp.apk", base())) as package:
        assert package.format == "xapk"
        assert package.problems == []


@pytest.mark.parametrize("content", [b"{", b"[1]", b"\xff\xfe\xfd"])
def test_a_damaged_index_does_not_matter(tmp_path: Path, content: bytes) -> None:
    with opened(tmp_path / "a.xapk", M("manifest.json", content), M("b.apk", base())) as package:
        assert package.manifest.package == "com.example.lamp"


def test_a_damaged_split_is_told_and_the_rest_is_kept(tmp_path: Path) -> None:
    members = (M("base.apk", base()), M("a.apk", b"nothing"), M("b.apk", size=9, body=b"\xff" * 9))
    with opened(tmp_path / "lamp.apks", *members) as package:
        assert package.manifest.package == "com.example.lamp"
        told = [(p.where, p.what) for p in package.problems if p.where in {"a.apk", "b.apk"}]
        not_zip = "this APK inside the bundle cannot be read: not a ZIP file, so not an app package"
        assert told == [("a.apk", not_zip), ("b.apk", "damaged compressed data; not read")]


def test_splits_without_base_are_told(tmp_path: Path) -> None:
    with opened(tmp_path / "lamp.apks", M("split.apk", FEATURE)) as package:
        assert package.manifest.split == "camera"
        told = [(p.scope, p.where) for p in package.problems if p.word == "no_base"]
        assert told == [("app.manifest", "lamp.apks"), ("app.code", "lamp.apks")]


def test_no_readable_apk_is_one_clear_line(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"^lamp.apks: the bundle holds no readable base APK$"):
        opened(tmp_path / "lamp.apks", M("base.apk", b"nothing"))
