"""Makes the table of the regions of mobile numbers out of the metadata of libphonenumber.

Needs PyPI ``phonenumbers`` (Apache-2.0), which carries that metadata; the product itself does not.
Run: ``python tools/mobile_regions.py src/hongxian/info/data/mobile_regions.xz``
"""

from __future__ import annotations

import json
import lzma
import re
import sys
from array import array
from pathlib import Path

FIRST, LAST = 1_300_000, 2_000_000
"""Seven-digit segments of mobile numbers."""
_PROVINCE = re.compile(
    r"(.+?(?:省|自治区)|内蒙古|广西|西藏|宁夏|新疆|北京市?|天津市?|上海市?|重庆市?)(.*)"
)


def regions(prefixes: dict[str, str]) -> tuple[list[list[str]], array[int]]:
    """Return the regions (province, city) and, segment by segment, the place of its region."""
    names: dict[tuple[str, str], int] = {("", ""): 0}
    table = array("H", bytes(2 * (LAST - FIRST)))
    for prefix, name in sorted(prefixes.items(), key=lambda item: len(item[0])):
        found = _PROVINCE.fullmatch(name)
        place = (found[1].rstrip("市"), found[2] or found[1]) if found else (name, name)
        number = names.setdefault(place, len(names))
        digits = prefix[2:]
        if len(digits) > 7:
            continue  # finer than a segment
        wide = 10 ** (7 - len(digits))
        start = int(digits) * wide - FIRST
        table[start : start + wide] = array("H", [number]) * wide
    return [list(place) for place in names], table


def main() -> None:
    """Write the table and say what is in it."""
    import phonenumbers  # noqa: PLC0415 - only here
    from phonenumbers.geodata import GEOCODE_DATA  # noqa: PLC0415 - as above

    found = {
        prefix: names["zh"] for prefix, names in GEOCODE_DATA.items()
        if re.fullmatch(r"861[3-9]\d{1,6}", prefix) and "zh" in names
    }  # fmt: skip
    places, table = regions(found)
    head = {"source": f"libphonenumber via phonenumbers {phonenumbers.__version__}, Apache-2.0",
            "confidence": "C", "first": FIRST, "regions": places}  # fmt: skip
    if sys.byteorder == "big":
        table.byteswap()
    text = json.dumps(head, ensure_ascii=False).encode() + b"\n"
    data = lzma.compress(text + table.tobytes(), preset=9 | lzma.PRESET_EXTREME)
    Path(sys.argv[1]).write_bytes(data)
    known = sum(1 for number in table if number)
    print(f"{len(places) - 1} regions, {known} segments known, {len(data)} bytes")
    print(sorted({place[0] for place in places}))


if __name__ == "__main__":
    main()
