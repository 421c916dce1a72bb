"""NIST's examples of FF1 (ff1samples.pdf): key length, tweak, radix, text, encrypted text."""

KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3CEF4359D8D580AA4F7F036D6F04FC6A94")
LETTERS = "0123456789abcdefghijklmnopqrstuvwxyz"
_TEN, _ELEVEN = "39383736353433323130", "3737373770717273373737"
VECTORS = [
    (16, "", 10, "0123456789", "2433477484"),
    (16, _TEN, 10, "0123456789", "6124200773"),
    (16, _ELEVEN, 36, "0123456789abcdefghi", "a9tv40mll9kdu509eum"),
    (24, "", 10, "0123456789", "2830668132"),
    (24, _TEN, 10, "0123456789", "2496655549"),
    (24, _ELEVEN, 36, "0123456789abcdefghi", "xbj3kv35jrawxv32ysr"),
    (32, "", 10, "0123456789", "6657667009"),
    (32, _TEN, 10, "0123456789", "1001623463"),
    (32, _ELEVEN, 36, "0123456789abcdefghi", "xs8a0azh2avyalyzuwd"),
]
