from hongxian.errors import ArtefactError
from hongxian.sensors.app.package.faults import PackageError
from hongxian.sensors.session.bundle.faults import SessionError, reason_of


def test_an_error_can_be_said_in_both_languages() -> None:
    error = SessionError("b.zip", "no_zip")
    assert "manifest.json" in str(error)
    assert reason_of(error).say("zh").startswith("b.zip：不是会话包")


def test_a_text_of_another_area_may_be_named() -> None:
    assert SessionError("b.zip", "reason.damaged", what="cut").what == "cut"


def test_errors_of_other_readers_keep_their_words() -> None:
    assert reason_of(PackageError("b.zip!/a", "encrypted")).word == "package.encrypted"
    assert reason_of(ArtefactError("b.zip", "odd")).say("en") == "b.zip: odd"
