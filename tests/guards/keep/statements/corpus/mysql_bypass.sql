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
