from __future__ import annotations

from pathlib import Path

import pytest

from hongxian.errors import HongxianError
from hongxian.guards.keep.drill.settings import MariaTried, load_drill

LEAST = '[drill]\nfolder = "d"\nvault = "v"\n'


def written(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "drill.toml"
    path.write_text(text, "utf-8")
    return path


def test_everything_is_read(tmp_path: Path) -> None:
    told = load_drill(written(tmp_path, LEAST + """
name = "north"
webhook = "https://alarms.example.com/x"
[postgresql.shop]
connection = "host=db"
every = "2d"
user = "scratch"
superuser = "boss"
programs = "/opt/pg"
tables = ["orders"]
queries = {total = "select 1"}
settings = {shared_preload_libraries = "x"}
amcheck = false
patience = "10m"
longest_rpo = "1m"
longest_rto = "1h"
"""))  # fmt: skip
    assert (told.folder, told.vault, told.name) == (tmp_path / "d", tmp_path / "v", "north")
    shop = told.source("shop")
    assert (shop.every, shop.patience, shop.longest_rpo, shop.longest_rto) == (
        172800, 600, 60, 3600,
    )  # fmt: skip
    assert (shop.user, shop.superuser, shop.programs) == ("scratch", "boss", Path("/opt/pg"))
    assert (shop.tables, shop.queries, shop.amcheck) == (("orders",), {"total": "select 1"}, False)
    with pytest.raises(HongxianError, match="shop"):
        told.source("shap")


def test_a_mariadb_server_is_told(tmp_path: Path) -> None:
    text = LEAST + '[postgresql.bank]\n[mariadb.shop]\ndefaults = "my.cnf"\ncheck = false\n'
    told = load_drill(written(tmp_path, text))
    shop = told.source("shop")
    assert (shop, shop.KIND) == (
        MariaTried(name="shop", defaults=tmp_path / "my.cnf", check=False), "mariadb",
    )  # fmt: skip
    assert {name: one.KIND for name, one in told.sources.items()} == {
        "bank": "postgresql", "shop": "mariadb",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        (LEAST + 'evidence_key = "k"\n', "evidence"),
        ("", "drill"), (LEAST + "[other]\n", "unknown key 'other'"), ("drill = 1", "drill"),
        ('[drill]\nfolder = "d"\n', "vault"),
        (LEAST + "[postgresql.shop]\nevery = 'soon'\n", "soon"),
        (LEAST + "[postgresql.shop]\nqueries = {a = 1}\n", "queries"),
        (LEAST + "[postgresql]\nshop = 1\n", "shop"),
        (LEAST + "[mariadb.shop]\namcheck = false\n", "unknown key 'amcheck'"),
        (LEAST + "[postgresql.a]\n[mariadb.a]\n", "two sources are called 'a'"),
    ],
)  # fmt: skip
def test_a_fault_is_named(tmp_path: Path, text: str, fault: str) -> None:
    with pytest.raises(HongxianError) as told:
        load_drill(written(tmp_path, text))
    assert fault in str(told.value.say("en"))
