from hongxian.sensors.session.model import Part
from hongxian.sensors.session.network import strangers as module
from hongxian.sensors.session.network.strangers import innermost, strangers

PHONE = "13912345678"


def part(
    name: str, value: str | bytes, how: tuple[str, ...] = ("json",), sent: bool = True
) -> Part:
    return Part(where="body", sent=sent, name=name, value=value, how=how)


def seen(*parts: Part) -> list[tuple[str, str]]:
    return [(one.name, info) for one, info, score in strangers(parts, {}) if 0 < score < 1]


def test_a_field_with_the_name_and_the_form_of_pi_is_pi() -> None:
    assert seen(part("u.imei", "867400020316620"), part("phone", PHONE)) == [
        ("u.imei", "device.imei"), ("phone", "basic.phone"),
    ]  # fmt: skip


def test_some_fields_are_known_by_their_names_alone() -> None:
    fields = {"ssid": "Cafe Wifi", "realName": "李四光", "sex": "女", "clipboard": "text in it"}
    assert [info for _, info in seen(*(part(*one) for one in fields.items()))] == [
        "device.wifi_ssid", "basic.name", "basic.gender", "device.clipboard",
    ]  # fmt: skip
    assert seen(part("ssid", "<unknown ssid>"), part("title", "李四光"), part("sex", "9")) == []


def test_numbers_of_another_name_or_none_are_not() -> None:
    assert seen(part("order_id", "867400020316620"), part("[3]", PHONE), part("ts", PHONE)) == []
    assert seen(part("scores", f"{PHONE},{PHONE}")) == []


def test_free_text_is_read_too() -> None:
    assert seen(part("note", f"收货人电话 {PHONE}，谢谢")) == [("note", "basic.phone")]


def test_only_what_is_sent_as_text_counts() -> None:
    assert seen(part("phone", PHONE, sent=False), part("phone", b"\xff")) == []
    assert seen(part("phone", PHONE + " " * (1 << 16))) == []


def test_a_list_of_installed_apps_is_known_by_its_name_and_its_members() -> None:
    apps = [part(f"installed_apps[{n}]", f"com.maker{n}.app") for n in range(5)]
    assert seen(*apps) == [("installed_apps[0]", "device.app_list")]
    assert seen(*apps[:4]) == []
    assert seen(part("pkgs", ";".join(str(one.value) for one in apps))) == [
        ("pkgs", "device.app_list")
    ]


def test_what_holds_other_parts_is_not_looked_at_itself() -> None:
    body = part("", '{"imei": "867400020316620"}', ())
    inside = part("imei", "867400020316620")
    other = part("x", "y", ())
    assert list(innermost([body, inside, other])) == [inside, other]
    assert list(innermost([])) == []


def test_the_same_field_is_looked_at_once(monkeypatch) -> None:
    known: module.Seen = {}
    one = part("imei", "867400020316620")
    first = list(strangers([one], known))
    monkeypatch.setattr(module, "recognise_field", None)
    assert list(strangers([one], known)) == first
    monkeypatch.undo()
    monkeypatch.setattr(module, "_REMEMBERED", 1)
    list(strangers([part("phone", PHONE)], known))
    assert list(known) == [("phone", PHONE)]
