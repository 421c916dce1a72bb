"""One bundle, written by several threads."""

from __future__ import annotations

from pathlib import Path
from threading import Thread
from zipfile import ZipFile

from hongxian.sensors.session.bundle import BundleWriter, open_bundle
from hongxian.sensors.session.record.sink import Shared, Sink


def test_threads_write_one_after_another(tmp_path: Path) -> None:
    writer: Sink = BundleWriter(tmp_path / "s.zip", {"package": "com.example.app"}, {})
    shared = Shared(writer)

    def write(number: int) -> None:
        for place in range(20):
            shared.event("tap", host=1.0, x=number, y=place)
            shared.member("note", f"{number}-{place}.txt", b"x" * 999, format="text")

    threads = [Thread(target=write, args=(number,)) for number in range(4)]
    for one in threads:
        one.start()
    for one in threads:
        one.join()
    shared.clock(1.5, 0.1, "Asia/Shanghai")
    shared.close()
    bundle = open_bundle(tmp_path / "s.zip")
    assert bundle.problems == []
    assert len(list(bundle.members("note"))) == 80
    assert bundle.manifest.clock.offset == 1.5
    with ZipFile(tmp_path / "s.zip") as archive:
        assert archive.read("timeline.jsonl").count(b"\n") == 80
