import pytest

from hongxian.errors import ArtefactError
from hongxian.sensors.app.package.faults import (
    PackageError,
    Problem,
    problem_of,
    reason_of,
    scope_of,
)


@pytest.mark.parametrize(
    ("member", "scope"),
    [
        ("AndroidManifest.xml", "app.manifest"),
        ("META-INF/CERT.RSA", "app.manifest"),
        ("base.apk!/classes2.dex", "app.code"),
        ("assets/payload.jar", "app.code"),
        ("resources.arsc", "app.resources"),
        ("assets/privacy.html", "app.resources"),
        ("split.apk!/lib/x86/libx.so", "app.native"),
    ],
)
def test_the_scope_that_a_member_belongs_to(member: str, scope: str) -> None:
    assert scope_of(member) == scope


def test_an_error_becomes_a_problem_in_both_languages() -> None:
    error = PackageError("classes.dex", "member_short", size=9, found=3)
    assert str(error) == "classes.dex: the member should have 9 bytes and has 3"
    problem = problem_of(error)
    assert problem == Problem("app.code", "classes.dex", "member_short", {"size": 9, "found": 3})
    assert problem.say("zh") == "成员应有 9 字节，只有 3 字节"
    assert problem_of(error, "lib/a.so").scope == "app.native"


def test_an_error_of_any_kind_becomes_a_reason_with_its_place() -> None:
    ours = reason_of(PackageError("classes.dex", "dex_beyond", count=3))
    assert ours.say("zh") == "classes.dex：3 个条目超出文件"
    assert ours.say("en") == "classes.dex: 3 entries reach beyond the file"
    other = reason_of(ArtefactError("x.bin", "is odd"))
    assert other.say("zh") == "x.bin：内容损坏，未读完（is odd）"
    assert other.say("en") == "x.bin: is odd"
    problem = Problem("app.code", "a.apk", "member_apk", {"reason": ours.data()})
    assert problem.reason.say("zh") == "a.apk：包内的 APK 无法读取：classes.dex：3 个条目超出文件"
