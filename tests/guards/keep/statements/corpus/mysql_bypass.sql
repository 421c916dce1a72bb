-- Each line destroys, or cannot be judged: it must never be called safe. Lines with "--" are sections.
-- plain
drop table users
DROP/**/TABLE/**/users
drop table if exists users, orders
/*!50000 drop */ table users
/*!drop table users*/
/*M! drop table users */
/*!99999 drop table users */
select 1; /*!40000 drop table users */
select 1 /*! ; drop table users */
/*! select 1 */; drop table users
select '\''; drop table users; -- '
select "a"; drop table users
drop database shop
drop schema shop
truncate users
truncate table users
create or replace table users (id int)
drop user clerk
drop role r
-- rows
delete from users
delete low_priority quick from users
delete from users where true
delete from users where 1
delete from users where 1 = 1
delete from users where id = id
delete from users where id > 0
delete from users where id is not null
delete from users where id = 1 or 1
delete from users where id = 1 || 1
delete from users where !(id = 5)
delete from users where not id = 5
delete from users where id = 5 xor 1
delete from users where email = 0
delete from users where email = 0 + 0
delete from users where email = (0)
delete from users where email = @a
delete from users where email in (0)
delete from users where name = false
delete from users where id = (@a := @a + 1)
delete from users where id = floor(rand() * 500)
delete from users where id in (select id from users)
delete from users where id between 0 and 99999
delete from users where id <=> id
delete from users order by id
delete users from users
delete users, orders from users join orders on orders.user_id = users.id
delete from users using users join orders
delete u from users u
delete from users where country = country
delete from users where country = 'CN'
delete from ones where one = 1
update ones set email = null where one = 1
insert into doors (id) values (5)
delete from tenants where id = 1
delete from logs limit 100000
update users set name = null
update users set name = null where id > 0
update users set name = null where email = 0
update users, orders set users.name = null
update users join orders on orders.user_id = users.id set users.name = null where orders.id = 5
update ignore users set name = null
replace into users select * from users
insert into users select * from users on duplicate key update name = null
with x as (select 1) delete from users where id in (select * from x)
delete history from users
insert into notes values (1, 1, 'x')
-- calls
call wipe_all()
call shop.wipe_all()
call any_text('x')
call nope()
select wiped()
select shop.wiped()
select wiped () from users
select * from evil_view
select nope()
select sys_exec('rm')
do wiped()
set @a = wiped()
select load_file('/etc/passwd')
select * from users into outfile '/tmp/x'
select * into outfile '/tmp/x' from users
select 'x' into dumpfile '/tmp/x'
select * from users procedure analyse()
load data infile '/x' replace into table users
load data local infile 'x' into table notes
prepare p from 'drop table users'
prepare p from "delete from users"
prepare p from @text
prepare p from concat('drop', ' table users')
execute p
execute immediate 'drop table users'
execute immediate concat('a', 'b')
explain analyze delete from users
analyze delete from users
analyze format=json update users set name = null
begin not atomic delete from users; end
if 1 then delete from users; end if
create procedure f() delete from users
create function f() returns int begin delete from users; return 1; end
create trigger t after insert on audit for each row delete from users
create procedure p() begin select 1; end; drop table users
create procedure p() begin select 1; end; shutdown; begin end
create procedure p() begin declare x int; if 1 then drop table users; end if; end
create procedure p() begin set global read_only = 0; end
create procedure p() begin update users set name = null; end
create procedure p() begin case 1 when 1 then kill 5; else shutdown; end case; end
create event e on schedule every 1 day do shutdown
create event e on schedule every 1 day do set global read_only = 0
create procedure p() kill 5
create event e on schedule every 1 day do delete from users
create event e on schedule every 1 day do call wipe_all()
create or replace procedure f() begin update users set name = null; end
create function f returns string soname 'x.so'
create view v as select wiped()
create table x as select wiped()
create table x (a int) engine=federated connection='x'
-- definitions
alter table users drop column email
alter table users drop email
alter table users add column a int, drop column email
alter table users modify name int
alter table users change name name2 int
alter table users engine = blackhole
alter table users convert to character set ascii
alter table users truncate partition p0
alter table users drop partition p0
alter table users discard tablespace
alter table users exchange partition p with table x
alter table users remove partitioning
alter ignore table users drop email
alter instance rotate innodb master key
drop tablespace t
-- server
set global read_only = 0
set @@global.sql_log_bin = 0
set persist max_connections = 1
set sql_log_bin = 0
set session sql_log_bin = 0
set @@session.sql_log_bin = 0
set sql_mode = 'ANSI_QUOTES'
set sql_mode = 'NO_BACKSLASH_ESCAPES,STRICT_TRANS_TABLES'
set sql_mode = concat('ANSI', '_QUOTES')
set sql_mode = @old
set names gbk
set character_set_client = gbk
set autocommit = 1, sql_log_bin = 0
set a = 1
select /*+ SET_VAR(foreign_key_checks=OFF) */ 1
purge binary logs before now()
reset master
shutdown
kill 5
change master to master_host = 'x'
stop slave
binlog 'abc'
install plugin x soname 'x.so'
grant all on *.* to x
grant super on *.* to x
flush logs
xa commit 'x'
xa rollback 'x'
delete from mysql.user
update mysql.user set host = '%' where user = 'x'
-- unreadable
selec 1
select 'open
select `open
select /* open
select /*! open
/*! select /* x */ 1 */
-- comments that end elsewhere when they do not run
select 1 /*!99999 as ' */ ; drop table users /* ' */
/*!99999 select ' */ drop table users /* ' */
/*!99999 select " */ drop table users /* " */
/*!50000 select 1 -- */ drop table users
/*M!999999 select 1 # */ drop table users
/*!99999 select ` */ drop table users /* ` */
-- spaces that are none
select 1 --x, wiped()
-- calls that do not look so
with x as (select 1) select 1, wiped() as y from x
with x as (select 1) select 1, `wiped`() as y from x
show tables where wiped()
show variables where wiped() = 1
handler users read first where wiped()
signal sqlstate '45000' set message_text = (select wiped())
explain select wiped()
explain select * from users where id = wiped()
explain format=json select * from evil_view
describe select * from evil_view
do (select one from evil_view)
set @x = (select one from evil_view)
set @x = (select count(*) from shop.evil_view)
call close_order((select one from evil_view))
show tables where (select one from evil_view)
{fn wiped()}
select {fn wiped()}
select `wiped` ()
select ſum(1)
kill (select wiped())
update users set name = wiped() where id = 5
insert into audit (what) values (wiped())
insert into audit (what) select one from evil_view
call wrapped()
select wraps()
update users set name = null where id = concat(floor(rand() * 500))
update orders set status = 'x' where id = concat(wiped())
-- bodies
create procedure p() update users set name = null where 1
create procedure p() update users set name = null where id > 0
create procedure p() update users set name = null where id = id
create procedure p() update users set name = (select max(what) from audit where 1)
create procedure p(a int) update users set name = null where email = a
create procedure p() update users set name = null where id = users.id
create procedure p() insert into users select * from users u on duplicate key update name = null
create procedure p() begin declare i int; while i < 900 do update users set name = null where id = i; set i = i + 1; end while; end
create procedure p() begin insert into users (id) select 1 on duplicate key update name = null; end
create procedure p() do wiped()
create procedure p() select * from evil_view
create procedure p() begin do wiped(); end
create procedure p() begin call wipe_all(); end
create function f() returns int return wiped()
create trigger t after insert on audit for each row set @a = wiped()
create trigger t before update on users for each row update users set name = null where 1
create event e on schedule every 1 day do update users set name = null
create definer = root procedure p() drop table users
create trigger t after insert on function for each row delete from users where id in (1)
create trigger t after insert on event for each row delete from users where id in (1)
create definer = function@x trigger t after insert on audit for each row delete from users where id in (1)
create procedure if not exists shop.p(a int) drop table users
create function if not exists f(a decimal(5, 2)) returns decimal(5, 2) return wiped()
create event procedure on schedule every 1 day do truncate users
create event e on schedule every 1 day comment 'x' do drop table users
create or replace definer = current_user() procedure p (in a varchar(9), out b int) sql security invoker delete from users
create or replace trigger t after insert on audit for each row truncate users
begin not atomic drop table users; end
for i in 1 .. 5 do delete from users; end for
while 1 do delete from users; end while
execute immediate @a
execute immediate "truncate users"
execute immediate 'delete from users where id = ?' using 5, wiped()
prepare p from 'update users set name = null'
-- tables elsewhere, and engines
create table x (a int) engine='connect' table_type=csv file_name='/etc/passwd'
create table x (a int) engine=`spider`
create table x (id int) engine=merge union=(users) insert_method=last
set default_storage_engine = connect
set default_storage_engine = 'blackhole'
create or replace temporary table users (a int)
create or replace database shop
create or replace user clerk
-- definitions that lose rows
alter ignore table users add unique key (country)
alter online ignore table users add unique (name)
alter table users add column a int, drop partition p0
alter table users truncate partition all
alter table users coalesce partition 2
alter table users import tablespace
alter table users engine = memory
alter table users partition by hash (id)
alter table users /*!50000 drop */ email
alter table users add a int /*! , drop email */
alter table `users` drop `email`
alter table shop.users drop column if exists email
alter table users drop system versioning
alter view active_users as select wiped()
alter event e do delete from users
alter table users convert partition p0 to table x
repair table users use_frm
truncate table shop.users
drop /*!50000 temporary */ table users
drop table `users`
drop table shop . users
-- rows
delete from users using users where 1
delete from shop.users using shop.users join shop.orders where users.id = orders.user_id
delete users from users join orders on orders.user_id = users.id where users.id = 5 limit 5
delete from users where id = 5 or 1 = 1
delete from users where id in (1) or true
delete from users where (id, email) in (select id, email from users)
delete from users where id = 5 union select 1
update users u, orders o set u.name = null where u.id = 5
update users set id = id + 1, name = null order by id
replace into tenants select * from tenants
replace into users (id, email) select id, null from users
insert into users (id) values (1), (2) on duplicate key update id = wiped()
insert into users (id) select id from users on duplicate key update name = null
load data infile 'x' replace into table users
load xml infile 'x' replace into table users
table users into outfile '/tmp/x'
select _gbk'\' ; drop table users -- '; drop table users
-- server and session
set global sql_mode = 'ANSI'
set @@global.general_log = 0
set @@persist.max_connections = 5
set local sql_log_bin = off
set @@sql_log_bin := 0
set `sql_log_bin` = 0
set character_set_client = @utf8
set names @utf8
set character_set_client = concat('gb', 'k')
set character set sjis
set names 'big5'
set charset cp932
set collation_connection = x, character_set_client = gbk
set sql_mode = 4
set sql_mode = default
set sql_mode = 'ANSI' 
set statement sql_log_bin = 0 for delete from users
set password = 'x', sql_log_bin = 0; drop table users
set gtid_next = 'x'
set session binlog_format = 'STATEMENT'
flush hosts, logs
flush status, binary logs
flush relay logs
flush master
kill query 5
kill hard connection 5
kill user clerk
purge master logs to 'x'
reset slave all
reset query cache
reset persist
change replication source to source_host = 'x'
start slave
install soname 'x'
uninstall plugin x
create server s foreign data wrapper mysql options (host 'x')
backup stage start
clone local data directory '/x'
import table from 'x'
cache index users in x
delimiter //
source x.sql
system rm
grant all privileges on *.* to x with grant option
grant select on *.* to x with grant option
revoke all on *.* from x; drop database shop
update performance_schema.setup_consumers set enabled = 'no'
insert into mysql.user values (1)
call sys.execute_prepared_stmt('drop table users')
call mysql.anything()
lock tables users write; delete from users
start transaction; delete from users; commit
select 1\G; drop table users
