"""What format-preserving encryption costs: our FF1 by the column beside PyPI ``ff3``.

    python bench/mask_ff1.py [VALUES]

Claim: at least 200,000 values a second on one core, and at least 30 times ``ff3``. The algorithms
differ: ``ff3`` is FF3-1 (eight rounds; NIST dropped FF3 in the draft of SP 800-38G rev. 1 of 2025),
ours FF1 (ten rounds). Both use AES-256 here. Ours starts and ends with a text column of Arrow, the
peer with texts of Python. CPU seconds of encryption alone, best of three.
"""

from __future__ import annotations

import json
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

import pyarrow as pa
from measure import HERE, peer_python

from hongxian.guards.mask.ciphers import BlockCipher
from hongxian.guards.mask.formats.bank_card import BankCard
from hongxian.guards.mask.formats.letters import Classes
from hongxian.guards.mask.formats.phone import Phone
from hongxian.guards.mask.formats.resident_id import ResidentId
from hongxian.guards.mask.fpe import encrypt_column

if TYPE_CHECKING:
    from hongxian.guards.mask.formats.part import Format

VALUES = 1_000_000
PEER_VALUES = 20_000
KEY = bytes.fromhex("2B7E151628AED2A6ABF7158809CF4F3C" * 2)


def main() -> None:
    """Print ours, the peer's and the ratio for some lengths, then our formats alone."""
    values = int(sys.argv[1]) if len(sys.argv) > 1 else VALUES
    dice = random.Random(7)  # noqa: S311 - the same numbers each time
    print(f"{'digits':>6} {'ours/s':>12} {'ff3/s':>10} {'ratio':>7}")
    for length in (8, 11, 16, 18):
        numbers = [f"{dice.randrange(10**length):0{length}}" for _ in range(values)]
        ours = _ours(numbers, Classes(), "aes")
        theirs = _theirs(numbers[:PEER_VALUES])
        print(f"{length:>6} {ours:>12,.0f} {theirs:>10,.0f} {ours / theirs:>6.0f}x")
    print("our formats, values/s: AES-256, SM4")
    for name, form, numbers in _formats(values, dice):
        both = [_ours(numbers, form, algorithm) for algorithm in ("aes", "sm4")]
        print(f"{name:>24} {both[0]:>12,.0f} {both[1]:>12,.0f}")


def _formats(values: int, dice: random.Random) -> list[tuple[str, Format, list[str]]]:
    phones = [f"1{dice.randrange(3 * 10**9, 10**10)}" for _ in range(values)]
    cards = [f"622202{dice.randrange(10**13):013}" for _ in range(values)]
    ids = [
        f"{dice.choice((11, 31, 44))}{dice.randrange(10**4):04}{dice.randrange(1950, 2010)}"
        f"{dice.randrange(1, 13):02}{dice.randrange(1, 29):02}{dice.randrange(10**4):04}"
        for _ in range(values)
    ]
    return [
        ("phone", Phone(), phones), ("phone, segment kept", Phone(("segment",)), phones),
        ("bank card, issuer kept", BankCard(), cards), ("resident id", ResidentId(), ids),
        ("resident id, birth kept", ResidentId(("birth",)), ids),
    ]  # fmt: skip


def _ours(numbers: list[str], form: Format, algorithm: str) -> float:
    cipher, column = (
        BlockCipher(algorithm, KEY if algorithm == "aes" else KEY[:16]),
        pa.array(numbers),
    )
    spent = []
    for _ in range(3):
        begin = time.process_time()
        sealed = encrypt_column(column, form, cipher, b"bench")
        spent.append(time.process_time() - begin)
    back = encrypt_column(sealed.values, form, cipher, b"bench", decrypt=True)
    if sealed.refused or back.values != column:
        sys.exit("what was encrypted did not come back")
    return len(numbers) / min(spent)


def _theirs(numbers: list[str]) -> float:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "numbers"
        path.write_text("\n".join(numbers), "ascii")
        command = [str(peer_python()), str(HERE / "peer_ff3.py"), str(path)]
        spent = []
        for _ in range(3):
            done = subprocess.run(command, capture_output=True, text=True, check=True)
            found = json.loads(done.stdout)
            if not found["right"]:
                sys.exit("the peer does not turn its own numbers back")
            spent.append(found["seconds"])
    return len(numbers) / min(spent)


if __name__ == "__main__":
    main()
