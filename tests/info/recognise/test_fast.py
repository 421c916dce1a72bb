from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import SimpleNamespace

import pytest

from hongxian.info.recognise import fast, kernel

WITHOUT = """
import sys
sys.modules["hongxian.info.recognise.compiled"] = None
from hongxian.info.recognise import fast, recognise
assert not fast.COMPILED
print([hit.name for hit in recognise("手机13812345678 a@b.cn")])
"""


def test_without_the_compiled_kernel_the_plain_one_serves() -> None:
    done = subprocess.run(
        [sys.executable, "-c", WITHOUT], capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == "['cn_mobile', 'email']"


def test_a_compiled_kernel_of_other_sources_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    here = fast.digest(Path(kernel.__file__).parent)
    for source, taken in ((here, True), ("0" * 64, False)):
        made = SimpleNamespace(SOURCE=source)
        monkeypatch.setattr(fast, "import_module", lambda _name, made=made: made)
        assert (fast.compiled() is made) == taken


def test_it_says_whether_it_is_compiled() -> None:
    assert (fast.Kernel is not kernel.Kernel) == fast.COMPILED
