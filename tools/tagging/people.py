"""Names of people: Chinese, foreign ones in Chinese characters, Japanese, Latin."""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import cache
from typing import NamedTuple

import sources
from draw import CHANCE, Weighted, number, odds, one, pick

COMPOUND = "欧阳 司马 上官 诸葛 东方 皇甫 尉迟 公孙 慕容 令狐 宇文 长孙 司徒 夏侯 端木 独孤 南宫 轩辕 百里 东郭 西门 呼延 澹台 钟离 闻人 拓跋 申屠 左丘 赫连 完颜 纳兰 叶赫".split()  # noqa: E501 - a list of words
RARER = "武戴莫孔向汤乔贺赖文庞樊殷施洪安颜倪严温章鲁葛韦申尤毕聂焦俞翟岳齐梅庄辛管祝左涂谷祁时舒耿牟卜詹关苗凌费纪靳盛童欧甄项曲成游阳裴席卫查屈鲍位覃霍翁隋植甘景薄单包司柏宁柯阮桂闵解强柴华车冉房边辜吉饶刁瞿戚丘古米池滕晋苑邬臧畅宫来嵺苟全褚廉简娄盖符奚木穆党燕郎邸冀谈姬屠连郜晏栾郁商蒙计喻揭窦迟宇敖糜鄢冷卓花仇艾蓝都巩稽井练仲乐虞卞封竺冼原官衣楚佟栗匡宗应台巫鞠僧桑荆谌银扬明沙薛伏岑习胥保和蔺闫阎付肖于尚代邢郗卢阙"  # noqa: E501 - a list of words
"""Surnames beside the commonest hundred."""
COMMONEST = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱施牛洪龚"  # noqa: E501 - a list of words
"""By the number of bearers; a common fact of the census and of the reports of the ministry."""
_SHARES = [7.2, 7.2, 6.8, 5.4, 4.5, 3.1, 2.2, 2.1, 2, 2, 1.7, 1.5, 1.3, 1.3, 1.3, 1.2, 1.2, 1.1]
_TITLES = "先生 女士 小姐 医生 老师 姑娘 某某 总 某 氏 家 王 帝 公 侯".split()
_LATIN = "PC RPG DOTA Dota war3 War3 GDP CPI NBA CBA CEO CFO IT IBM HTC LG TCL KTV DVD CD MV LED LCD USB 3D 4S BBS QQ MSN WiFi iPhone iPad Android iOS Windows Office Xbox360 PS3 PS2 PSP Wii NDS CS CSOL LOL FPS MMORPG NPC BOSS PK VS vs VIP ATM atm APP app bug PR HR SUV WTO AIG UBS WCG MSL OSL KeSPA Gamespot IGN GameInformer Flash http www com blog photo video news online game fighting life world market first time team Europe China Beijing shanghai road street park hotel museum center university".split()  # noqa: E501 - a list of words


class Names(NamedTuple):
    """What names are put together from."""

    whole: list[str]
    surnames: Weighted
    single: Weighted
    first: Weighted
    second: Weighted
    pairs: Weighted
    foreign: Weighted
    chain: dict[str, Weighted]
    """Foreign names in characters, one or two characters -> the next."""
    english: tuple[list[str], list[str]]


@cache
def common_characters() -> list[str]:
    """Return single characters that are common words."""
    words = sources.dictionary().items()
    return [word for word, entry in words if len(word) == 1 and entry.count > 300]


@cache
def names() -> Names:
    """Return the parts of names, counted over the lists."""
    known, given, english_given, english_last = sources.faker_lists()
    whole, foreign, counts = _sorted_out(set(known) | set(RARER) | set(COMMONEST))
    for name in given:
        _count_given(counts, name, 20)
    for name in sources.own_lists()["foreign"]:
        foreign[name] += 60
    parts = _parts(foreign)
    return Names(
        whole,
        Weighted(_surname_shares(whole)),
        *(Weighted(counts[kind], 0.8) for kind in ("single", "first", "second", "pairs")),
        Weighted({part: min(count, 40) + 1 for part, count in parts.items()}, 0.5),
        _chain(parts),
        (english_given, english_last),
    )


def surname_of(word: str, known: set[str]) -> str | None:
    """Return the surname that a word begins with."""
    if len(word) > 2 and word[:2] in COMPOUND:
        return word[:2]
    return word[0] if word[0] in known else None


def _sorted_out(known: set[str]) -> tuple[list[str], Counter[str], dict[str, Counter[str]]]:
    """Return whole Chinese names, foreign ones, and counts of the characters of given names."""
    whole: list[str] = []
    foreign: Counter[str] = Counter()
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for word, count, source, agreed in sources.checked_names():
        surname = surname_of(word, known)
        short = surname is not None and len(word) <= 3
        if not agreed or (agreed < 3 and source not in ("nrt", "segment")):
            continue
        if "·" in word or len(word) > 4 or (source in ("nrt", "segment") and not short):
            foreign[word] += count
        elif surname and len(surname) < len(word) <= len(surname) + 2 and source != "nrt":
            name = word[len(surname) :]
            if name not in _TITLES and name[-1] not in "某氏王帝":
                whole.append(word)
                _count_given(counts, name, 1)
    return whole, foreign, counts


def _count_given(counts: dict[str, Counter[str]], name: str, times: int) -> None:
    if len(name) == 1:
        counts["single"][name] += times
    elif len(name) == 2:
        counts["first"][name[0]] += times
        counts["second"][name[1]] += times
        counts["pairs"][name] += times


def _surname_shares(whole: list[str]) -> dict[str, float]:
    known = set(RARER) | set(COMMONEST)
    seen = Counter(surname_of(word, known) or word[0] for word in whole)
    shares: dict[str, float] = defaultdict(float)
    for surname, count in seen.items():
        shares[surname] += 60 * count / len(whole)
    for place, surname in enumerate(COMMONEST):
        shares[surname] += _SHARES[place] if place < len(_SHARES) else max(0.2, 18 / (place + 1))
    for surname in (*RARER, *COMPOUND, *"肖闫付肖闫付"):
        shares[surname] += 0.05
    return shares


def _parts(foreign: Counter[str]) -> Counter[str]:
    parts: Counter[str] = Counter()
    for name, count in foreign.items():
        for part in name.split("·"):
            if 2 <= len(part) <= 8:
                parts[part] = max(parts[part], count)
    return parts


def _chain(parts: Counter[str]) -> dict[str, Weighted]:
    following: dict[str, Counter[str]] = defaultdict(Counter)
    for part in parts:
        padded = f"^^{part}$"
        for place in range(2, len(padded)):
            following[padded[place - 2 : place]][padded[place]] += 10
            following[padded[place - 1]][padded[place]] += 3
    return {before: Weighted(counts) for before, counts in following.items()}


def chinese() -> str:
    """Return a Chinese name, seldom with a rare character or a double surname."""
    parts, draw = names(), CHANCE.random()
    if draw < 0.25:
        return one(parts.whole)
    surname, rare = parts.surnames(), common_characters()
    draw = CHANCE.random()
    if draw < 0.27:
        return surname + parts.single()
    if draw < 0.36:
        return surname + one(rare) + (one(rare) if draw > 0.31 else "")
    if draw < 0.55:
        return surname + parts.pairs()
    if draw < 0.58:
        return surname + 2 * parts.second()
    if draw < 0.595:
        return parts.surnames()[0] + surname + parts.pairs()
    return surname + parts.first() + parts.second()


def foreign_part() -> str:
    """Return one part of a foreign name in Chinese characters, known or made up."""
    parts = names()
    if odds(0.55):
        return parts.foreign()
    while True:
        made = "^^"
        while made[-1] != "$" and len(made) < 11:
            before = made[-2:] if made[-2:] in parts.chain and odds(0.8) else made[-1]
            made += parts.chain.get(before, parts.chain["^^"])()
        made = made.strip("^$")
        if 2 <= len(made) <= 7:
            return made


def foreign() -> str:
    """Return a foreign name in Chinese characters."""
    draw = CHANCE.random()
    if draw < 0.62:
        return foreign_part()
    if draw < 0.94:
        return foreign_part() + pick(*"····•・") + foreign_part()
    if draw < 0.97:
        return "·".join(foreign_part() for _ in range(3))
    return f"{pick(*'ABCDEJMT')}·{foreign_part()}"


def japanese() -> str:
    """Return a Japanese name in simplified characters."""
    lists = sources.own_lists()
    surname = one(lists["japanese_surnames"])
    return surname + one(lists["japanese_given"]) if odds(0.8) else surname


def latin() -> str:
    """Return a name in Latin letters."""
    given, last = (one(list_) for list_ in names().english)
    return pick(
        f"{given} {last}",
        f"{given} {last}",
        given + last,
        given + last,
        given,
        given,
        (given + last).lower(),
        f"{given[0]}.{last}",
    )


def latin_word() -> str:
    """Return a word in Latin letters that is seldom a name."""
    draw = CHANCE.random()
    if draw < 0.5:
        return one(_LATIN)
    if draw < 0.75:
        syllables = (pick(*"bcdfghklmnprst") + pick(*"aeiou") for _ in range(number(1, 4)))
        return "".join(syllables) + pick("", "n", "x", "s")
    if draw < 0.85:
        return latin()
    letters = "".join(pick(*"ABCDEFGHIKLMNPRSTXYZ") for _ in range(number(1, 4)))
    return letters + pick("", "", "1", "2", "3")


def surname() -> str:
    """Return a surname."""
    return names().surnames()
