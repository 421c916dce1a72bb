from __future__ import annotations

import os
import threading
from pathlib import Path

from hongxian.folders import files_below


def test_files_are_found_at_any_depth_and_in_order(tmp_path: Path) -> None:
    for name in ("b/2", "a", "b/c/1"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text("x")
    os.mkfifo(tmp_path / "pipe")
    (tmp_path / "gone").symlink_to("nowhere")
    assert [path.relative_to(tmp_path).as_posix() for path in files_below(tmp_path)] == [
        "a", "b/2", "b/c/1",
    ]  # fmt: skip


def test_a_folder_that_changes_while_it_is_listed_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "kept").write_text("x")
    done = threading.Event()

    def change() -> None:
        while not done.is_set():
            (tmp_path / "d").mkdir()
            (tmp_path / "d" / "f").write_text("x")
            (tmp_path / "d" / "f").unlink()
            (tmp_path / "d").rmdir()

    busy = threading.Thread(target=change)
    busy.start()
    try:
        for _ in range(500):
            assert tmp_path / "kept" in files_below(tmp_path)
    finally:
        done.set()
        busy.join()


def test_what_is_no_folder_has_no_files(tmp_path: Path) -> None:
    assert files_below(tmp_path / "none") == []
