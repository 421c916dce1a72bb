from hypothesis import given
from hypothesis import strategies as st

from hongxian.sensors.session.network.multipart import MOST, multipart_in

BODY = (
    b'--XyZ\r\nContent-Disposition: form-data; name="phone"\r\n\r\n13800138000\r\n'
    b'--XyZ\r\nContent-Disposition: form-data; name=f; filename="a.png"\r\n'
    b"Content-Type: image/png\r\n\r\n\x89PNG\r\n\r\n\0\r\n"
    b"--XyZ\r\nno head\r\n"
    b"--XyZ\r\nContent-Disposition: attachment\r\n\r\nx\r\n"
    b'--XyZ--\r\n--XyZ\r\nContent-Disposition: form-data; name="late"\r\n\r\n1\r\n'
)


def test_fields_and_files_come_out_with_their_names() -> None:
    assert list(multipart_in(BODY) or ()) == [
        ("phone", b"13800138000"), ("f", b"\x89PNG\r\n\r\n\0"), ("f.filename", b"a.png"),
        ("[3]", b"x"),
    ]  # fmt: skip


def test_a_cut_body_gives_what_there_is() -> None:
    assert list(multipart_in(BODY[: BODY.index(b"8000")]) or ()) == [("phone", b"1380013")]


def test_other_bytes_are_no_multipart() -> None:
    assert multipart_in(b"--\r\n") is None
    assert multipart_in(b"-- a list of dashes\nand text") is None


def test_a_million_fields_are_bounded() -> None:
    piece = b'--b\r\nContent-Disposition: form-data; name="a"\r\n\r\n1\r\n'
    assert len(list(multipart_in(piece * (MOST + 500)) or ())) <= MOST


@given(st.binary(max_size=200))
def test_any_bytes_behind_a_boundary_are_taken(data: bytes) -> None:
    list(multipart_in(BODY[:60] + data) or ())
