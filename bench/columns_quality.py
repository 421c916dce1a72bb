"""Columns told by type: recall per kind of personal information, false alarms per kind of other.

    python bench/columns_quality.py [ROUNDS] [--show] [--KIND ...]

``--show`` lists what went wrong, ``--KIND`` judges some kinds alone. Each column is made up, put
into a table of 200 rows and judged as the scan judges it: once in a table with a name and a
telephone beside it, once in a table without. Values come from Faker and from
``recognise_values.py`` (texts of the standards); names of columns are those of common schemas
(RuoYi, ERPNext, Odoo, Magento, OpenMRS, government data catalogues: from memory), spelled in
styles by rule: Chinese, pinyin, snake_case, camelCase, PascalCase, UPPER, with prefixes and
suffixes of tables (``t_``, ``usr_``, ``_1``, ``_bak``), and ``c1``, which says nothing. Neither the
sensor's lists of words nor its patterns were read for it; words that they lack stay in.

Right is a confirmed or suggested verdict of the type; a column of another kind that is confirmed or
suggested as anything is a false alarm. ``c1`` is counted apart, for the kinds whose values alone
can tell. Targets: columns of names .99 found, other columns .002 false.
"""

from __future__ import annotations

import hashlib
import re
import sys
import uuid
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
from recognise_values import values as values_of

from hongxian.sensors.store.columns import CLEARED, judge_table
from hongxian.sensors.store.read_table import Counting, count_table
from hongxian.sensors.store.sources.columnar import columns_of
from hongxian.sensors.store.sources.table import Table

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

ROWS = 200


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of column: what it should be told as, its names and how a value is made."""

    infos: tuple[str, ...]
    """PI types of which any is right; none for what is no PI."""
    names: tuple[str, ...]
    make: Callable[[], Any]
    bare: bool = False
    """Values alone tell what it is."""


def main() -> None:
    """Judge the columns and print the figures."""
    rounds = int(sys.argv[1]) if sys.argv[1:] and sys.argv[1].isdigit() else 1
    tried, right = Counter[str](), Counter[str]()
    wrong: list[str] = []
    only = {one[2:] for one in sys.argv if one.startswith("--") and one != "--show"}
    for seed in range(rounds):
        for group, kinds in (("PI", personal(seed)), ("other", others(seed))):
            for title, kind in kinds.items():
                if only and title not in only:
                    continue
                for name, style in _styled(kind, seed):
                    for beside in (True, False):
                        key = f"{group}|{title}|{'bare' if style == 'bare' else 'named'}"
                        tried[key] += 1
                        found = judged(name, [kind.make() for _ in range(ROWS)], beside, seed)
                        good = bool(set(kind.infos) & found) if kind.infos else not found
                        right[key] += good
                        if not good:
                            where = "beside" if beside else "alone"
                            told = ", ".join(sorted(found)) or "nothing"
                            wrong.append(f"{group} {title}: {name} {where} -> {told}")
    _print(tried, right)
    if "--show" in sys.argv:
        print("\n".join(sorted(set(wrong))))


def _print(tried: Counter[str], right: Counter[str]) -> None:
    for group, word in (("PI", "found"), ("other", "left alone")):
        for key in sorted(one for one in tried if one.startswith(f"{group}|")):
            _, title, style = key.split("|")
            print(f"{group:6} {title:22} {style:6} {tried[key]:5} columns, "
                  f"{right[key] / tried[key]:.3f} {word}")  # fmt: skip
        for style in ("named", "bare"):
            keys = [one for one in tried if one.startswith(f"{group}|") and one.endswith(style)]
            total, good = sum(tried[one] for one in keys), sum(right[one] for one in keys)
            print(f"{group:6} all, {style}: {total} columns, {good / max(1, total):.4f} {word}, "
                  f"{1 - good / max(1, total):.4f} not")  # fmt: skip


def judged(name: str, values: list[Any], beside: bool, seed: int) -> set[str]:
    """Return the PI types that a column is confirmed or suggested to hold."""
    columns: dict[str, list[Any]] = {"pk": list(range(1, ROWS + 1)), name: values}
    if beside:
        chinese = values_of(seed + 99).chinese
        columns |= {
            "姓名": [chinese.name() for _ in values],
            "联系电话": [chinese.phone_number() for _ in values],
        }
    batch = pa.table(columns).combine_chunks().to_batches()[0]
    table = Table(
        where="made", name="t", medium="table", kind="parquet", read=lambda _sample: iter([batch]),
        columns=columns_of(batch.schema),
    )  # fmt: skip
    return {
        verdict.info
        for verdict in judge_table(count_table(table, Counting(seed=seed)))
        if verdict.column.name == name and verdict.status != CLEARED
    }


STYLES: dict[str, Callable[[list[str]], str]] = {
    "snake": "_".join,
    "camel": lambda words: words[0] + "".join(word.title() for word in words[1:]),
    "pascal": lambda words: "".join(word.title() for word in words),
    "upper": lambda words: "_".join(words).upper(),
    "prefixed": lambda words: "_".join(["t", *words]),
    "numbered": lambda words: "_".join(words) + "1",
    "kept": lambda words: "_".join([*words, "bak"]),
}


def _styled(kind: Kind, seed: int) -> Iterator[tuple[str, str]]:
    """Yield the names of a kind in every style that they can have."""
    for name in kind.names:
        if not re.fullmatch("[a-z0-9 ]+", name):
            yield name, "named"
            continue
        words = name.split()
        for place, spelled in enumerate(STYLES.values()):
            if (place + seed) % 2 or place < 2:
                yield spelled(words), "named"
    if kind.bare or not kind.infos:
        yield "c1", "bare"
        yield "字段7", "bare"


def personal(seed: int) -> dict[str, Kind]:
    """Return the kinds of PI."""
    v = values_of(seed + 1)
    r, make, cn, us = v.random, v.makers(), v.chinese, v.american

    def some(*choices: str) -> Callable[[], str]:
        return lambda: r.choice(choices)

    phone = ("basic.phone",)
    number = ("identity.doc_number",)
    card = ("property.bank_card",)
    return {
        "name": Kind(
            ("basic.name",),
            (
                "姓名",
                "客户姓名",
                "收货人姓名",
                "患者姓名",
                "经办人姓名",
                "xm",
                "xingming",
                "real name",
                "customer name",
                "user real name",
                "contact name",
                "employee name",
                "emp name",
                "legal person name",
                "patient name",
            ),
            cn.name,
            bare=True,
        ),
        "name in Latin": Kind(
            ("basic.name",), ("full name", "first name", "last name", "passenger name"), us.name
        ),
        "mobile": Kind(
            phone,
            (
                "手机号",
                "手机号码",
                "联系电话",
                "紧急联系人电话",
                "sjh",
                "shoujihao",
                "phone",
                "mobile",
                "mobile no",
                "user phone",
                "phonenumber",
                "cell phone",
                "contact tel",
                "receiver phone",
                "telephone",
            ),
            cn.phone_number,
            bare=True,
        ),
        "mobile as number": Kind(
            phone, ("手机", "mobile", "phone num"), lambda: int(cn.phone_number()), bare=True
        ),
        "landline": Kind(
            phone,
            ("办公电话", "固定电话", "家庭电话", "office phone", "home tel", "tel"),
            make["landline"],
            bare=True,
        ),
        "email": Kind(
            ("basic.email",),
            ("邮箱", "电子邮件", "email", "user email", "email address", "mail", "youxiang"),
            make["email"],
            bare=True,
        ),
        "resident id": Kind(
            number,
            (
                "身份证号",
                "身份证号码",
                "证件号码",
                "公民身份号码",
                "sfzh",
                "sfzhm",
                "shenfenzheng",
                "id card",
                "idcard no",
                "id card number",
                "identity no",
                "cert no",
                "id number",
            ),
            make["id18"],
            bare=True,
        ),
        "passport": Kind(
            ("identity.passport", "identity.doc_number"),
            ("护照号", "护照号码", "passport", "passport no", "passport number"),
            make["passport"],
        ),
        "HK permit": Kind(
            ("identity.residence_permit", "identity.doc_number", "identity.hk_permit"),
            ("港澳通行证号", "往来港澳通行证", "回乡证号"),
            make["hk_permit"],
        ),
        "bank card": Kind(
            card,
            (
                "银行卡号",
                "卡号",
                "收款账号",
                "yhkh",
                "bank card",
                "bank card no",
                "card no",
                "card number",
                "bank account",
            ),
            lambda: v.luhn("62" + v.digits(16)),
            bare=True,
        ),
        "IBAN": Kind(card, ("iban", "payee iban"), us.iban, bare=True),
        "address": Kind(
            ("basic.address",),
            (
                "地址",
                "家庭住址",
                "收货地址",
                "通讯地址",
                "户籍地址",
                "现住址",
                "jtzz",
                "home address",
                "address",
                "detail address",
                "shipping address",
                "receiver address",
                "residence address",
            ),
            cn.address,
            bare=True,
        ),
        "birth date": Kind(
            ("basic.birth_date",),
            (
                "出生日期",
                "生日",
                "出生年月日",
                "csrq",
                "birthday",
                "birth date",
                "date of birth",
                "dob",
            ),
            lambda: us.date_of_birth().isoformat(),
        ),
        "birth date, typed": Kind(
            ("basic.birth_date",), ("出生日期", "birthday", "birth date"), us.date_of_birth
        ),
        "gender": Kind(
            ("basic.gender",), ("性别", "xb", "gender", "sex", "user sex"), some("男", "女")
        ),
        "gender code": Kind(("basic.gender",), ("性别", "gender", "sex"), some("0", "1", "2")),
        "age": Kind(
            ("basic.age",), ("年龄", "age", "user age", "patient age"), lambda: r.randint(1, 99)
        ),
        "ethnicity": Kind(
            ("basic.ethnicity",),
            ("民族", "minzu", "ethnicity", "ethnic group"),
            some("汉族", "回族", "满族", "壮族", "苗族"),
        ),
        "marital": Kind(
            ("basic.marital",),
            ("婚姻状况", "hyzk", "marital status", "marriage"),
            some("已婚", "未婚", "离异", "丧偶"),
        ),
        "nickname": Kind(("basic.nickname",), ("昵称", "nickname", "nick name"), cn.user_name),
        "IP": Kind(
            ("netid.ip",),
            (
                "登录IP",
                "IP地址",
                "client ip",
                "login ip",
                "ip address",
                "remote addr",
                "last login ip",
            ),
            us.ipv4_public,
            bare=True,
        ),
        "MAC": Kind(
            ("device.mac",),
            ("MAC地址", "mac", "mac address", "wifi mac", "device mac"),
            make["mac"],
            bare=True,
        ),
        "IMEI": Kind(("device.imei",), ("imei", "device imei", "手机串号", "imei1"), make["imei"]),
        "IMSI": Kind(("device.imsi",), ("imsi", "sim imsi"), make["imsi"]),
        "ICCID": Kind(("device.iccid",), ("iccid", "sim iccid"), make["iccid"]),
        "OAID": Kind(("device.oaid",), ("oaid", "device oaid"), make["oaid"]),
        "Android id": Kind(("device.android_id",), ("android id", "androidid"), make["android_id"]),
        "plate": Kind(
            ("property.vehicle",),
            ("车牌号", "车牌号码", "cph", "plate no", "license plate", "car plate"),
            make["plate"],
            bare=True,
        ),
        "VIN": Kind(("property.vehicle",), ("车架号", "vin", "car vin"), make["vin"], bare=True),
        "coordinates": Kind(
            ("location.precise",),
            ("经纬度", "定位坐标", "gps", "coordinates", "location gps"),
            make["gps"],
            bare=True,
        ),
        "latitude": Kind(
            ("location.precise",),
            ("纬度", "latitude", "user lat", "gps latitude"),
            lambda: round(r.uniform(20, 45), 6),
        ),
        "WeChat": Kind(
            ("netid.account",), ("微信号", "微信", "wechat", "wechat id", "weixin"), make["wechat"]
        ),
        "QQ": Kind(("netid.account",), ("QQ号", "qq", "qq number"), make["qq"]),
        "user id": Kind(
            ("netid.user_id",),
            ("用户编号", "会员号", "user id", "member id", "customer id"),
            lambda: v.digits(8),
        ),
        "password": Kind(
            ("auth.password",),
            ("密码", "登录密码", "password", "passwd", "login password", "user pwd"),
            make["password"],
        ),
        "password hash": Kind(
            ("auth.password",),
            ("password", "password hash", "密码", "pwd"),
            lambda: "$2a$10$" + r.choice("abcde") + us.password(52, special_chars=False),
        ),
        "one-time code": Kind(
            ("auth.otp",), ("短信验证码", "sms code", "verify code"), lambda: v.digits(6)
        ),
        "API key": Kind(
            ("secret.api_key", "secret.token"),
            ("api key", "access key secret", "app secret"),
            make["api_key"],
            bare=True,
        ),
        "diagnosis": Kind(
            ("health.symptom",),
            ("诊断", "诊断结果", "主诉", "diagnosis", "chief complaint"),
            some("高血压", "2型糖尿病", "上呼吸道感染", "胃炎", "骨折"),
        ),
        "medical record": Kind(
            ("health.record",),
            ("病历号", "住院号", "门诊号", "medical record no", "patient id"),
            make["medical"],
        ),
        "occupation": Kind(
            ("eduwork.occupation",), ("职业", "职务", "occupation", "job title"), cn.job
        ),
        "employer": Kind(
            ("eduwork.employer",),
            ("工作单位", "employer", "employer name", "work unit"),
            cn.company,
        ),
        "education": Kind(
            ("eduwork.resume",),
            ("学历", "毕业院校", "education", "degree"),
            some("本科", "硕士", "大专", "高中"),
        ),
        "income": Kind(
            ("property.income",),
            ("月收入", "年收入", "工资", "salary", "monthly income", "annual income"),
            lambda: r.randint(3000, 90000),
        ),
        "social security": Kind(
            ("identity.social_security",),
            ("社保号", "社保卡号", "医保卡号", "social security no"),
            make["social"],
        ),
        "religion": Kind(
            ("other.religion",), ("宗教信仰", "religion"), some("无", "佛教", "基督教", "伊斯兰教")
        ),
        "blood type": Kind(("health.body",), ("血型", "blood type"), some("A", "B", "O", "AB")),
        "call number": Kind(
            ("comm.call_log", "basic.phone"),
            ("主叫号码", "被叫号码", "caller number", "called number"),
            cn.phone_number,
        ),
    }


def others(seed: int) -> dict[str, Kind]:
    """Return the kinds of columns that hold nothing of a person."""
    v = values_of(seed + 2)
    r, cn, us = v.random, v.chinese, v.american

    def some(text: str) -> Callable[[], str]:
        words = text.split()
        return lambda: r.choice(words)

    def code(head: str, digits: int) -> Callable[[], str]:
        return lambda: head + v.digits(digits)

    def hashed() -> str:
        return hashlib.md5(v.digits(9).encode()).hexdigest()  # noqa: S324 - a sample

    goods = [
        a + b + c
        for a in ("智能", "无线", "便携", "儿童", "家用", "不锈钢", "复古", "加厚")
        for b in ("蓝牙", "静音", "充电", "折叠", "多功能", "")
        for c in ("耳机", "水杯", "台灯", "书包", "风扇", "键盘", "雨伞", "收纳盒")
    ]
    drugs = (
        "阿莫西林胶囊 布洛芬片 复方甘草片 奥美拉唑 盐酸二甲双胍片 阿司匹林 头孢克肟 "
        "板蓝根颗粒 氯雷他定 蒙脱石散 辛伐他汀 连花清瘟 硝苯地平 葡萄糖注射液 维生素C片 "
        "红霉素软膏"
    )
    books = (
        "红楼梦 三国演义 活着 平凡的世界 围城 百年孤独 小王子 三体 白夜行 边城 骆驼祥子 "
        "呐喊 解忧杂货店 人类简史 时间简史 追风筝的人 城南旧事 四世同堂"
    )
    places = (
        "中关村 陆家嘴 春熙路 解放碑 西湖 外滩 王府井 三里屯 五道口 天河城 鼓楼 夫子庙 "
        "武侯祠 宽窄巷子 南锣鼓巷 回民街 太古里 大明湖"
    )
    statuses = "PENDING PAID SHIPPED CLOSED REFUND"
    day = us.date_time_between
    return {
        "order number": Kind(
            (),
            ("订单号", "订单编号", "order no", "order sn", "ddh", "trade no"),
            lambda: "2026" + v.digits(r.randint(12, 16)),
        ),
        "order as number": Kind(
            (), ("order id", "订单id", "out trade no"), lambda: r.randint(10**17, 9 * 10**17)
        ),
        "snowflake": Kind(
            (),
            ("id", "biz id", "主键", "row id", "parent id", "record id"),
            lambda: r.randint(10**18, 2 * 10**18),
        ),
        "snowflake as text": Kind(
            (), ("id", "message id", "biz no"), lambda: str(r.randint(10**18, 2 * 10**18))
        ),
        "eleven digits": Kind(
            (),
            ("batch no", "单据编号", "seq", "流水号"),
            lambda: str(r.randint(10**10, 10**11 - 1)),
        ),
        "epoch ms": Kind(
            (),
            ("create time", "创建时间", "ts", "gmt modified", "timestamp ms", "expire at"),
            lambda: r.randint(1500000000000, 1800000000000),
        ),
        "epoch as text": Kind(
            (),
            ("event time", "时间戳", "updated at"),
            lambda: str(r.randint(1500000000000, 1800000000000)),
        ),
        "epoch seconds": Kind(
            (), ("create time", "start time", "end time"), lambda: r.randint(1500000000, 1800000000)
        ),
        "moment": Kind(
            (),
            ("create time", "更新时间", "pay time", "login time"),
            lambda: day("-5y").strftime("%Y-%m-%d %H:%M:%S"),
        ),
        "day": Kind(
            (),
            ("order date", "生产日期", "成立日期", "publish date", "deal date", "有效期至"),
            lambda: day("-9y").strftime("%Y-%m-%d"),
        ),
        "UUID": Kind(
            (),
            ("uuid", "request id", "guid", "batch key", "external ref", "关联id"),
            lambda: str(uuid.UUID(v.hexes(32))),
        ),
        "MD5": Kind(
            (), ("md5", "file md5", "etag", "checksum", "内容摘要", "trace id", "sign"), hashed
        ),
        "SHA-256": Kind((), ("sha256", "digest", "block hash", "commit hash"), lambda: v.hexes(64)),
        "commit": Kind((), ("commit id", "revision", "git sha"), lambda: v.hexes(40)),
        "ISBN": Kind((), ("isbn", "isbn13", "图书编号"), lambda: "978" + v.digits(10)),
        "barcode": Kind((), ("barcode", "条形码", "ean13", "upc"), lambda: "69" + v.digits(11)),
        "version": Kind(
            (), ("version", "app version", "版本号", "os version", "sdk ver", "firmware"), v.version
        ),
        "scenario code": Kind((), ("scenario code", "场景编码", "case code"), code("SCN-", 3)),
        "SKU": Kind((), ("sku", "sku code", "货号", "物料编码", "part number"), code("SKU", 8)),
        "model number": Kind(
            (), ("model", "型号", "规格型号", "part no"), lambda: r.choice("ABCDEFG") + v.digits(8)
        ),
        "product name": Kind(
            (),
            ("商品名称", "产品名", "product name", "goods name", "item title", "title", "spmc"),
            lambda: r.choice(goods),
        ),
        "company name": Kind(
            (),
            ("公司名称", "企业名称", "company name", "supplier name", "vendor", "供应商"),
            cn.company,
        ),
        "drug name": Kind((), ("药品名称", "drug name", "通用名", "medicine"), some(drugs)),
        "book title": Kind((), ("书名", "book name", "book title", "作品名称"), some(books)),
        "place name": Kind(
            (), ("商圈", "景点名称", "place name", "区域名称", "station name"), some(places)
        ),
        "city": Kind((), ("城市", "city", "city name", "所在城市", "province"), cn.city_name),
        "status": Kind((), ("status", "状态", "order status", "支付状态", "state"), some(statuses)),
        "enum code": Kind(
            (),
            ("type", "类型", "biz type", "category code", "level", "渠道"),
            lambda: r.choice(("01", "02", "03", "A1", "B2")),
        ),
        "small number": Kind(
            (), ("num", "数量", "count", "qty", "sort", "排序", "库存"), lambda: r.randint(0, 99)
        ),
        "two values": Kind(
            (),
            ("flag", "是否删除", "is deleted", "del flag", "enabled"),
            lambda: r.choice(("0", "1")),
        ),
        "one letter": Kind((), ("grade", "等级", "class", "rank"), some("A B C D")),
        "amount": Kind(
            (),
            ("金额", "amount", "price", "total fee", "单价", "balance", "实付金额"),
            lambda: round(r.uniform(1, 99999), 2),
        ),
        "large amount": Kind(
            (),
            ("总资产", "total bytes", "file size", "market value"),
            lambda: r.randint(13 * 10**9, 19 * 10**9),
        ),
        "ratio": Kind(
            (), ("rate", "占比", "score", "ratio", "conversion"), lambda: round(r.random(), 6)
        ),
        "size of things": Kind(
            (),
            ("width", "长度", "weight kg net", "temperature", "duration ms"),
            lambda: round(r.uniform(1, 200), 2),
        ),
        "shop coordinates": Kind(
            (),
            ("shop coords", "门店坐标"),
            lambda: f"{r.uniform(20, 45):.2f},{r.uniform(80, 120):.2f}",
        ),
        "host name": Kind(
            (),
            ("host", "hostname", "主机名", "server name", "node"),
            lambda: (
                f"{r.choice(('app', 'db', 'mq'))}-{r.choice(('prod', 'qa'))}-{v.digits(2)}.corp"
            ),
        ),
        "private address": Kind(
            (), ("listen", "bind address", "gateway"), lambda: "0.0.0.0:" + v.digits(4)
        ),
        "URL": Kind(
            (),
            ("url", "链接", "image url", "callback url", "跳转地址"),
            lambda: f"https://cdn.shop.cn/a/{v.hexes(16)}.png",
        ),
        "path": Kind(
            (),
            ("path", "file path", "文件路径", "object key"),
            lambda: f"/data/{r.choice(('img', 'log'))}/2026/{v.hexes(8)}.dat",
        ),
        "file name": Kind(
            (),
            ("file name", "文件名", "filename", "attachment"),
            lambda: f"IMG_{v.digits(8)}_{v.digits(6)}.jpg",
        ),
        "class name": Kind(
            (),
            ("class name", "bean name", "logger", "handler"),
            lambda: f"com.shop.{us.word()}.{us.word().title()}Service",
        ),
        "table name": Kind(
            (),
            ("table name", "表名", "column name", "数据库名"),
            lambda: f"t_{us.word()}_{us.word()}",
        ),
        "key of a setting": Kind(
            (),
            ("config key", "参数键名", "key", "dict key", "cache key"),
            lambda: f"{us.word()}.{us.word()}.{us.word()}",
        ),
        "value of a setting": Kind(
            (),
            ("config value", "参数值", "value", "default value"),
            some("true false 30 500 dark zh_CN UTF-8 0.5 none auto"),
        ),
        "department": Kind(
            (),
            ("部门", "部门名称", "dept name", "org name", "所属机构"),
            some(
                "财务部 技术部 人力资源部 市场部 法务部 采购部 运营部 客服中心 审计部 "
                "行政部 研发一部 华东大区"
            ),
        ),
        "role": Kind(
            (),
            ("角色名称", "role name", "权限字符", "menu name"),
            some("管理员 普通用户 审核员 游客 运营 超级管理员 财务专员 编辑"),
        ),
        "brand": Kind(
            (),
            ("品牌", "brand name", "厂商"),
            some(
                "华为 小米 苹果 三星 联想 海尔 美的 格力 李宁 安踏 回力 周大福 老凤祥 "
                "王老吉 马应龙 张小泉"
            ),
        ),
        "invoice number": Kind((), ("发票号码", "invoice no", "发票代码"), lambda: v.digits(20)),
        "waybill": Kind(
            (), ("运单号", "快递单号", "tracking no", "waybill no"), lambda: "SF" + v.digits(13)
        ),
        "contract number": Kind((), ("合同编号", "contract no"), lambda: f"HT-2026-{v.digits(6)}"),
        "error text": Kind(
            (),
            ("error msg", "错误信息", "remark", "备注"),
            some("连接超时 参数错误 余额不足 系统繁忙 处理成功 已发货 待审核"),
        ),
        "prose": Kind((), ("description", "描述", "content", "简介", "正文"), cn.paragraph),
        "English prose": Kind((), ("description", "comment", "summary"), us.paragraph),
        "colour": Kind((), ("color", "颜色", "theme color"), lambda: "#" + v.hexes(6)),
        "time of day": Kind(
            (),
            ("open time", "营业时间", "start at"),
            lambda: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:{r.randint(0, 59):02}",
        ),
        "currency": Kind((), ("currency", "币种"), some("CNY USD EUR JPY HKD")),
        "country": Kind(
            (), ("country", "国家", "country code", "产地"), some("中国 美国 日本 德国 法国 韩国")
        ),
        "shop name": Kind(
            (),
            ("门店名称", "店铺名", "shop name", "store name"),
            lambda: cn.city_name() + r.choice(("旗舰店", "万达店", "中心店", "二店")),
        ),
        "school name": Kind(
            (),
            ("学校名称", "campus", "college"),
            lambda: cn.city_name() + r.choice(("大学", "第一中学", "实验小学")),
        ),
        "song": Kind(
            (),
            ("歌曲名", "song name", "album"),
            some("青花瓷 稻香 后来 十年 光年之外 晴天 七里香 夜曲 成都 南山南 演员 泡沫"),
        ),
        "service line": Kind(
            (), ("客服热线", "hotline", "service line"), lambda: f"400-{v.digits(3)}-{v.digits(4)}"
        ),
    }


if __name__ == "__main__":
    main()
