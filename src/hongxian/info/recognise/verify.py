"""Calls a check by its number, as the rows of the recognisers name it.

Compiled like ``checks.py``, by the same rules; the chain becomes a jump table.
"""

from __future__ import annotations

from hongxian.info.recognise.texts import Texts

CHECKS = (
    "", "luhn", "card", "cn_id", "foreigner_18", "foreigner_15", "uscc", "uscc_alone", "vin",
    "iban", "landline", "calling", "ssn", "mobile", "ipv4", "ipv6", "mac", "mac_labelled", "varied",
    "gps", "gps_labelled", "latitude", "longitude", "date", "date_cn", "password", "secret",
    "account", "two_digits", "military", "email", "pem", "meid", "hashed", "serial", "number",
)  # fmt: skip
"""Names of the checks; a row says one of them."""


class Verifier(Texts):
    """A text and all checks."""

    def verify(self, check: int, start: int, end: int) -> int:  # noqa: C901, PLR0911, PLR0912 - one row per check
        """Return whether a part passes a check."""
        if check == 0:
            return 1
        if check == 1:
            return self.luhn(start, end)
        if check == 2:
            return self.card(start, end)
        if check == 3:
            return self.cn_id(start, end)
        if check == 4:
            return self.foreigner_18(start, end)
        if check == 5:
            return self.foreigner_15(start, end)
        if check == 6:
            return self.uscc(start, end)
        if check == 7:
            return self.uscc_alone(start, end)
        if check == 8:
            return self.vin(start, end)
        if check == 9:
            return self.iban(start, end)
        if check == 10:
            return self.landline(start, end)
        if check == 11:
            return self.calling(start, end)
        if check == 12:
            return self.ssn(start, end)
        if check == 13:
            return self.counted(start, end) and not self.priced(start)
        if check == 14:
            return self.ipv4(start, end)
        if check == 15:
            return self.ipv6(start, end)
        if check == 16:
            return self.mac(start, end)
        if check == 17:
            return self.mac_labelled(start, end)
        if check == 18:
            return self.varied(start, end)
        if check == 19:
            return self.gps(start, end)
        if check == 20:
            return self.gps_labelled(start, end)
        if check == 21:
            return self.latitude(start, end)
        if check == 22:
            return self.longitude(start, end)
        if check == 23:
            return self.date(start, end)
        if check == 24:
            return self.date_cn(start, end)
        if check == 25:
            return self.password(start, end)
        if check == 26:
            return self.secret(start, end)
        if check == 27:
            return self.account(start, end)
        if check == 28:
            return self.two_digits(start, end)
        if check == 29:
            return self.military(start)
        if check == 30:
            return self.email(start, end)
        if check == 31:
            return self.pem(start, end)
        if check == 32:
            return self.meid(start, end)
        if check == 33:
            return self.hashed(start, end)
        if check == 34:
            return self.serial(start, end)
        return self.counted(start, end)
