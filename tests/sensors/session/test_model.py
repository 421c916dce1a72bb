from hongxian.sensors.session.model import MARKS, WHY_OPAQUE, Message, Node, Part


def test_headers_are_found_whatever_their_letters_case() -> None:
    message = Message(headers=(("Content-Type", "a"), ("content-type", "b")))
    assert message.header("CONTENT-type") == "a"
    assert message.header("x") is None


def test_the_words_of_an_element_are_its_text_else_its_description() -> None:
    assert Node(text="a", description="b").words == "a"
    assert Node(description="b").words == "b"


def test_every_mark_says_what_it_means() -> None:
    assert all(MARKS.values())


def test_every_reason_for_not_reading_says_what_it_means() -> None:
    assert all(WHY_OPAQUE.values())


def test_the_key_of_a_part_is_its_last_name_without_an_index() -> None:
    assert Part(where="body", sent=True, name="a.list[2].phone[0]", value="").key == "phone"
