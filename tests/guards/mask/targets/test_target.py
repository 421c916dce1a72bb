from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.mask.targets.local import LocalTarget
from hongxian.guards.mask.targets.remote import RemoteTarget
from hongxian.guards.mask.targets.target import open_target, path_of, scheme_of


@pytest.mark.parametrize(
    ("spec", "path", "scheme"),
    [("a.csv", Path("a.csv"), None), ("file:///tmp/a", Path("/tmp/a"), "file"),
     ("S3://b/c", None, "s3"), ("sqlalchemy+mysql+pymysql://h", None, "sqlalchemy+mysql+pymysql"),
     (Path("x"), Path("x"), None)],
    ids=["path", "file", "s3", "sqlalchemy", "Path"],
)  # fmt: skip
def test_a_word_is_a_path_or_an_address(
    spec: str | Path, path: Path | None, scheme: str | None
) -> None:
    assert path_of(spec) == path
    if isinstance(spec, str):
        assert scheme_of(spec) == scheme


def test_a_target_is_opened_by_what_names_it() -> None:
    assert isinstance(open_target("out.csv"), LocalTarget)
    assert isinstance(open_target("memory://out.csv"), RemoteTarget)
    with pytest.raises(HongxianError, match=r"of this kind \(postgresql\)") as told:
        open_target("postgresql://me:secret@h/copy")
    assert "secret" not in str(told.value)
