import hashlib
import re
from pathlib import Path

import pytest
from tests.sensors.app.package import apks
from tests.sensors.app.package.makers import M, zipped

from hongxian.errors import ArtefactError, Exit
from hongxian.sensors.app.package import FORMATS, Limits, PackageError, open_package
from hongxian.words import area_words


def test_the_format_is_found_by_what_is_inside(tmp_path: Path) -> None:
    path = apks.write(tmp_path / "no-suffix")
    with open_package(path) as package:
        assert package.format == "apk"
        assert package.sha256 == hashlib.sha256(path.read_bytes()).hexdigest()
        assert package.size == path.stat().st_size
    assert [f.key for f in FORMATS] == ["apk", "xapk", "apks"]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        (b"", "a.apk: the file is empty"),
        (b"MZ" * 50, "a.apk: not a ZIP file, so not an app package"),
        (zipped(M("readme.txt", b"hi")), "a.apk: not an app package of a known format"),
    ],
)
def test_no_package_is_one_clear_line(tmp_path: Path, content: bytes, line: str) -> None:
    path = tmp_path / "a.apk"
    path.write_bytes(content)
    with pytest.raises(ArtefactError) as caught:
        open_package(path)
    assert str(caught.value) == line
    assert caught.value.code is Exit.SENSOR


def test_a_file_that_cannot_be_opened(tmp_path: Path) -> None:
    with pytest.raises(PackageError, match=r"none.apk: cannot be opened: No such file"):
        open_package(tmp_path / "none.apk")
    with pytest.raises(PackageError, match=r"cannot be opened: Is a directory"):
        open_package(tmp_path)


def test_limits_hold_for_the_whole_package(tmp_path: Path) -> None:
    with open_package(apks.write(tmp_path / "a.apk"), Limits(total=10)) as package:
        assert {p.word for p in package.problems} >= {"total_too_large"}
        assert list(package.dex()) == []


def test_a_truncated_package_keeps_what_is_there(tmp_path: Path) -> None:
    path = apks.write(tmp_path / "a.apk")
    path.write_bytes(path.read_bytes()[:-400])
    with open_package(path) as package:
        assert package.manifest.package == "com.example.lamp"
        assert package.problems[0].what.startswith("truncated: no ZIP directory")


def test_every_word_is_said_in_both_languages() -> None:
    folder = Path(__file__).parents[4] / "src/hongxian/sensors/app"
    readers = [*folder.glob("package/*.py"), *folder.glob("dex/*.py")]
    source = "".join(path.read_text() for path in readers)
    for word, texts in area_words("package").items():
        assert f'"{word}"' in source, f"{word} is not in use"
        holes = [set(re.findall(r"{(\w+)}", texts[lang])) for lang in ("zh", "en")]
        assert holes[0] == holes[1]


FACTS = {
    "Yosemite.apk": ("com.netease.nie.yosemite", "1.1.0.449", "Yosemite", 18, 33, 36, 27, 2, 6),
    "ApiDemos-debug.apk": ("io.appium.android.apis", "5.0.0", "API Demos", 17, 33, 14, 355, 1, 0),
    "STFService.apk": ("jp.co.cyberagent.stf", "2.5.5", "STFService", 16, 30, 19, 3, 1, 0),
    "settings_apk-debug.apk": (
        "io.appium.settings", "8.0.10", "Appium Settings", 26, 35, 27, 19, 9, 0,
    ),
    "selendroid-test-app.apk": (
        "io.selendroid.testapp", "0.12.0-SNAPSHOT", "selendroid-test-app", 10, 10, 5, 8, 1, 0,
    ),
    "pocoservice-debug.apk": (
        "com.netease.open.pocoservice", "1.0.0.68", "PocoService", 19, 33, 12, 8, 3, 0,
    ),
}  # fmt: skip
"""As ``aapt dump badging`` (35.0) and androguard 4.1.4 tell them."""


@pytest.mark.parametrize("name", FACTS)
def test_real_packages(real_apks: dict[str, Path], name: str) -> None:
    with open_package(real_apks[name]) as package:
        m = package.manifest
        permissions, components = len(m.permission_names), len(m.components)
        assert (
            m.package,
            m.version_name,
            m.label,
            m.min_sdk,
            m.target_sdk,
            permissions,
            components,
            len(package.dex_names),
            len(package.native_libraries),
        ) == FACTS[name]
        assert package.problems == []


def test_signers_of_real_packages(real_apks: dict[str, Path]) -> None:
    with open_package(real_apks["appium-uiautomator2-server-v10.6.6.apk"]) as package:
        (signer,) = package.signers
        assert signer.schemes == ("v1", "v2", "v3")
        assert signer.debug
    with open_package(real_apks["Yosemite.apk"]) as package:
        (signer,) = package.signers
        assert package.schemes == ("v1", "v2")
        assert not signer.debug


def test_packages_of_code_alone(real_apks: dict[str, Path]) -> None:
    with open_package(real_apks["ZipUtil.apk"]) as package:
        ((name, content),) = package.dex()
        assert name == "classes.dex"
        assert content.startswith(b"dex\n")
        assert "missing" in [problem.word for problem in package.problems]
