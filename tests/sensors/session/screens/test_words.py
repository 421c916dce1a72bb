from hongxian.info import load_types
from hongxian.laws.permissions import load_android
from hongxian.sensors.session.screens.words import load_words, one_of, permission_patterns


def test_every_permission_and_pi_type_is_a_known_one() -> None:
    assert {name for name, _ in permission_patterns()} <= set(load_android())
    assert {row["info"] for row in load_words()["field"]} <= set(load_types())


def test_any_of_several_is_found_whatever_the_case() -> None:
    assert one_of(["a b", "c"]).search("xA B")
    assert not one_of(["^c$"]).search("cc")
