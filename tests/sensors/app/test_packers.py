from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.sensors.app.catalogue.source import rows
from hongxian.sensors.app.dex.program import read_program
from hongxian.sensors.app.package import open_package
from hongxian.sensors.app.package.model import NativeLibrary
from hongxian.sensors.app.packers import Packer, find_packer, is_shell

SAMPLES = Path(__file__).parents[3] / "samples"


def libs(*names: str) -> list[NativeLibrary]:
    return [NativeLibrary("arm64-v8a", name, f"lib/arm64-v8a/{name}") for name in names]


def find(
    classes: tuple[bytes, ...] = (),
    native: tuple[str, ...] = (),
    members: tuple[str, ...] = (),
    application: str | None = None,
) -> Packer | None:
    return find_packer(classes, libs(*native), members, application)


@pytest.mark.parametrize(
    ("key", "classes", "native", "members", "application"),
    [
        ("360_jiagu", (b"Lcom/stub/StubApp;",), (), (), None),
        ("360_jiagu", (), (), ("assets/libjiagu_a64.so",), None),
        ("tencent_legu", (), ("libshella-4.1.0.19.so",), (), None),
        ("tencent_legu", (), (), (), "com.tencent.StubShell.TxAppEntry"),
        ("tencent_legu", (b"Lcom/wrapper/proxyapplication/Util;",), (), (), None),
        ("tencent_legu", (), (), (), "com.example.MyWrapperProxyApplication"),
        ("appdome", (b"Lruntime/loading/InjectedActivity;",), (), (), None),
        ("tencent_yushanfang", (), ("libBugly-yaq.so",), (), None),
        ("bangcle", (), ("libDexHelper.so",), (), None),
        ("bangcle", (b"Lcom/secneo/apkwrapper/H;",), (), (), None),
        ("ijiami", (b"Ls/h/e/l/l/S;",), (), (), None),
        ("ijiami", (), (), ("assets/ijiami.ajm",), None),
        ("baidu_jiagu", (), ("libbaiduprotect.so",), (), None),
        ("netease_yidun", (b"Lcom/netease/nis/wrapper/Entry;",), ("libnesec.so",), (), None),
        ("alibaba_jiagu", (), ("libmobisec.so",), (), None),
        ("naga", (), ("libddog.so",), (), None),
        ("kiwisec", (), ("libkwscmm.so",), (), None),
        ("payegis", (), ("libegis.so",), (), None),
        ("apkprotect", (), ("libAPKProtect.so",), (), None),
        ("dexprotector", (), (), ("assets/dp.arm-v7.so.dat",), None),
        ("liapp", (), (), ("assets/LIAPP.ini",), None),
        ("apktoolplus", (), (), ("assets/jiagu_data.bin", "assets/sign.bin"), None),
        ("appdome", (), ("libloader.so",), ("assets/appdome.cfg",), None),
    ],
)
def test_packers_are_known_by_their_marks(
    key: str,
    classes: tuple[bytes, ...],
    native: tuple[str, ...],
    members: tuple[str, ...],
    application: str | None,
) -> None:
    found = find(classes, native, members, application)
    assert found is not None
    assert found.key == key
    assert found.name
    assert found.evidence
    assert found.confidence


@pytest.mark.parametrize(
    "native",
    ["libBugly.so", "libnesec.so", "libNetHTProtect.so", "libsgmain.so", "libmsaoaidsec.so",
     "libtup.so", "libexec.so", "libloader.so", "libshell.so"],
)  # fmt: skip
def test_one_weak_mark_or_a_security_sdk_is_no_packer(native: str) -> None:
    assert find(native=(native,)) is None


def test_the_libraries_of_one_security_sdk_are_one_weak_mark() -> None:
    assert find(native=("libnesec.so", "libnesec_x86.so", "libBugly.so")) is None


@pytest.mark.parametrize("row", rows("packers")["packer"], ids=lambda row: row["key"])
def test_each_sure_mark_alone_names_its_packer(row: dict[str, list[str]]) -> None:
    one = [find((f"L{name.replace('.', '/')};".encode(),)) for name in row["classes"]]
    one += [find(application=name.replace("*", "X")) for name in row["applications"]]
    one += [find(native=(name.replace("*", "x"),)) for name in row["libs"]]
    one += [find(members=("res/a.xml", name.replace("*", "x"))) for name in row["members"]]
    assert [packer.key for packer in one if packer] == [row["key"]] * len(one)


@pytest.mark.parametrize("row", rows("packers")["packer"], ids=lambda row: row["key"])
def test_no_weak_mark_alone_names_a_packer(row: dict[str, list[str]]) -> None:
    for hint in row["hints"]:
        kind, _, name = hint.partition(":")
        name = name.replace("*", "x")
        assert find(native=(name,)) is None if kind == "lib" else find(members=(name,)) is None


@pytest.mark.parametrize("name", ["lantern", "lantern_clean", "lantern_legacy"])
def test_the_samples_are_not_packed(name: str) -> None:
    with open_package(SAMPLES / f"{name}.apk") as package:
        program = read_program(package.dex())
        found = find_packer(
            program.class_names, package.native_libraries, package.members,
            package.manifest.application,
        )  # fmt: skip
    assert found is None


def test_the_application_object_of_a_packer_is_known() -> None:
    assert is_shell("com.stub.StubApp")
    assert not is_shell("com.example.App")


def test_a_plain_app_is_not_packed() -> None:
    classes = (b"Lcom/example/Main;", b"Lcom/stub/StubApplication;", b"Lxcom/stub/StubApp;")
    assert find(classes, ("libflutter.so",), ("classes.dex", "assets/a.jar"), "com.e.App") is None


def test_the_evidence_names_the_place_in_the_split() -> None:
    found = find(members=("split_a.apk!/assets/ijiami.dat",))
    assert found is not None
    assert found.evidence == "split_a.apk!/assets/ijiami.dat"


def test_a_loader_class_is_named_as_java_does() -> None:
    found = find((b"La/B;", b"Lcom/qihoo/util/StubApplication$1;"))
    assert found is not None
    assert found.evidence == "class com.qihoo.util.StubApplication$1"


def test_every_packer_can_be_found_and_says_where_from() -> None:
    listed = rows("packers")["packer"]
    assert len(listed) >= 30
    assert len({row["key"] for row in listed}) == len(listed)
    for row in listed:
        sure = row["classes"] + row["applications"] + row["libs"] + row["members"]
        assert sure or len(row["hints"]) >= 2, row["key"]
        assert row["source"], row["key"]
