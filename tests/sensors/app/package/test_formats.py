from pathlib import Path

import pytest
from tests.sensors.app.package.makers import M, zipped

from hongxian.sensors.app import package as module
from hongxian.sensors.app.package import apk
from hongxian.sensors.app.package.formats import Format, Source


def scrambled(data: bytes) -> bytes:
    return bytes(byte ^ 0x5A for byte in data)


def test_another_format_slots_in_beside_the_others(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def detect(source: Source) -> bool:
        return source.data[:4] == b"V1MM"

    def opened(source: Source) -> module.AppPackage:
        assert source.archive is None
        archive = module.Archive(scrambled(source.data[4:]), source.path.name)
        inner = Source(source.path, source.data, source.sha256, archive)
        return apk.FORMAT.open(inner)

    wxapkg = Format("wxapkg", (".wxapkg",), detect, opened)
    monkeypatch.setattr(module, "FORMATS", (*module.FORMATS, wxapkg))
    path = tmp_path / "lamp.wxapkg"
    path.write_bytes(b"V1MM" + scrambled(zipped(M("page.js", b"1"))))
    with module.open_package(path) as package:
        assert "page.js" in package.members
