"""The files of a folder, while others write there: what goes away meanwhile is not there."""

from __future__ import annotations

import os
from pathlib import Path


def files_below(folder: Path) -> list[Path]:
    """Return all regular files below a folder, in order; what cannot be listed is left out."""
    found = [Path(here, name) for here, _, names in os.walk(folder) for name in names]
    return sorted(path for path in found if path.is_file())
