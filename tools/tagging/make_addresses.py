"""Makes texts with postal addresses: ``python make_addresses.py COUNT SEED > addresses.jsonl``.

Each line is a text and its marks: start, end, and the number of the level (see ``Level`` in
``hongxian.info.addresses``); ``?`` marks what is neither trained as address nor as anything else.
"""

from __future__ import annotations

import json
import re
import sys
from enum import IntEnum
from typing import Any, NamedTuple

import people
import sources
import things
from draw import CHANCE, number, odds, one, pick
from sentences import SAMPLES, changed, sentences

Mark = tuple[int, int, Any]
Level = IntEnum(
    "Level", "PROVINCE CITY DISTRICT TOWN VILLAGE ROAD NUMBER PLACE BUILDING FLOOR ROOM", start=0
)
_TENS = "一二三四五六七八九十"
_RICH = ("浙江省", "广东省", "江苏省", "上海市", "北京市", "福建省", "山东省", "四川省")
_ROAD_NAMES = "人民 解放 建设 中山 和平 新华 文化 胜利 光明 团结 民主 友谊 迎宾 滨海 滨江 沿江 江滨 环城 城东 城西 城南 城北 学院 大学 体育 公园 车站 火车站 机场 工业 创业 科技 创新 开发 兴业 振兴 兴华 兴盛 繁荣 富强 长江 黄河 珠江 太湖 西湖 泰山 黄山 长城 天山 北京 上海 南京 广州 深圳 杭州 金山 银河 凤凰 龙山 虎山 青山 绿园 花园 桃源 梅花 牡丹 玫瑰 荷花 杨柳 松柏 春风 春晓 秋实 朝阳 夕阳 晨光 星火 红旗 前进 跃进 东方 延安 井冈山 遵义 瑞金 孔庙 文庙 府前 县前 政府 广场 中心 商贸 市场 步行 老街 新城 古城 天河 江南 江北 河西 河东".split()  # noqa: E501 - a list of words
_ROADS = "路 路 路 路 路 街 街 大道 大道 巷 弄 里 大街 东路 西路 南路 北路 中路 东街 西街 南街 北街 一路 二路 三路 支路 横路 胡同 公路 道 后街 前街 环路 国道 省道 线 高速 坊 桥路 村路 一巷 二巷 直街 横街 南大道 一道 三道".split()  # noqa: E501 - a list of words
_ESTATES = "小区 小区 花园 花园 公寓 新村 家园 苑 花苑 嘉园 华庭 名都 公馆 华府 豪庭 山庄 别墅 佳苑 锦园 湾 城 国际 里 新城 名苑 景苑 雅苑 家苑 宿舍 丽苑 社区 一品 首府 名邸 半岛 尚城 世家 庭 府".split()  # noqa: E501 - a list of words
_BUILDINGS = "大厦 大厦 大楼 广场 写字楼 商务中心 科技园 创业园 工业园 工业区 工业园区 产业园 开发区 市场 商城 购物中心 超市 商场 百货 宾馆 大酒店 酒店 饭店 网吧 便利店 药店 服装店 店 专卖店 五金店 理发店 体育馆 体育场 图书馆 菜场 农贸市场 小商品城 家具城 建材市场 汽车城 物流园 商务楼 创意园 孵化器 会所 健身俱乐部 KTV 茶楼 餐厅 烧烤 快递 驿站 菜鸟驿站".split()  # noqa: E501 - a list of words
_FIRMS = "有限公司 公司 厂 制衣厂 鞋厂 机械厂 电子厂 集团 股份有限公司 企业 实业 电器 五金 制品厂 模具厂 贸易公司 科技有限公司 机电有限公司 服饰 纸业 塑料厂 汽修厂 加油站 营业部 分公司 办事处 门市部 仓库 车间".split()  # noqa: E501 - a list of words
_BODIES = "大学 学院 中学 小学 幼儿园 医院 卫生院 银行 派出所 政府 镇政府 法院 车站 火车站 客运中心 地铁站 邮局 建筑设计研究院 研究所 中心小学 第一中学 实验小学 人民医院 中医院 供电局 税务局 公安局 教学楼 图书馆 宿舍楼 村委会 居委会 信用社 电信局 移动公司 文化宫".split()  # noqa: E501 - a list of words
_ZONES = "经济开发区 高新区 工业区 开发区 新区 产业园区 社区 工业园 科技城 保税区".split()
_VILLAGES = "村 村 村 庄 屯 湾 坑 坪 岙 浜 塘 垟".split()
_DESKS = "前台 门卫 收发室 传达室 物业 保安室 一楼大厅 办公室 店面 财务部 后勤部 销售部 南门 北门 东门 西门 门口".split()  # noqa: E501 - a list of words
_NEAR = (
    "附近 对面 旁边 旁 门口 隔壁 斜对面 后面 楼下 内 东侧 西侧 往东50米 北100米 向南200米".split()
)
_AROUND = [
    line.strip() for line in (sources.HERE / "around_addresses.txt").read_text("utf-8").splitlines()
]
"""What addresses stand in; ``{A}`` is one."""
_TOWN_KIND = re.compile("(街道|镇|乡)(办事处)?$")


class Address(NamedTuple):
    """A text with the marks of its parts."""

    text: str
    marks: list[Mark]


def main() -> None:
    """Print the texts."""
    CHANCE.seed(int(sys.argv[2]))
    for _ in range(int(sys.argv[1])):
        draw = CHANCE.random()
        text = address() if draw < 0.36 else _amid() if draw < 0.66 else _without()
        print(json.dumps(text, ensure_ascii=False))


def address() -> Address:
    """Return an address, whole or in part."""
    parts = _regions()
    headed = bool(parts)
    town = one(sources.divisions())[3]
    if odds(0.42 if headed else 0.3):
        short = _TOWN_KIND.sub("", town) if len(town) > 3 else town
        made = things.made_up() + pick("镇", "街道", "乡")
        parts.append((pick(town, town, town, short, made), Level.TOWN))
    if odds(0.28):
        parts.append((_village(), Level.VILLAGE))
    parts += _road_and_number(headed)
    has_road = any(level == Level.ROAD for _, level in parts)
    if odds(0.58 if has_road else 0.8):
        parts += [(_place(), Level.PLACE) for _ in range(2 if odds(0.1) else 1)]
    parts += _within()
    if not parts:
        parts = [(_road(), Level.ROAD), (_number(), Level.NUMBER)]
    return _joined(parts)


def _regions() -> list[tuple[str, Level]]:  # noqa: C901 - a draw at random has many outcomes
    province, city, district, _ = one(sources.divisions())
    while odds(0.3) and province not in _RICH:
        province, city, district, _ = one(sources.divisions())
    city = city if things.is_city(city) else ""
    short, parts = things.shortened, []
    head = CHANCE.random()
    if head < 0.62:
        if odds(0.72):
            parts.append((pick(province, province, province, short(province)), Level.PROVINCE))
        if city and odds(0.9):
            parts.append((pick(city, city, city, short(city)), Level.CITY))
        elif not city and odds(0.3):
            parts.append((province, Level.CITY))
        if odds(0.88):
            parts.append((pick(district, district, district, short(district)), Level.DISTRICT))
    elif head < 0.75:
        name = city or province
        parts.append((pick(name, short(name)), Level.CITY))
        if odds(0.6):
            parts.append((pick(district, district, short(district)), Level.DISTRICT))
    elif head < 0.83:
        parts.append((pick(district, district, short(district)), Level.DISTRICT))
    # shops and forms often write the regions twice
    if parts and odds(0.05):
        parts = parts * 2
    return parts[:1] + parts if parts and odds(0.06) else parts


def _road_and_number(headed: bool) -> list[tuple[str, Level]]:
    parts = []
    if odds(0.7 if headed else 0.85):
        parts.append((_road(), Level.ROAD))
        if odds(0.06):
            crossing = pick("交叉口", "交汇处", "路口", "交界处")
            parts.append((pick("与", "和", "") + _road() + crossing, Level.ROAD))
        if odds(0.75):
            parts.append((_number(), Level.NUMBER))
    elif odds(0.25):
        parts.append((_number(), Level.NUMBER))
    return parts


def _within() -> list[tuple[str, Level]]:
    parts = []
    if odds(0.3):
        parts.append((_building(), Level.BUILDING))
    if odds(0.17):
        storey = number(1, 30)
        figure = pick(str(number(1, 40)), _chinese(storey), str(storey), "负一", "B1")
        parts.append((figure + pick("楼", "楼", "层", "F", "楼"), Level.FLOOR))
    if odds(0.33):
        flat = str(number(101, 3310))
        figure = pick(flat, flat, pick(*"ABCD") + str(number(101, 1910)), str(number(1, 30)))
        kind = pick("室", "室", "室", "", "", "房", "号", "房间", "户", "铺")
        parts.append((figure + kind, Level.ROOM))
    if odds(0.07):
        parts.append((_place() if odds(0.5) else one(_DESKS), Level.PLACE))
    if odds(0.06):
        parts.append((one(_NEAR) if odds(0.94) else "靠近" + _place(), Level.PLACE))
    return parts


def _joined(parts: list[tuple[str, Level]]) -> Address:
    between = "" if odds(0.9) else pick(*" _-，,. ")
    text, marks = "", []
    for value, level in parts:
        if text and between and odds(0.6):
            text += between
        marks.append((len(text), len(text) + len(value), int(level)))
        text += value
    return Address(text, marks)


def _chinese(count: int) -> str:
    tens, ones = divmod(count, 10)
    if count <= 10:
        return _TENS[count - 1]
    return ("" if tens == 1 else _TENS[tens - 1]) + "十" + (_TENS[ones - 1] if ones else "")


def _road() -> str:  # noqa: C901 - as above
    draw = CHANCE.random()
    if draw < 0.3:
        name = one(_ROAD_NAMES)
    elif draw < 0.5:
        name = things.made_up()
    elif draw < 0.63:
        name = things.plain_word() if draw < 0.58 else things.thing_word()
    elif draw < 0.68:
        name = people.surname() + pick(*"家宅庄村桥园埠")
    elif draw < 0.74:
        name = things.shortened(one(sources.divisions())[pick(1, 2, 2)])
    elif draw < 0.78:
        name = one(sources.villages())[:3].rstrip("村社区")
    elif draw < 0.85:
        name = pick("经", "纬", "经", "纬", "滨海", "创业", "科技", "工业", "高新") + pick(*_TENS)
    elif draw < 0.9:
        common = people.common_characters()
        name = things.made_up() + one(common) if draw < 0.88 else one(common)
    else:
        name = pick(*"新老大小上下前后东西南北内外") + one(people.common_characters())
    if len(name) < 2 and odds(0.8):
        name += one(people.common_characters())
    kind = one(_ROADS)
    if kind in ("国道", "省道"):
        return pick("", "G", "S") + str(number(101, 330)) + kind
    return name + kind


def _number() -> str:
    draw = CHANCE.random()
    figure = str(pick(number(1, 99), number(1, 999), number(1, 3000)))
    if draw < 0.66:
        return figure + "号"
    if draw < 0.74:
        return f"{figure}-{number(1, 60)}" + pick("号", "")
    if draw < 0.84:
        return figure + (f"弄{number(1, 99)}号" if draw < 0.8 else f"之{number(1, 9)}号")
    if draw < 0.9:
        return figure
    if draw < 0.93:
        return _chinese(number(1, 60)) + "号"
    if draw < 0.96:
        return figure + pick(*"~-、—") + f"{number(1, 999)}号"
    return figure + pick("弄", "号附1号", "号院", "号甲", "#")


def _place() -> str:
    name = pick(
        things.made_up,
        things.made_up,
        things.made_up,
        things.plain_word,
        things.thing_word,
        lambda: one(_ROAD_NAMES),
        lambda: things.shortened(one(sources.divisions())[1]),
        lambda: things.made_up() + things.made_up(),
        lambda: things.plain_word() + things.plain_word(),
        lambda: one(sources.own_lists()["brands"]),
        lambda: one(sources.villages())[:3],
        people.foreign_part,
    )()
    draw = CHANCE.random()
    kind = one(
        _ESTATES
        if draw < 0.42
        else _BUILDINGS
        if draw < 0.65
        else _FIRMS
        if draw < 0.85
        else _BODIES
    )
    if kind.endswith("有限公司") and odds(0.3):
        name = things.shortened(one(sources.divisions())[1]) + name
    return name + kind


def _building() -> str:
    figure = str(number(1, 60))
    area = ""
    if odds(0.12):
        area = pick(
            "东区", "西区", "南区", "北区", "一期", "二期", "三期", "A区", "2期", "4组团", "六区"
        )
    if odds(0.07):
        return f"{area}{figure}-{number(1, 6)}-{number(101, 3304)}"
    shown = pick(
        figure, figure, figure, pick(*"ABCDEF"), pick(*"ABCD") + figure, _chinese(number(1, 20))
    )
    text = area + shown + pick("栋", "幢", "号楼", "号楼", "幢", "座", "#楼", "#", "楼", "号")
    if odds(0.45):
        unit = pick(str(number(1, 6)), _chinese(number(1, 6)), "甲", "乙")
        text += unit + pick("单元", "单元", "门", "梯", "单")
    return text


def _village() -> str:
    draw = CHANCE.random()
    if draw < 0.55:
        name = one(sources.villages())
    elif draw < 0.85:
        own = people.surname() + pick("家", "宅", "家桥", "家坪", "家湾", "家沟")
        name = (things.made_up() if odds(0.6) else own) + one(_VILLAGES)
    else:
        name = things.made_up() + one(_ZONES)
    if not re.search("[村社区庄屯湾坑坪岙浜塘垟园城]$", name):
        name += pick("村", "社区", "村", "")
    if odds(0.2):
        name += pick(str(number(1, 20)), _chinese(number(1, 15))) + pick(
            "组", "队", "社", "区", "组"
        )
    return name


def _amid() -> Address:
    """Return an address within a form, a log line or a sentence."""
    text, marks = "", []
    if odds(0.15):
        text = things.words(things.KINDS, number(1, 5)) + pick("，", "。", " ", "")
    for piece in re.split(r"(\{[A-Z]\})", one(_AROUND)):
        if piece == "{A}":
            inner = address()
            marks += [(s + len(text), e + len(text), level) for s, e, level in inner.marks]
            text += inner.text
        elif re.fullmatch(r"\{[A-Z]\}", piece):
            value = SAMPLES[piece[1]]()
            if piece[1] == "M" and odds(0.6):
                value = f"1{number(3_000_000_000, 9_999_999_999)}"
            if piece[1] in "LC":
                marks.append((len(text), len(text) + len(value), "?"))
            text += value
        else:
            text += piece
    return Address(text, marks)


def _without() -> Address:
    """Return a sentence or a value that holds no postal address."""
    draw = CHANCE.random()
    if draw < 0.75:
        return _sentence()
    if draw < 0.9:
        return Address(things.words(things.KINDS, number(2, 12)), [])
    if draw < 0.965:
        return Address(pick(people.chinese, people.foreign, things.any_word, things.work)(), [])
    value = SAMPLES[pick(*"LPOC")]()
    return Address(value, [(0, len(value), "?")])


def _sentence() -> Address:
    rate = pick(0, 0, 0.2, 0.5)
    text, marks = "", []
    for word, tag in one(sentences()):
        if tag == "SLOT":
            value = SAMPLES[word]()
            if word in "LPOC":
                marks.append((len(text), len(text) + len(value), "?"))
            text += value
        else:
            text += changed(word, tag) if odds(rate) else word
    return Address(text, marks)


if __name__ == "__main__":
    main()
