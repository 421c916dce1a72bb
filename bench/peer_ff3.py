"""The peer's side of ``mask_ff1.py``: PyPI ``ff3`` (FF3-1, AES-256), one number after the other.

Reads numbers from a file, a line each, and prints CPU seconds of encryption alone as JSON.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from ff3 import FF3Cipher


def main() -> None:
    """Encrypt, turn back a few to see that it works, and print what it cost."""
    numbers = Path(sys.argv[1]).read_text("ascii").split()
    cipher = FF3Cipher("2B7E151628AED2A6ABF7158809CF4F3C" * 2, "D8E7920AFA330A")
    begin = time.process_time()
    sealed = [cipher.encrypt(number) for number in numbers]
    spent = time.process_time() - begin
    right = all(
        cipher.decrypt(one) == number for one, number in zip(sealed[:100], numbers, strict=False)
    )
    print(json.dumps({"values": len(numbers), "seconds": spent, "right": right}))


if __name__ == "__main__":
    main()
