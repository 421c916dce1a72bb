"""Writes the text that the speed of the recognisers is measured on, seeded and of any size.

    python bench/recognise_corpus.py OUT [MEGABYTES]

A quarter each of Chinese prose, log lines, English prose and filled forms (labels, JSON, CSV). Of
the log lines one in eight holds PI, of the prose lines one in fifty, of the fields of forms one
in two; everywhere else stand look-alikes: running numbers, hashes, times, versions, prices.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

from recognise_values import values as values_of

Makers = dict[str, Callable[[], str]]
LABELS = {
    "mobile": "手机号码",
    "id18": "身份证号",
    "email": "邮箱",
    "card": "银行卡号",
    "birth": "出生日期",
    "plate": "车牌号",
    "landline": "联系电话",
    "qq": "QQ",
    "passport": "护照号码",
    "imei": "IMEI",
}
KEYS = {
    "mobile": "mobile",
    "id18": "idCard",
    "email": "email",
    "card": "bankCard",
    "imei": "imei",
    "mac": "mac",
    "ipv4": "clientIp",
    "android_id": "androidId",
    "gps": "location",
}
LEVELS = ("INFO", "INFO", "INFO", "WARN", "DEBUG", "ERROR")
BLOCK = 1 << 20


def main() -> None:
    """Write the corpus."""
    size = int(float(sys.argv[2]) * 1e6) if len(sys.argv) > 2 else 64_000_000
    Path(sys.argv[1]).write_bytes(make(size))


def make(size: int, seed: int = 20261129) -> bytes:
    """Return so many bytes of lines: two megabytes of them, shuffled anew again and again."""
    values = values_of(seed)
    makers = values.makers()
    lines: list[str] = []
    each = min(size, 2_000_000) // 4
    for kind in (_chinese, _log, _english, _form):
        length = 0
        while length < each:
            line = kind(values, makers)
            lines.append(line)
            length += len(line.encode()) + 1
    out = bytearray()
    while len(out) < size:
        values.random.shuffle(lines)
        out += "\n".join(lines).encode() + b"\n"
    return bytes(out[: out.rindex(b"\n", 0, size) + 1])


def _chinese(values: Any, makers: Makers) -> str:
    text = values.chinese.paragraph(nb_sentences=4)
    if values.random.random() < 0.02:
        return f"{text}请致电{makers['mobile']()}联系{values.chinese.name()}。"
    return f"{text}{values.look_alike()}" if values.random.random() < 0.3 else text


def _english(values: Any, makers: Makers) -> str:
    text = values.american.paragraph(nb_sentences=5)
    if values.random.random() < 0.02:
        return f"{text} Contact {makers['email']()} or {makers['e164']()}."
    return f"{text} {values.look_alike()}" if values.random.random() < 0.3 else text


def _log(values: Any, makers: Makers) -> str:
    r = values.random
    head = (
        f"2026-{r.randint(1, 12):02}-{r.randint(1, 28):02} {r.randint(0, 23):02}:"
        f"{r.randint(0, 59):02}:{r.randint(0, 59):02}.{r.randint(0, 999):03} {r.choice(LEVELS)} "
        f"[http-nio-{r.randint(8000, 9000)}-exec-{r.randint(1, 99)}] "
        f"com.shop.{r.choice(('order', 'user', 'pay'))}.{values.american.word().title()}Service"
    )
    text = f"{head} - {values.american.sentence()} {values.look_alike()} cost={r.randint(1, 900)}ms"
    if r.random() < 0.125:
        kind = r.choice(sorted(KEYS))
        text += f" {KEYS[kind]}={makers[kind]()}"
    return text


def _form(values: Any, makers: Makers) -> str:
    r = values.random
    kind = r.random()
    if kind < 0.4:
        fields = {KEYS[one]: makers[one]() for one in r.sample(sorted(KEYS), 3)}
        fields |= {
            "status": r.randint(0, 9),
            "remark": values.chinese.sentence(),
            "title": values.chinese.word(),
            "traceId": values.hexes(32),
            "createdAt": r.randint(10**12, 2 * 10**12),
        }
        return json.dumps(fields, ensure_ascii=False)
    if kind < 0.8:
        parts = [f"{LABELS[one]}：{makers[one]()}" for one in r.sample(sorted(LABELS), 3)]
        parts += [
            f"姓名：{values.chinese.name()}",
            f"备注：{values.chinese.sentence()}",
            values.look_alike(),
            f"地址：{values.chinese.address()}",
        ]
        r.shuffle(parts)
        return "，".join(parts)
    return ",".join(
        (
            values.digits(8),
            values.chinese.name(),
            makers["mobile"](),
            values.chinese.city(),
            f"{r.uniform(1, 999):.2f}",
            makers["email"](),
            values.hexes(32),
        )
    )


if __name__ == "__main__":
    main()
