from hongxian.errors import ArtefactError
from hongxian.sensors.policy.reading.faults import LIMITS, ReadingError, problem


def test_an_error_says_in_one_line_what_and_where() -> None:
    error = ReadingError("政策.pdf", "too_many_pages", limit=3)
    assert isinstance(error, ArtefactError)
    assert "政策.pdf" in str(error)
    assert "PDF of more than 3 pages" in str(error)
    assert "\n" not in str(error)


def test_the_same_can_be_said_in_chinese_as_the_reason_of_coverage() -> None:
    reason = ReadingError("政策.pdf", "too_many_pages", limit=3).reason
    assert reason.say("zh") == "政策.pdf：PDF 超过 3 页，未读取"
    assert problem("damaged_page", page=2).say("zh") == "第 2 页已损坏，未读取"


def test_limits_are_those_of_ordinary_policies() -> None:
    assert LIMITS.size == 20 << 20
    assert LIMITS.pages == 1000
