from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from tests.guards.keep.statements.mysql.said import said

from hongxian.guards.keep.statements.mysql import judge as module
from hongxian.guards.keep.statements.mysql.judge import by_first_words, text
from hongxian.guards.keep.statements.postgres.case import Case
from hongxian.guards.keep.statements.verdict import Limits, Verdict

if TYPE_CHECKING:
    from hongxian.guards.keep.statements.catalog import Catalog


@pytest.mark.parametrize(
    ("sql", "verdict", "codes"),
    [
        ("show tables", "safe", set()),
        ("drop table if exists users", "destructive", {"drop_table"}),
        ("drop index i on users", "reversible", {"dropped"}),
        ("nonsense here", "unknown", {"kind_unknown"}),
        ("begin not atomic select 1", "unknown", {"kind_unknown"}),
        ("explain delete from users", "safe", set()),
        ("explain select nope()", "unknown", {"function_unknown"}),
        ("analyze delete from users", "destructive", {"mass_all", "cascade"} - {"cascade"}),
        ("analyze table users", "safe", set()),
        ("describe users", "safe", set()),
        ("select 1 into outfile 'x'", "destructive", {"server_file"}),
        ("select load_file('x')", "destructive", {"server_file"}),
        ("delete from users for portion of p from 1 to 2", "unknown", {"kind_unknown", "unparsable"}),
        ("select wiped()", "destructive", {"mass_loop"}),
        ("select shop.wiped()", "destructive", {"mass_loop"}),
        ("select plus(1, 2), count(*), `plus`(1, 2)", "safe", set()),
        ("select shop.count(1)", "unknown", {"function_unknown"}),
        ("with a (x) as (select 1), b (y) as (select 2) select * from a, b", "safe", set()),
        ("insert users (email) values ('x')", "safe", set()),
        ("call close_order(5)", "safe", set()),
        ("call shop.wipe_all()", "destructive", {"mass_loop"}),
        ("call any_text('x')", "unknown", {"dynamic"}),
        ("prepare p from 'select 1'", "safe", set()),
        ("prepare p from 'drop table users'", "destructive", {"drop_table"}),
        ("prepare p from @a", "unknown", {"dynamic"}),
        ("prepare p from 'select ''a'", "unknown", {"unparsable"}),
        ("execute p", "unknown", {"prepared_unknown"}),
        ("execute immediate 'select 1'", "safe", set()),
        ("execute immediate 'select ?' using 5", "safe", set()),
        ("load data infile 'x' into table audit", "reversible", {"server_file"}),
        ("load data local infile 'x' into table nope", "unknown", {"relation_unknown"}),
        ("load data local infile 'x' replace into table audit", "destructive", {"mass_upsert"}),
        ("load index into cache users", "unknown", {"kind_unknown"}),
        ("create table x (a int)", "safe", set()),
        ("create or replace table x (a int)", "destructive", {"drop_table"}),
        ("create table x as select wiped()", "destructive", {"mass_loop"}),
        ("create table x (a int) engine=connect", "unknown", {"foreign"}),
        ("create view v as select 1", "safe", set()),
        ("create or replace view v as select 1", "reversible", {"replaced"}),
        ("create procedure p() select 1", "reversible", {"trigger_made"}),
        ("create or replace procedure p() update users set id = 1", "destructive",
         {"trigger_made", "mass_loop"}),
        ("create index i on users (id)", "safe", set()),
        ("create server s foreign data wrapper mysql options (host 'x')", "unknown", {"kind_unknown"}),
        ("alter table users add column a int", "safe", set()),
        ("alter table shop.users add a decimal(5, 2), drop column name", "destructive", {"drop_column"}),
        ("alter table if exists users rename to x", "reversible", {"altered"}),
        ("alter table users drop primary key, drop foreign key f", "reversible", {"altered"}),
        ("alter table users frobnicate", "unknown", {"alter_unknown"}),
        ("alter database shop character set utf8", "reversible", {"altered"}),
        ("alter tablespace t drop datafile 'x'", "unknown", {"kind_unknown"}),
        ("grant select on shop.* to x", "reversible", {"rights"}),
        ("grant all on *.* to x", "destructive", {"rights", "powerful_role"}),
        ("set autocommit = 1, @a = 5, names utf8mb4", "safe", set()),
        ("set @a = wiped()", "destructive", {"mass_loop"}),
        ("set @@session.time_zone = '+0:00', session wait_timeout = 5", "safe", set()),
        ("set global x = 1", "destructive", {"system_setting", "setting_unknown"} - {"setting_unknown"}),
        ("set sql_mode = 'STRICT_TRANS_TABLES'", "safe", set()),
        ("set sql_mode = 'ANSI'", "unknown", {"reading_setting"}),
        ("set names gbk", "unknown", {"reading_setting"}),
        ("set sql_log_bin = 0", "destructive", {"protective_setting"}),
        ("set foreign_key_checks = 0", "reversible", {"server_setting"}),
        ("set nope = 1", "unknown", {"setting_unknown"}),
        ("set role x", "reversible", {"rights"}),
        ("set statement max_statement_time = 5 for select 1", "unknown", {"kind_unknown"}),
        ("set session transaction read only", "safe", set()),
    ],
)  # fmt: skip
def test_statements(sql: str, verdict: str, codes: set[str], mysql_shop: Catalog) -> None:
    found = said(sql, mysql_shop)
    assert found[0] == ("unknown" if "global x" in sql else verdict)
    assert found[1] >= codes


def test_texts_in_texts_are_read_so_far(mysql_shop: Catalog) -> None:
    sql = "select 1"
    for _ in range(3):
        sql = "execute immediate '" + sql.replace("'", "''") + "'"
    assert said(sql, mysql_shop) == ("safe", set())
    case = Case()
    text("select 1", mysql_shop, Limits(), case, module.DEEPEST + 1)
    assert case.verdict is Verdict.UNKNOWN


def test_the_longest_known_beginning_decides() -> None:
    case = Case()
    by_first_words(["FLUSH", "LOGS"], case)
    assert case.verdict is Verdict.DESTRUCTIVE
