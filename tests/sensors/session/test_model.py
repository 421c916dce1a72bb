from hongxian.sensors.session.model import MARKS, Message, Node


def test_headers_are_found_whatever_their_letters_case() -> None:
    message = Message(headers=(("Content-Type", "a"), ("content-type", "b")))
    assert message.header("CONTENT-type") == "a"
    assert message.header("x") is None


def test_the_words_of_an_element_are_its_text_else_its_description() -> None:
    assert Node(text="a", description="b").words == "a"
    assert Node(description="b").words == "b"


def test_every_mark_says_what_it_means() -> None:
    assert all(MARKS.values())
