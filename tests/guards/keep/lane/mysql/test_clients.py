"""Programs that operators use, through the lane."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pymysql
import pytest

if TYPE_CHECKING:
    from tests.guards.keep.lane.mysql.harness import GuardedShop

ROUTINE = """
delimiter //
create procedure renamed(p int, n text) begin update t set b = n where a = p; end//
call renamed(5, 'five')//
drop procedure renamed//
"""


def test_the_client_program(shared: GuardedShop) -> None:
    ran = shared.run(
        "mariadb", "shop", "-N", given=ROUTINE + "delimiter ;\nselect b from t where a=5;\n"
    )
    assert (ran.returncode, ran.stdout.split()) == (0, ["five"])
    ran = shared.run("mariadb", "shop", "-e", "drop table t")
    assert (ran.returncode, "ERROR 1227 (KP001)" in ran.stderr) == (1, True)
    assert "hongxian keep ticket propose --refused" in ran.stderr
    ran = shared.run("mariadb", "shop", "-e", "load data local infile '/etc/hostname' into table t")
    assert ran.returncode == 1


def test_a_dump_is_taken_and_brought_back(guarded: GuardedShop) -> None:
    words = ("--single-transaction", "--triggers", "--skip-add-drop-table", "shop", "mail")
    assert guarded.run("mariadb-dump", "--routines", *words).returncode == 0
    ran = guarded.run("mariadb-dump", *words)
    assert ran.returncode == 0, ran.stderr
    assert guarded.evidence("refused") == []
    with guarded.client(database=None) as one, one.cursor() as cursor:
        cursor.execute("create database copy")
    back = guarded.run("mariadb", "copy", given=ran.stdout)
    assert back.returncode == 0, back.stderr
    assert guarded.told("select count(*) from copy.mail") == 500
    with guarded.shop.connect() as own, own.cursor() as cursor:
        cursor.execute("drop database copy")


@pytest.mark.parametrize(
    ("name", "words", "good"),
    [
        ("mariadb-show", ("shop",), True), ("mariadb-admin", ("ping",), True),
        ("mariadb-admin", ("processlist",), True), ("mariadb-check", ("shop",), True),
        ("mariadb-admin", ("shutdown",), False), ("mariadb-admin", ("kill", "1"), False),
        ("mariadb-admin", ("--force", "drop", "shop"), False),
        ("mariadb-binlog", ("--read-from-remote-server", "log.000001"), False),
    ],
)  # fmt: skip
def test_other_programs(
    shared: GuardedShop, name: str, words: tuple[str, ...], good: bool
) -> None:  # fmt: skip
    ran = shared.run(name, *words)
    assert (ran.returncode == 0) is good, ran.stderr
    assert shared.told("select count(*) from shop.t") == 1000


def test_what_drivers_and_their_layers_send(shared: GuardedShop) -> None:
    texts = (
        "SET NAMES utf8mb4", "SET autocommit=0", "SELECT @@version_comment LIMIT 1",
        "SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED", "SELECT VERSION()",
        "SHOW VARIABLES LIKE 'sql_mode'", "SET sql_mode=concat(@@sql_mode,',STRICT_TRANS_TABLES')",
        "SELECT @@tx_isolation", "SHOW FULL TABLES FROM `shop`", "SHOW CREATE TABLE `t`",
        "SET @@session.sql_auto_is_null = 0", "SHOW WARNINGS", "SELECT DATABASE()",
        "/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */",
        "/*!40101 SET SQL_MODE=@OLD_SQL_MODE */", "SET CHARACTER_SET_CLIENT=@@character_set_client",
        "START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */", "SAVEPOINT `a`",
        "ROLLBACK TO SAVEPOINT `a`", "ROLLBACK", "UNLOCK TABLES",
    )  # fmt: skip
    with shared.client() as one, one.cursor() as cursor:
        for text in texts:
            cursor.execute(text)
        with pytest.raises(pymysql.MySQLError, match="would lose"):
            cursor.execute("delete from t where a > 1")
