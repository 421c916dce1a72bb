"""Makes values of every kind that the recognisers know, and of their look-alikes.

Written from the texts of the standards and from specimens of the issuers, without a look at the
patterns of the product: check digits are computed here in another way (tables instead of weights
in a loop). Faker (zh_CN, en_US) is the second source for what it can make. Everything is seeded.
"""

from __future__ import annotations

import base64
import hashlib
import json
import string
import uuid
from random import Random
from typing import TYPE_CHECKING

from faker import Faker

if TYPE_CHECKING:
    from collections.abc import Callable

DIGITS, UPPER, ALNUM = string.digits, string.ascii_uppercase, string.ascii_letters + string.digits
CITIES = """
110101 110105 110108 120103 130102 130203 140105 210102 220104 230103 310104 310115 320106 320505
330106 330203 340104 350203 360102 370202 370102 410105 420106 430104 440106 440305 450103 460105
500112 510107 520103 530102 610113 620102 630104 640106 650102
""".split()  # noqa: SIM905 - a list of numbers reads better so
PROVINCES = "京津沪渝冀豫云辽黑湘皖鲁新苏浙赣鄂桂甘晋蒙陕吉闽贵粤青藏川宁琼"
SEGMENTS = """
130 131 132 133 134 135 136 137 138 139 145 147 149 150 151 152 153 155 156 157 158 159 162 165 166
167 170 171 172 173 175 176 177 178 180 181 182 183 184 185 186 187 188 189 190 191 192 193 195 196
197 198 199
""".split()  # noqa: SIM905 - the same
CODES = """
010 021 022 023 024 025 027 028 029 0311 0351 0371 0431 0451 0471 0512 0531 0551 0571 0591 0755 0757
0769 0771 0791 0851 0871 0898 0931 0951 0971 0991 0532 0574 0592 0731
""".split()  # noqa: SIM905 - the same


def values(seed: int) -> _Values:
    """Return a seeded source of values."""
    return _Values(seed)


class _Values:
    """A seeded source of values."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)  # noqa: S311 - test data
        self.chinese = Faker("zh_CN")
        self.american = Faker("en_US")
        self.chinese.seed_instance(seed)
        self.american.seed_instance(seed)

    def digits(self, count: int) -> str:
        return "".join(self.random.choices(DIGITS, k=count))

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def hexes(self, count: int) -> str:
        return "".join(self.random.choices("0123456789abcdef", k=count))

    def birth(self) -> tuple[int, int, int]:
        return (
            self.random.randint(1945, 2015),
            self.random.randint(1, 12),
            self.random.randint(1, 28),
        )

    def day_of_birth(self) -> str:
        year, month, day = self.birth()
        return f"{year}{month:02}{day:02}"

    # numbers with check digits, by the tables of their standards

    def id18(self, head: str | None = None) -> str:
        body = (head or self.random.choice(CITIES)) + self.day_of_birth() + self.digits(3)
        return (
            body
            + "10X98765432"[
                sum((2 ** (17 - at)) % 11 * int(one) for at, one in enumerate(body)) % 11
            ]
        )

    def luhn(self, body: str) -> str:
        doubled = "0246813579"
        total = sum(
            int(doubled[int(one)]) if at % 2 == 0 else int(one)
            for at, one in enumerate(reversed(body))
        )
        return body + str(-total % 10)

    def card(self) -> str:
        kind = self.random.random()
        if kind < 0.3:
            return self.american.credit_card_number(
                self.pick("visa16", "mastercard", "amex", "jcb16")
            )
        if kind < 0.75:
            return self.luhn("62" + self.digits(16))
        return self.luhn("62" + self.digits(13))

    def uscc(self) -> str:
        order = "0123456789ABCDEFGHJKLMNPQRTUWXY"
        inner = "".join(self.random.choices(DIGITS + "ABCDEFGHJKLMNPQRTUWXY", k=8))
        weights = (3, 7, 9, 10, 5, 8, 4, 2)
        check = 11 - sum(int(one, 36) * w for one, w in zip(inner, weights, strict=True)) % 11
        inner += {10: "X", 11: "0"}.get(check, str(check))
        body = self.pick("91", "92", "93", "12", "51") + self.random.choice(CITIES) + inner
        total = sum(order.index(one) * pow(3, at, 31) for at, one in enumerate(body))
        return body + order[-total % 31]

    def vin(self) -> str:
        value = dict(zip("ABCDEFGHJKLMNPRSTUVWXYZ", "12345678123457923456789", strict=True))
        makers = ("LSV", "LFV", "LVS", "LBV", "LGX", "LHG", "WBA", "1HG", "JTD", "L6T", "LRW")
        body = self.random.choice(makers) + "".join(
            self.random.choices("ABCDEFGHJKLMNPRSTUVWXYZ" + DIGITS, k=5)
        )
        rest = self.random.choice("ABCDEFGHJKLMNPRSTVWXY123456789") + self.random.choice(
            "ABCDEFGHJKL0123456789"
        )
        rest += self.digits(6)
        weights = (8, 7, 6, 5, 4, 3, 2, 10, 9, 8, 7, 6, 5, 4, 3, 2)
        total = sum(
            int(value.get(one, one)) * w for one, w in zip(body + rest, weights, strict=True)
        )
        return body + "0123456789X"[total % 11] + rest

    # the types: name of the type, and how a value of it is made

    def makers(self) -> dict[str, Callable[[], str]]:
        """Return a maker of values per type of the quality table."""
        return {
            "mobile": self.mobile,
            "landline": self.landline,
            "id18": self.person_id,
            "id15": self.id15,
            "residence_permit": self.residence_permit,
            "passport": lambda: (
                self.pick("E", "G") + self.digits(8)
                if self.random.random() < 0.7
                else "E" + self.random.choice("ABCDEFGHJKLMNP") + self.digits(7)
            ),
            "hk_permit": lambda: self.pick("H", "M") + self.digits(8),
            "military": lambda: (
                self.pick("军", "士", "文") + "字第" + self.digits(self.pick7()) + "号"
            ),
            "uscc": self.uscc,
            "plate": self.plate,
            "vin": self.vin,
            "card": self.card,
            "imei": lambda: self.luhn(self.pick("86", "35") + self.digits(12)),
            "imsi": lambda: "460" + self.pick("00", "01", "02", "03", "07", "11") + self.digits(10),
            "iccid": lambda: self.luhn(
                "8986" + self.pick("00", "01", "03", "06") + self.digits(13)
            ),
            "mac": self.mac,
            "ipv4": self.american.ipv4_public,
            "ipv6": self.american.ipv6,
            "email": self.email,
            "wechat": self.wechat,
            "qq": lambda: str(self.random.randint(10000, 3999999999)),
            "gps": self.gps,
            "birth": self.birth_date,
            "iban": self.american.iban,
            "ssn": self.american.ssn,
            "e164": self.e164,
            "android_id": lambda: self.hexes(16),
            "oaid": lambda: str(uuid.UUID(self.hexes(32))),
            "password": self.password,
            "jwt": self.jwt,
            "api_key": self.api_key,
            "medical": lambda: (
                self.pick("", "ZY", "MZ", "B") + self.digits(self.random.randint(6, 12))
            ),
            "fund": lambda: self.digits(12),
            "social": lambda: self.random.choice(UPPER) + self.digits(8),
            "licence_file": lambda: self.random.choice(CITIES) + self.digits(6),
        }

    def pick7(self) -> int:
        return self.random.choice((7, 8))

    def mobile(self) -> str:
        number = (
            self.chinese.phone_number()
            if self.random.random() < 0.5
            else self.random.choice(SEGMENTS) + self.digits(8)
        )
        form = self.random.random()
        if form < 0.75:
            return number
        parts = (number[:3], number[3:7], number[7:])
        if form < 0.85:
            return self.pick(" ", "-").join(parts)
        return self.pick("+86", "+86 ", "+86-", "0086") + number

    def landline(self) -> str:
        code = self.random.choice(CODES)
        local = str(self.random.randint(2, 8)) + self.digits(
            7 if len(code) == 3 else self.pick7() - 1
        )
        return f"{code}-{local}"

    def person_id(self) -> str:
        return self.chinese.ssn() if self.random.random() < 0.5 else self.id18()

    def id15(self) -> str:
        year, month, day = self.birth()
        return f"{self.random.choice(CITIES)}{year % 100:02}{month:02}{day:02}{self.digits(3)}"

    def residence_permit(self) -> str:
        return self.id18(self.pick("810000", "820000", "830000"))

    def plate(self) -> str:
        letters = "ABCDEFGHJKLMNPQRSTUVWXYZ"
        head = self.random.choice(PROVINCES) + self.random.choice(letters[:12])
        dot = self.pick("", "", "·")
        form = self.random.random()
        if form < 0.5:
            return head + dot + self.digits(5)
        if form < 0.7:
            return head + dot + self.digits(2) + self.random.choice(letters) + self.digits(2)
        if form < 0.9:
            return head + dot + self.pick("D", "F") + self.digits(5)
        return head + self.digits(4) + self.pick("警", "学", "挂")

    def mac(self) -> str:
        pairs = [self.hexes(2) for _ in range(6)]
        text = self.pick(":", ":", "-").join(pairs)
        return text.upper() if self.random.random() < 0.5 else text

    def email(self) -> str:
        if self.random.random() < 0.5:
            return self.american.email()
        return (
            self.chinese.user_name()
            + "@"
            + self.pick("qq.com", "163.com", "sina.com.cn", "abc-tech.cn")
        )

    def wechat(self) -> str:
        return (
            self.random.choice(string.ascii_lowercase)
            + "".join(
                self.random.choices(
                    string.ascii_lowercase + DIGITS + "_-", k=self.random.randint(6, 14)
                )
            ).rstrip("_-")
            + self.digits(1)
        )

    def gps(self) -> str:
        lat, lon = self.random.uniform(20, 45), self.random.uniform(85, 125)
        return self.pick(f"{lat:.6f},{lon:.6f}", f"{lon:.6f},{lat:.6f}")

    def birth_date(self) -> str:
        year, month, day = self.birth()
        names = "〇一二三四五六七八九"
        chinese = "".join(names[int(one)] for one in str(year))
        spoken = f"{chinese}年{names[month] if month < 10 else '十'}月{names[day % 9 + 1]}日"
        return self.pick(
            f"{year}-{month:02}-{day:02}",
            f"{year}年{month}月{day}日",
            f"{year}{month:02}{day:02}",
            f"{year}/{month}/{day}",
            spoken,
        )

    def e164(self) -> str:
        return self.pick(
            f"+1{self.random.randint(201, 989)}{self.digits(7)}",
            f"+852{self.digits(8)}",
            f"+44 20 7{self.digits(3)} {self.digits(4)}",
            f"+65 9{self.digits(3)} {self.digits(4)}",
        )

    def password(self) -> str:
        return self.american.password(length=self.random.randint(8, 14), special_chars=False)

    def jwt(self) -> str:
        def part(value: object) -> str:
            return base64.urlsafe_b64encode(json.dumps(value).encode()).decode().rstrip("=")

        claims = {"sub": self.digits(8), "name": self.american.first_name(), "iat": 1700000000}
        sign = base64.urlsafe_b64encode(self.random.randbytes(32)).decode().rstrip("=")
        return f"{part({'alg': 'HS256', 'typ': 'JWT'})}.{part(claims)}.{sign}"

    def api_key(self) -> str:
        def some(count: int) -> str:
            return "".join(self.random.choices(ALNUM, k=count))

        return self.pick(
            "LTAI5t" + some(18),
            "AKID" + some(32),
            "sk_live_" + some(24),
            "AIza" + some(35),
            "AKIA" + "".join(self.random.choices(UPPER + "234567", k=16)),
        )

    # look-alikes, which are nothing

    def version(self) -> str:
        parts = (self.random.randint(1, 20), *(self.random.randint(0, 99) for _ in range(3)))
        return ".".join(map(str, parts))

    def look_alike(self) -> str:
        """Return a piece of text with a number or a code that is no value."""
        r = self.random
        return r.choice(
            (
                lambda: (
                    f"订单号：{r.choice(('', 'DD', 'SO-'))}2026{self.digits(r.randint(10, 15))}"
                ),
                lambda: f"order_id={r.randint(10**17, 2 * 10**18)}",
                lambda: f"snowflake {r.randint(10**18, 2 * 10**18)}",
                lambda: f"ts={r.randint(1500000000000, 1800000000000)}",
                lambda: f"at {r.randint(1500000000000000, 1800000000000000)} us",
                lambda: f"uuid {uuid.UUID(self.hexes(32))}",
                lambda: f"md5 {hashlib.md5(self.digits(9).encode()).hexdigest()}",  # noqa: S324 - sample
                lambda: f"sha256:{hashlib.sha256(self.digits(9).encode()).hexdigest()}",
                lambda: f"commit {self.hexes(40)}",
                lambda: f"ISBN 978-7-{self.digits(3)}-{self.digits(5)}-{self.digits(1)}",
                lambda: f"version {self.version()}",
                lambda: f"v{self.version()}",
                lambda: (
                    f"Chrome/{r.randint(80, 140)}.0.{r.randint(1000, 9999)}.{r.randint(0, 200)}"
                ),
                lambda: f"scenario_code SCN-{self.digits(3)}",
                lambda: f"{self.digits(5)}1{self.digits(10)}{self.digits(9)}",
                lambda: f"0.{self.digits(11)}",
                lambda: f"size {r.randint(13000000000, 18999999999)} bytes",
                lambda: f"价格 {r.randint(30, 50)}.{self.digits(2)},118.{self.digits(2)} 元",
                lambda: f"color #{self.hexes(6)}",
                lambda: f"{r.randint(0, 23):02}:{r.randint(0, 59):02}:07.{self.digits(3)}",
                lambda: f"运单 SF{self.digits(13)}",
                lambda: f"IMG_{self.digits(8)}_{self.digits(6)}.jpg",
                lambda: (
                    f"std::{self.pick('vector', 'map', 'abc')}::{self.pick('begin', 'fe', 'end')}"
                ),
                lambda: f"icon@{r.choice('23')}x.png",
                lambda: f"trace_id={self.hexes(32)}",
                lambda: f"{self.digits(9)}",
                lambda: f"型号 {r.choice(UPPER)}{self.digits(8)}",
                lambda: f"金额：{r.randint(10**6, 10**8)}.{self.digits(2)}",
                lambda: f"{r.randint(2020, 2026)}-{r.randint(1, 12):02}-{r.randint(1, 28):02}",
                lambda: f"成立于{r.randint(1980, 2020)}年{r.randint(1, 12)}月",
                lambda: f"400-{self.digits(3)}-{self.digits(4)}",
                lambda: f"0x{self.hexes(8)}",
            )
        )()
