from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from tests.guards.keep.lane.harness import Guarded, running_server
from tests.guards.keep.lane.quarantine.shop import kept

from hongxian.cli.keep import command


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    place: Path = tmp_path_factory.mktemp("lane")
    with (
        running_server() as server,
        server.database() as name,
        Guarded(server, name, place, quarantine="keep_days = 3") as made,
    ):
        yield made


def run(shop: Guarded, who: str, *words: str, given: str = "", lang: str = "en") -> tuple[int, str]:
    environment = {
        "HONGXIAN_KEEP_GUARD": f"http://127.0.0.1:{shop.admin}", "HONGXIAN_KEEP_PERSON": who,
        "HONGXIAN_KEEP_KEY": str(shop.place / f"{who}.key"),
    }  # fmt: skip
    done = CliRunner().invoke(command, ["undo", *words, "--lang", lang], input=given,
                              env=environment)  # fmt: skip
    return done.exit_code, f"{done.output}{done.exception or ''}"


def test_from_the_list_to_the_rows(shop: Guarded) -> None:
    assert run(shop, "li") == (0, "nothing was run in quarantine\n")
    with shop.connect() as one:
        one.execute("truncate t")
    (act,) = kept(shop)
    code, said = run(shop, "li")
    assert (code, said.split()[0], "can be undone" in said) == (0, act["id"], True)
    assert "truncate t" in said
    assert "可恢复" in run(shop, "li", lang="zh")[1]
    assert json.loads(run(shop, "li", "--format", "json")[1])[0]["id"] == act["id"]
    code, said = run(shop, "li", act["id"], "--yes")
    assert (code, "may not do that: undo" in said) == (1, True)
    code, said = run(shop, "wang", act["id"], given="n\n")
    assert (code, shop.value("select count(*) from t")) == (1, 0)
    code, said = run(shop, "wang", act["id"], given="y\n")
    assert (code, "undone" in said, shop.value("select count(*) from t")) == (0, True, 1000)
    code, said = run(shop, "wang", act["id"], "--yes")
    assert "its state is undone" in said
    code, said = run(shop, "wang", "0" * 16, "--yes", "--format", "json")
    assert (code, "nothing was run in quarantine as 000" in said) == (1, True)


def test_as_json(shop: Guarded) -> None:
    with shop.connect() as one:
        one.execute("delete from t")
    (act,) = kept(shop)
    code, said = run(shop, "wang", act["id"], "--yes", "--format", "json")
    assert (code, json.loads(said)["state"]) == (0, "undone")
    assert shop.value("select count(*) from t") == 1000
