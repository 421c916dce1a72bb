"""Work out the distribution of readability figures that the product ships.

    python bench/policy_distribution.py FOLDER > src/hongxian/sensors/policy/data/distribution.toml

FOLDER holds saved Chinese policies; only quantiles of figures leave it, no text. The product
never reads it.
"""

from __future__ import annotations

import sys
from pathlib import Path

from hongxian.sensors.policy.readability import figures
from hongxian.sensors.policy.reading import read_policy

STEPS = 20


def quantiles(values: list[float]) -> list[float]:
    """Return the quantiles at every 5 per cent, lowest and highest included."""
    ordered = sorted(values)
    return [ordered[round(step * (len(ordered) - 1) / STEPS)] for step in range(STEPS + 1)]


def measured(paths: list[Path]) -> list[dict[str, float]]:
    """Return the figures of each Chinese text among some files."""
    documents = [read_policy(path) for path in paths]
    return [
        {figure.item: figure.amount for figure in figures(document)}
        for document in documents
        if document.language.startswith("zh") and not document.shell
    ]


def main() -> None:
    """Read the folder, print the TOML; say so when the folder is absent."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    files = sorted(folder.glob("*.html")) if folder and folder.is_dir() else []
    if not files:
        sys.exit("no folder of policies: nothing measured")
    found = measured(files)
    print("# Figures of Chinese app policies, at every 5 per cent from the lowest to the highest.")
    print("# Made by bench/policy_distribution.py: figures only, no text.")
    print(f"\npolicies = {len(found)}")
    print('kind = "privacy policies and user agreements of Android apps, in Chinese"')
    print("\n[quantiles]")
    for item in found[0]:
        print(f"{item} = {quantiles([each[item] for each in found])}")


if __name__ == "__main__":
    main()
