"""Regions: an address, an identity number or an administrative code becomes province or city."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from hongxian.guards.mask.cells import Masked, as_text, pa, pc
from hongxian.guards.mask.technique import Option, Technique

if TYPE_CHECKING:
    from hongxian.guards.mask.technique import Apply, Setting

LEVELS = ("province", "city", "county")
"""From the widest to the narrowest; GB/T 2260 gives each two digits of a code."""

_CODE = r"^[1-8]\d{5}(?:\d{3}|\d{6}|\d{9}|\d{11}[\dXx])?$"
_PROVINCE = (
    r"(?:北京|天津|上海|重庆)市?|[^\s省市区县]{2,6}省|"
    r"(?:内蒙古|广西(?:壮族)?|西藏|宁夏(?:回族)?|新疆(?:维吾尔)?)(?:自治区)?|(?:香港|澳门)(?:特别行政区)?"
)
_CITY = r"(?:[^\s省市区县]{2,8}(?:市|自治州|地区|盟))?"
_COUNTY = r"(?:[^\s省市区县]{1,8}(?:区|县|旗|市))?"
_PARTS = rf"^\s*(?P<province>{_PROVINCE})(?P<city>{_CITY})(?P<county>{_COUNTY})"


def _apply(setting: Setting) -> Apply:
    depth = LEVELS.index(setting.option("level", "city")) + 1

    def apply(column: Any) -> Masked:
        text = as_text(column)
        code = pc.binary_join_element_wise(
            pc.utf8_slice_codeunits(text, 0, 2 * depth), pa.scalar("00" * (3 - depth)), ""
        )
        found = pc.extract_regex(text, _PARTS)
        parts = [pc.struct_field(found, name) for name in LEVELS[:depth]]
        name = pc.binary_join_element_wise(*parts, "")
        out = pc.if_else(pc.match_substring_regex(text, _CODE), code, name)
        return Masked(out, out.null_count - text.null_count)

    return apply


TECHNIQUE = Technique(
    name="region", apply=_apply, options={"level": Option(kinds=(str,), choices=LEVELS)}
)
