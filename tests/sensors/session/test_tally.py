from hongxian.sensors.session.tally import Tally


def test_what_is_missed_is_counted_with_its_first_place() -> None:
    tally = Tally("x.har", "session_network")
    tally.taken = 5
    tally.miss("entries", "x.har entry 3")
    tally.miss("entries", "x.har entry 9", 4)
    tally.miss("cut", "x.har")
    assert [(one.word, one.values, one.where) for one in tally.reasons()] == [
        ("session_network.entries", {"count": 5, "of": 5}, "x.har entry 3"),
        ("session_network.cut", {"count": 1, "of": 5}, "x.har"),
    ]


def test_nothing_missed_is_nothing_told() -> None:
    assert Tally("x.har", "session_network").reasons() == []
