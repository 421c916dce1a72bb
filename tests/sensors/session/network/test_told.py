from hongxian.sensors.session.model import Part, Sighting
from hongxian.sensors.session.network.told import Found, told


def found(name: str, value: int = 1, info: str = "basic.phone", how: tuple[str, ...] = ()) -> Found:
    part = Part(where="body", sent=True, name=name, value="x", how=how)
    made = Sighting(info=info, form="clear", how=how, where="body", sent=True, name=name)
    return Found(value, part, made)


def names(*given: Found) -> list[str]:
    return [one.name for one in told(given)]


def test_a_value_is_told_for_its_field_and_not_for_what_holds_it() -> None:
    assert names(found(""), found("user"), found("user.phone")) == ["user.phone"]
    assert names(found("user.phone"), found("user")) == ["user.phone"]
    assert names(found("a"), found("b")) == ["a", "b"]
    assert names(found("a"), found("a.b", value=2)) == ["a", "a.b"]


def test_the_whole_way_to_a_value_is_told() -> None:
    assert [one.how for one in told([found("a"), found("a", how=("base64",))])] == [("base64",)]


def test_one_app_is_no_list_and_a_list_is_told_once() -> None:
    apps = [found(f"apps[{n}]", value=n, info="device.app_list") for n in range(5)]
    assert names(*apps[:2]) == []
    assert names(*apps, found("apps[0].x", value=0, info="device.app_list")) == ["apps[0].x"]


def test_a_value_in_thousands_of_fields_is_bounded() -> None:
    assert len(names(*(found(f"f{n:05}") for n in range(5000)))) == 50
