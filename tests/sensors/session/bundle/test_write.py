import hashlib
import zipfile

from hongxian.sensors.session.bundle import BundleWriter, open_bundle

APP = {"package": "cn.example.app", "version": "1"}


def test_what_is_written_can_be_read_and_comes_before_what_may_be_cut(tmp_path) -> None:
    path = tmp_path / "s.zip"
    with BundleWriter(path, APP, {"model": "P"}, [{"name": "adb"}],
                      values={"basic.phone": ["1"]}) as writer:  # fmt: skip
        writer.clock(1.5, 0.1, "UTC")
        writer.event("mark", device=2.0, host=0.5, name="start")
        place = writer.member("screen", "1.xml", b"<a/>", format="uiautomator", at=2.0)
    assert place == "screen/1.xml"
    assert zipfile.ZipFile(path).namelist() == ["manifest.json", "timeline.jsonl", "screen/1.xml"]
    bundle = open_bundle(path)
    assert not bundle.problems
    assert bundle.read("timeline.jsonl") == (
        b'{"device": 2.0, "event": "mark", "host": 0.5, "name": "start"}\n'
    )
    assert bundle.manifest.clock.offset == 1.5
    assert bundle.manifest.of_role("screen")[0].sha256 == hashlib.sha256(b"<a/>").hexdigest()
    assert list(tmp_path.iterdir()) == [path]


def test_the_same_session_gives_the_same_bytes(tmp_path) -> None:
    for name in "ab":
        with BundleWriter(tmp_path / name, APP, {}) as writer:
            writer.event("mark", host=1.0, name="start")
    assert (tmp_path / "a").read_bytes() == (tmp_path / "b").read_bytes()


def test_closing_twice_does_no_harm(tmp_path) -> None:
    writer = BundleWriter(tmp_path / "s.zip", APP, {})
    writer.close()
    writer.close()
    assert open_bundle(tmp_path / "s.zip").manifest.package == "cn.example.app"


def test_a_recorder_that_dies_leaves_its_members_behind(tmp_path) -> None:
    writer = BundleWriter(tmp_path / "s.zip", APP, {})
    writer.member("logcat", "log.txt", b"line\n" * 100)
    assert (tmp_path / "s.zip.part").stat().st_size > 0
    writer.close()
