"""Precision and recall of the recognisers by type, on labelled lines made apart from the patterns.

    python bench/recognise_quality.py [LINES_PER_TYPE] [SEED]

Values come from ``recognise_values.py`` (the texts of the standards, and Faker), lines from the
frames here: bare, in prose, with labels, as JSON, as form fields. As many lines hold look-alikes
alone. A value counts as found when a hit of its PI type has exactly its edges; a hit counts as
right when it is one. Types that say nothing without a label stand in labelled frames alone, and
that is said beside them. Claims: .97 for types with a check digit, .95 for the others.
"""

from __future__ import annotations

import sys
from collections import Counter
from typing import Any

from recognise_values import values as values_of

from hongxian.info.recognise import recognise

BARE = (
    "{}",
    "经核对，{}属实。",
    "see {} for details",
    "a,{},b",
    "[{}]",
    "『{}』",
    "log {} end",
    "\t{}\n",
)
INFO = {
    "mobile": "basic.phone", "landline": "basic.phone", "e164": "basic.phone",
    "id18": "identity.doc_number", "id15": "identity.doc_number",
    "residence_permit": "identity.residence_permit", "passport": "identity.passport",
    "hk_permit": "identity.doc_number", "military": "identity.work_pass", "uscc": "org.uscc",
    "plate": "property.vehicle", "vin": "property.vehicle", "card": "property.bank_card",
    "iban": "property.bank_card", "imei": "device.imei", "imsi": "device.imsi",
    "iccid": "device.iccid", "mac": "device.mac", "ipv4": "netid.ip", "ipv6": "netid.ip",
    "email": "basic.email", "wechat": "netid.account", "qq": "netid.account",
    "gps": "location.precise", "birth": "basic.birth_date", "ssn": "identity.social_security",
    "android_id": "device.android_id", "oaid": "device.oaid", "password": "auth.password",
    "jwt": "secret.token", "api_key": "secret.api_key", "medical": "health.record",
    "fund": "property.bank_card", "social": "identity.social_security",
    "licence_file": "identity.driver_license",
}  # fmt: skip
CHECKED = {"id18", "residence_permit", "uscc", "vin", "card", "iban", "imei", "iccid"}
LABELS = {
    "mobile": ("手机", "手机号码", "mobile", "phoneNumber", "contact_phone"),
    "landline": ("电话", "办公电话", "tel", "officePhone"),
    "e164": ("电话", "phone"), "id18": ("身份证号", "证件号码", "idCard", "id_no", "cert_no"),
    "id15": ("身份证号", "身份证号码", "idCard", "id_card_no"),
    "residence_permit": ("居住证号", "港澳台居民居住证", "residencePermit"),
    "passport": ("护照号", "护照号码", "passportNo", "passport_number"),
    "hk_permit": ("回乡证", "港澳居民来往内地通行证号", "homeReturnPermit"),
    "military": ("军官证", "证件"), "uscc": ("统一社会信用代码", "creditCode", "税号"),
    "plate": ("车牌号", "车牌", "plateNo"), "vin": ("车架号", "VIN", "车辆识别代号", "vin_code"),
    "card": ("银行卡号", "卡号", "bankCard", "card_no", "收款账号"), "iban": ("IBAN", "iban"),
    "imei": ("IMEI", "imei", "deviceImei", "设备串号"), "imsi": ("IMSI", "imsi", "subscriberId"),
    "iccid": ("ICCID", "iccid", "simSerialNumber"), "mac": ("MAC地址", "mac", "macAddress"),
    "ipv4": ("IP", "clientIp", "登录IP", "remote_addr"), "ipv6": ("IP", "ipv6", "clientIp"),
    "email": ("邮箱", "email", "电子邮箱", "userEmail"),
    "wechat": ("微信", "微信号", "wechat", "wechat_id"), "qq": ("QQ", "QQ号", "qq", "qq_number"),
    "gps": ("坐标", "经纬度", "location", "gps"),
    "birth": ("出生日期", "生日", "birthday", "birthDate", "date_of_birth"), "ssn": ("SSN", "ssn"),
    "android_id": ("android_id", "androidId", "安卓ID"), "oaid": ("oaid", "OAID"),
    "password": ("密码", "password", "pwd", "登录密码", "userPassword"),
    "jwt": ("token", "authorization"), "api_key": ("apiKey", "secret_key", "access_key_id"),
    "medical": ("病历号", "住院号", "门诊号", "medicalRecordNo", "mrn"),
    "fund": ("公积金账号", "住房公积金账号"), "social": ("社保卡号", "社会保障号"),
    "licence_file": ("驾驶证档案编号", "档案编号"),
}  # fmt: skip
WEAK = {
    "id15", "passport", "hk_permit", "imei", "wechat", "qq", "birth", "android_id", "oaid",
    "password", "medical", "fund", "social", "licence_file",
}  # fmt: skip
"""Types that say nothing without a label."""
CHINESE = ("{}：{}", "{}: {}", "{}为{}", "{}（{}）", "请核对{}：{}，谢谢", "【{}】{}", "{}是{}。")
ENGLISH = ("{}={}", "{}: {}", '{{"{}":"{}"}}', "\"{}\": '{}'", "x=1&{}={}&y=2", "<{}>{}</a>")


def main() -> None:
    """Make the lines, recognise, count, print."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 2000
    values = values_of(int(sys.argv[2]) if len(sys.argv) > 2 else 42)
    right: Counter[str] = Counter()
    missed: dict[str, list[str]] = {}
    wrong: Counter[str] = Counter()
    examples: dict[str, list[str]] = {}
    for kind, maker in values.makers().items():
        for _ in range(count):
            value = maker()
            line, start = _line(values.random, kind, value)
            found = False
            for hit in recognise(line):
                exact = (hit.start, hit.end) == (start, start + len(value))
                if exact and hit.info == INFO[kind]:
                    found = True
                else:
                    wrong[hit.info] += 1
                    examples.setdefault(hit.info, []).append(f"{hit.name}: {line}")
            right[kind] += found
            if not found:
                missed.setdefault(kind, []).append(line)
    alarms = _look_alikes(values, count * len(INFO), wrong, examples)
    _print(count, right, wrong, missed, examples)
    print(f"{alarms} hits in {count * len(INFO)} lines of look-alikes alone")


def _line(random: Any, kind: str, value: str) -> tuple[str, int]:
    """Return a line with the value, and where it stands."""
    if kind not in WEAK and random.random() < 0.5:
        frame = random.choice(BARE)
        return frame.format(value), frame.index("{}")
    label = random.choice(LABELS[kind])
    frame = random.choice(CHINESE if not label.isascii() else ENGLISH)
    line = frame.format(label, value)
    return line, line.index(value, line.index(label) + len(label))


def _look_alikes(
    values: Any, count: int, wrong: Counter[str], examples: dict[str, list[str]]
) -> int:
    """Count the hits in lines that hold nothing."""
    alarms = 0
    for _ in range(count):
        line = f"{values.random.choice(('', '记录 ', 'x '))}{values.look_alike()}"
        for hit in recognise(line):
            alarms += 1
            wrong[hit.info] += 1
            examples.setdefault(hit.info, []).append(f"{hit.name}! {line}")
    return alarms


def _print(
    count: int,
    right: Counter[str],
    wrong: Counter[str],
    missed: dict[str, list[str]],
    examples: dict[str, list[str]],
) -> None:
    by_info: Counter[str] = Counter()
    for kind, number in right.items():
        by_info[INFO[kind]] += number
    print(f"{'type':18} {'PI type':28} recall  precision of the PI type")
    for kind, info in INFO.items():
        recall = right[kind] / count
        precision = by_info[info] / max(by_info[info] + wrong[info], 1)
        bar = 0.97 if kind in CHECKED else 0.95
        marks = ("labelled " if kind in WEAK else "") + (
            "" if min(recall, precision) >= bar else "BELOW"
        )
        print(f"{kind:18} {info:28} {recall:.3f}   {precision:.3f}  {marks}")
        for line in missed.get(kind, [])[:3] if recall < bar else []:
            print(f"    missed: {line!r}")
        for line in examples.get(info, [])[:4] if precision < bar else []:
            print(f"    wrong: {line!r}")
    others = {info: number for info, number in wrong.items() if info not in INFO.values()}
    print("hits of other types:", others or "none")
    for info in others:
        print(f"    {examples[info][0]!r}")


if __name__ == "__main__":
    main()
