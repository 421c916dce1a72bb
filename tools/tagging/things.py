"""What is no person: places, companies, organisations, works, and words by their kind."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from functools import cache

import people
import sources
from draw import CHANCE, Weighted, number, odds, one, pick

KINDS = "n2 n2 v2 v2 v1 d2 d1 a2 n1 p1 n3 vn2 l4 m2 t2 s2 f2 c2 c1 n4 nz3 nz2 a1 r2 r1 q1 m1 b2 j2 nt4 u1 f1".split()  # noqa: E501 - a list of words
"""Tags with lengths from which sentences without sense are made."""
_SUFFIXES = "海滩 沙滩 洞 岛 谷 湖 镇 乡 村 山 河 江 湾 港 桥 路 街 巷 广场 公园 大厦 花园 小区 园 寺 庙 塔 城 堡 宫 机场 球场 火山 瀑布 湿地 森林公园 牧场 酒店 餐厅 海子 泉 峰 岭 峡谷 古镇 水库 码头 车站 体育馆 博物馆 美术馆 教堂 商场 购物中心 家园 新城 国际 公馆 苑 湾区 度假村 滑雪场 农场 沟 池 屯 庄 坡 沙漠 半岛 群岛 大道 会馆 故居 遗址 陵 祠 阁 楼".split()  # noqa: E501 - a list of words
_BODIES = "大学 中学 医院 法院 公安局 商会 作家协会 研究所 报社 电视台 日报 出版社 代表团".split()
_TAGS = {"nr": "n", "nrt": "nz", "nrfg": "n", "vg": "v", "ng": "n", "i": "l"}
_DIVISION = re.compile("(特别行政区|壮族自治区|回族自治区|维吾尔自治区|自治区|自治州|省|市|县|区)$")
_NO_CITIES = ("市辖区", "县", "省直辖县级行政区划", "自治区直辖县级行政区划")


@cache
def words_by_kind() -> dict[str, Weighted]:
    """Return words by tag and length, such as ``v2``; confirmed names are left out."""
    persons = {name.word for name in sources.checked_names() if name.confirmed}
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word, (count, tag) in sources.dictionary().items():
        if tag != "ns" and not (tag[:2] == "nr" and word in persons):
            counts[f"{_TAGS.get(tag, tag)}{min(len(word), 4)}"][word] = count
    return {kind: Weighted(words, 0.75) for kind, words in counts.items()}


@cache
def _pools() -> tuple[Weighted, Weighted, Weighted, Weighted]:
    """Return things, two-character words, places and any words of two characters or more."""
    entries = sources.dictionary().items()
    persons = {name.word for name in sources.checked_names() if name.confirmed}
    things = {w: c for w, (c, tag) in entries if tag in ("nz", "n") and 2 <= len(w) <= 4}
    plain = {w: c for w, (c, tag) in entries if tag in ("v", "vn", "a", "n") and len(w) == 2}
    places = {w: c for w, (c, tag) in entries if tag == "ns" and len(w) > 1}
    every = {w: c for w, (c, _) in entries if len(w) > 1 and w not in persons}
    return Weighted(things, 0.5), Weighted(plain, 0.5), Weighted(places, 0.6), Weighted(every, 0.35)


def thing_word() -> str:
    """Return a noun of two to four characters."""
    return _pools()[0]()


def plain_word() -> str:
    """Return a common word of two characters."""
    return _pools()[1]()


def any_word() -> str:
    """Return any word of the dictionary that is no name."""
    return _pools()[3]()


def words(kinds: list[str], count: int) -> str:
    """Return words of these kinds in a row, without sense."""
    known = words_by_kind()
    return "".join(known[one(kinds)]() for _ in range(count))


def shortened(division: str) -> str:
    """Return the name of a division without what it is: 杭州 for 杭州市."""
    return _DIVISION.sub("", division) if len(division) > 2 else division


def is_city(city: str) -> bool:
    """Return whether the second step of the tree is a city, not a placeholder."""
    return city not in _NO_CITIES


def place() -> str:
    """Return the name of a place: a country, a city, a district, a landmark."""
    lists, draw = sources.own_lists(), CHANCE.random()
    province, city, district, town = one(sources.divisions())
    city = city if is_city(city) else ""
    if draw < 0.36:
        return one(lists["abroad" if draw < 0.3 else "landmarks"])
    if draw < 0.6:
        return shortened(city or province) if draw < 0.5 else shortened(province)
    if draw < 0.68:
        return shortened(province) + shortened(city)
    if draw < 0.75:
        return district
    if draw < 0.8:
        return (city or province) + district
    if draw < 0.88:
        return province + city + district + town if draw < 0.84 else town
    if draw < 0.92:
        return _pools()[2]()
    if draw < 0.98:
        return people.foreign_part() + pick(
            *"市州岛省河山镇", "机场", "球场", "大道", "大学", "地区"
        )
    return one(sources.themes()["地名"])


def spot() -> str:
    """Return a place of interest, a park, an estate, a building."""
    lists, draw = sources.own_lists(), CHANCE.random()
    if draw < 0.2:
        return one(lists["landmarks"] if draw < 0.12 else sources.themes()["地名"])
    names = people.names()
    if draw < 0.4:
        name = people.foreign_part()
    elif draw < 0.6:
        name = made_up()
    elif draw < 0.7:
        name = people.chinese()
    elif draw < 0.8:
        name = one(people.common_characters())
    else:
        name = plain_word()
    return name + (one(_SUFFIXES) if odds(0.85) else "") if names else name


def made_up() -> str:
    """Return two characters, such as names of roads and estates are made of."""
    names, common = people.names(), people.common_characters()
    first = names.first() if odds(0.5) else one(common)
    return first + (names.second() if odds(0.5) else one(common))


def company() -> str:
    """Return a brand or the name of a company."""
    lists = sources.own_lists()
    if odds(0.45):
        return one(lists["brands"])
    common = people.common_characters()
    if odds(0.5):
        name = plain_word()
    else:
        name = one(common) + one(common) if odds(0.6) else people.foreign_part()
    if odds(0.3):
        name = place() + name
    if odds(0.12):
        name = people.chinese()
    return name + one(lists["industries"]) + (one(lists["companies"]) if odds(0.75) else "")


def organisation() -> str:
    """Return an authority, a school, an association, or a company."""
    lists, draw = sources.own_lists(), CHANCE.random()
    if draw < 0.5:
        return one(lists["organisations"])
    if draw < 0.7:
        return place() + one(lists["organisations"])[-4:].lstrip("国家市区县")
    return place() + one(_BODIES) if draw < 0.85 else company()


def club() -> str:
    """Return a club, seldom one that does not exist."""
    if odds(0.65):
        return one(sources.own_lists()["clubs"])
    return people.foreign_part() + pick("队", "竞技", "联", "", "", "")


def work() -> str:
    """Return the title of a book, a film, a game."""
    if odds(0.4):
        return one(sources.own_lists()["works"])
    return "".join(thing_word() if odds(0.6) else plain_word() for _ in range(pick(1, 1, 2, 2, 3)))


def thing() -> str:
    """Return any name of a thing, seldom one in the characters of foreign names."""
    common, draw = people.common_characters(), CHANCE.random()
    if draw < 0.5:
        return thing_word()
    if draw < 0.8:
        return plain_word() if draw < 0.7 else people.foreign_part()
    return "".join(one(common) for _ in range(pick(2, 2, 3)))


def post() -> str:
    """Return a post or a calling."""
    return ("副" if odds(0.03) else "") + one(sources.own_lists()["posts"])


def figure() -> str:
    """Return a number."""
    tens = pick(*"一二三四五六七八九十两") + pick("", "十", "百", "千", "万")
    return pick(str(number(1, 99)), str(number(100, 9999)), tens)


def date() -> str:
    """Return a date or a time."""
    return pick(
        f"{number(1, 12)}月{number(1, 28)}日",
        f"{number(1950, 2024)}年",
        f"{number(1990, 2024)}年{number(1, 12)}月",
        f"周{pick(*'一二三四五六日')}",
        *("昨天", "今年", "上周", "去年年底", "明年春天", "近日", "日前"),
    )
