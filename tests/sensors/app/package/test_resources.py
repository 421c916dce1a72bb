from tests.sensors.app.package.makers import Ref, Texts, arsc

from hongxian.sensors.app.package.arsc import Table
from hongxian.sensors.app.package.resources import Resources

FIRST = 0x7F010000


def of(*tables: Texts) -> Resources:
    return Resources([(f"{i}.arsc", Table(arsc(t), "x")) for i, t in enumerate(tables)])


def test_a_chinese_device_gets_chinese_texts() -> None:
    name = {"": "Lamp", "en": "Lamp!", "zh": "灯", "zh-CN": "明灯", "zh-TW": "燈"}
    order = ["zh-CN", "zh", "", "zh-TW", "en"]
    for place, best in enumerate(order):
        left = {locale: name[locale] for locale in order[place:]}
        assert of({"string": {"app": left}}).text(FIRST) == name[best]


def test_references_are_followed_and_loops_end() -> None:
    texts: Texts = {
        "string": {
            "app": {"": Ref(FIRST + 1)},
            "real": {"": "Lamp"},
            "loop": {"": Ref(FIRST + 2)},
            "lost": {"": Ref(0x01040000)},
        }
    }
    resources = of(texts)
    assert resources.text(FIRST) == "Lamp"
    assert resources.text(FIRST + 2) is None
    assert resources.text(FIRST + 3) is None
    assert resources.text(FIRST + 9) is None


def test_numbers_are_no_texts() -> None:
    resources = of({"integer": {"code": {"": 42}}, "string": {"s": {"": "x"}}})
    assert resources.number(FIRST) == 42
    assert resources.text(FIRST) is None
    assert resources.number(0x7F020000) is None


def test_names() -> None:
    resources = of({"string": {"app_name": {"": "Lamp"}}})
    assert resources.name(FIRST) == "string/app_name"
    assert resources.name(FIRST + 5) is None


def test_a_split_adds_its_language() -> None:
    base: Texts = {"string": {"app": {"": "Lamp"}}}
    split: Texts = {"string": {"app": {"zh": "灯"}}}
    assert of(base, split).text(FIRST) == "灯"


def test_strings_are_default_and_chinese_texts_with_their_places() -> None:
    texts: Texts = {
        "string": {"app": {"": "Lamp", "fr": "Lampe", "zh": "灯"}, "ref": {"": Ref(FIRST)}},
        "layout": {"main": {"": "res/layout/main.xml"}},
        "array": {"list": {"": ["a", "b"]}},
    }
    found = [(s.name, s.locale, s.value, s.locator) for s in of(texts).strings()]
    assert found == [
        ("string/app", "", "Lamp", "0.arsc#0x7f010000"),
        ("string/app", "zh", "灯", "0.arsc#0x7f010000"),
        ("array/list", "", "a", "0.arsc#0x7f030000"),
        ("array/list", "", "b", "0.arsc#0x7f030000"),
    ]


def test_links_in_styles_are_given_with_the_text() -> None:
    data = arsc({"string": {"p": {"": "read this"}}}, links={0: "https://a.com/p"})
    (string,) = Resources([("r", Table(data, "x"))]).strings()
    assert string.links == ("https://a.com/p",)
