from pathlib import Path

import pytest
from tests.sensors.app.package import apks
from tests.sensors.app.package.makers import M

from hongxian.sensors.app.package import PackageError, open_package
from hongxian.sensors.app.package.model import NativeLibrary


def test_dex_files_come_in_the_order_of_loading(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "a.apk")) as package:
        assert package.dex_names == ("classes.dex", "classes2.dex", "classes10.dex")
        assert [content[112:] for _, content in package.dex()] == [b"", b"2", b"10"]


def test_an_unreadable_dex_is_noted_and_the_others_come(tmp_path: Path) -> None:
    bad = M("classes2.dex", size=9, body=b"\xff" * 9)
    with open_package(apks.write(tmp_path / "a.apk", bad, without="classes2.dex")) as package:
        assert [name for name, _ in package.dex()] == ["classes.dex", "classes10.dex"]
        assert [(p.scope, p.where) for p in package.problems] == [("app.code", "classes2.dex")]


def test_members_and_native_libraries(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "a.apk")) as package:
        assert "assets/privacy.html" in package.members
        library = "lib/arm64-v8a/libshell.so"
        assert package.native_libraries == (NativeLibrary("arm64-v8a", "libshell.so", library),)
        assert package.read(library) == b"\x7fELF"
        with pytest.raises(PackageError, match=r"^nothing: the package has no such member$"):
            package.read("nothing")


def test_texts_and_policies(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "a.apk")) as package:
        assert ("string/app_name", "灯") in [(s.name, s.value) for s in package.strings()]
        link, text = package.policies
        assert (link.kind, link.url) == ("policy", "https://lamp.example.com/p/1.html")
        assert link.locator == "resources.arsc#0x7f010001"
        assert text.locator == "assets/privacy.html"
        assert text.text == "<h1>隐私政策</h1>我们收集手机号"


def test_after_closing_nothing_is_read(tmp_path: Path) -> None:
    package = open_package(apks.write(tmp_path / "a.apk"))
    package.close()
    package.close()
    with pytest.raises(ValueError, match="closed"):
        package.read("classes.dex")
