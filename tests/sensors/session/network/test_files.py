import pytest

from hongxian.sensors.session.network.files import file_kind


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"\x89PNG\r\n\x1a\n\0\0\0\0", "png"),
        (b"\0\0\0\x18ftypmp42", "mp4"),
        (b"RIFF\0\0\0\0WEBPVP8 ", "webp"),
        (b"BMW is a car brand", ""),
        (b"plain text here", ""),
        (b"GIF8", ""),
    ],
)
def test_a_file_is_known_by_its_beginning(data: bytes, kind: str) -> None:
    assert file_kind(data) == kind
