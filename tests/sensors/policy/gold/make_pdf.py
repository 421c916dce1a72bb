"""Makes ``nasty_4.pdf`` from ``nasty_4.source.txt``.

    python -m tests.sensors.policy.gold.make_pdf

Lines are broken at 34 characters, as a word processor does, so that sentences run over lines and
pages; each page has a foot.
"""

from __future__ import annotations

from pathlib import Path

from tests.sensors.policy.reading.makers import At, pdf

FOLDER = Path(__file__).parent
WIDE, LINES = 34, 16


def made() -> bytes:
    """Return the PDF."""
    lines = [
        (part, 16 if number == 0 else 12)
        for number, line in enumerate(source().splitlines())
        for part in (line[at : at + WIDE] for at in range(0, len(line), WIDE))
    ]
    pages = [lines[at : at + LINES] for at in range(0, len(lines), LINES)]
    return pdf(*(_page(number, page, len(pages)) for number, page in enumerate(pages, 1)))


def source() -> str:
    """Return the text of the policy."""
    return (FOLDER / "nasty_4.source.txt").read_text(encoding="utf-8")


def _page(number: int, lines: list[tuple[str, int]], count: int) -> list[At]:
    body = [At(72, 770 - 40 * at, text, size) for at, (text, size) in enumerate(lines)]
    return [*body, At(270, 40, f"第 {number} 页 共 {count} 页", 9)]


if __name__ == "__main__":
    (FOLDER / "nasty_4.pdf").write_bytes(made())
