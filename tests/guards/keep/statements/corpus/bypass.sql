-- Each line destroys, or cannot be judged: it must never be called safe. Lines with "--" are sections.
-- plain
drop table users
DROP/**/TABLE/**/users
dRoP tAbLe "users"
drop table if exists users cascade
drop table public.users, orders
drop table U&"\0075sers"
drop table U&"!0075sers" UESCAPE '!'
/* select 1 */ drop table users -- select 1
/* /* nested */ select 1 */ drop table users
;;; drop table users
select 1; drop table users
select ';'; drop table users; select 1
select $$;$$; drop table users
select $a$ $b$ $a$; truncate users
select 'it''s'; truncate users cascade
select E'\''; truncate users cascade; --'
begin; delete from users; commit
truncate users cascade
truncate only logs restart identity
truncate table items, logs
drop schema app cascade
drop schema if exists public, app cascade
drop database shop
drop database shop with (force)
drop owned by clerk
drop owned by current_user cascade
reassign owned by clerk to postgres
drop sequence users_id_seq cascade
drop materialized view sales
drop view active_users cascade
drop function touch() cascade
drop type mood cascade
drop domain positive cascade
drop extension plpgsql cascade
drop role clerk
drop event trigger x
drop publication p
drop subscription s
drop tablespace t
-- rows
delete from users
delete from only users
delete from users where true
delete from users where 1=1
delete from users where not false
delete from users where 'a' = 'a'
delete from users where null is null
delete from users where id = id
delete from users where id is not null
delete from users where id is not null or id is null
delete from users where id > -1
delete from users where id <> 0
delete from users where id = 5 or true
delete from users where id = 5 or id <> 5
delete from users where not (id = 5)
delete from users where id in (select id from users)
delete from users where id = any (select id from users)
delete from users where id = any (array(select id from users))
delete from users where exists (select 1)
delete from users where id between 0 and 100000000
delete from users where email like '%'
delete from users where email ~ '.*'
delete from users where coalesce(id, 1) = id
delete from users where id = coalesce(null, id)
delete from users where id::text = id::text
delete from users where (id, email) = (id, email)
delete from users where case when true then true end
delete from users where random() < 2
delete from users where id = nextval('users_id_seq') - 500
delete from users where id not in (0)
delete from users using orders where users.id = orders.user_id
delete from users u using users v where u.id = v.id
delete from users where country = 'CN'
delete from users where active
delete from users where active = true
delete from users where tableoid = 'users'::regclass
delete from users where ctid = any (array(select ctid from users))
delete from active_users
delete from active_users where name = name
delete from orders where status = 'new'
delete from tenants where id = 1
delete from trap.one_for_all where one = 1
update trap.one_for_all set email = null where one = 1
delete from events where kind = 'x'
delete from events
delete from queue where id > 0
delete from app.settings where name >= ''
update users set name = null
update users set name = '' where true
update users set active = false where id >= 1
update users set email = email || 'x' where email is not null
update logs set line = 'x' where level = 'info'
update users set name = o.note from orders o where o.user_id = users.id
update users set name = 'x' where id = (select users.id)
update only users set name = 'x'
update users set (name, email) = (select null, null)
update accounts set abalance = 0 where aid > 0
with d as (delete from logs returning *) select count(*) from d
with d as (delete from logs) select 1
with a as (select 1), b as (update users set name = null returning 1) select * from a, b
with recursive r as (select 1 as n union all select n + 1 from r where n < 3) delete from logs where exists (select 1 from r)
insert into users (id, email) select id, email from users on conflict (id) do update set email = null
insert into app.settings select name, '' from app.settings on conflict (name) do update set value = excluded.value
with d as (delete from logs returning line) insert into audit (what) select line from d
merge into users u using orders o on u.id = o.user_id when matched then delete
merge into users u using users v on u.id = v.id when matched then update set name = null
merge into users u using (select 1) s on true when matched then delete
merge into users u using (values (1)) s (id) on u.id = u.id when matched then delete
-- wrapped
explain analyze delete from logs
explain (analyze true, buffers) update users set name = null
explain (analyze) delete from logs
explain (analyze 1) delete from logs
explain (analyze off, analyze on) delete from logs
explain analyze create table x as select trap.wipe()
explain analyze execute p
prepare p as delete from logs
prepare p (int) as update users set name = null where id <> $1
prepare p as delete from logs; execute p
execute p
execute hidden(1, 2)
declare c cursor for select trap.wipe()
declare c cursor with hold for select * from trap.logs_seen
create table x as select trap.wipe_pl()
create table x as execute p
select trap.wipe_pl() into x
create materialized view x as select trap.wipe()
create view x as select trap.wipe()
copy (delete from logs returning *) to stdout
copy (select trap.wipe()) to stdout
copy trap.logs_seen to stdout
copy users to program 'cat > /dev/null'
copy users from program 'rm -rf /'
copy (select 1) to program 'sh'
copy users to '/var/lib/postgresql/data/pg_hba.conf'
copy (select 'x') to '/tmp/x'
-- functions
select trap.wipe()
select trap.wipe_pl()
select "trap"."wipe"()
select wipe()
select trap.wipe_text('users')
select trap.wipe_const()
select trap.wipe_deep()
select trap.wipe_atomic()
select trap.wipe_loop()
select trap.wipe_handler()
select trap.wipe_default(trap.wipe())
select * from trap.wipe_set()
select 1 where trap.wipe() = 1
select 1 from users order by trap.wipe()
select 1 from users limit trap.wipe()
select count(*) filter (where trap.wipe() = 1) from users
select sum(id) over (partition by trap.wipe()) from users
select case when false then 1 else trap.wipe() end
select coalesce(null, trap.wipe())
select array[trap.wipe()]
select (select trap.wipe())
select row(trap.wipe())
values (trap.wipe())
select * from (values (1), (trap.wipe())) v
select * from users, lateral (select trap.wipe()) x
select * from rows from (trap.wipe_set(), generate_series(1, 2))
select u.wipe_row from users u
select (u).wipe_row from users u
select (u.*).wipe_row from users u
select trap.wipe_row(u) from users u
select trap.said_immutable(1)
explain select trap.said_immutable(1)
select trap.off()
select trap.total(id) from users
select 1 operator(trap.=~=) 2
select 1 =~= 2
select initcap(5)
select initcap('x')
select p::int from trap.paired
update trap.paired set p = null where p = null
select * from trap.logs_seen
select * from trap.twice
select 1 from trap.twice limit 0
select 'x'::trap.checked
select cast('x' as trap.checked)
select row(1, 2)::trap.pair::int
select drop_user(id) from users
select drop_user(i) from generate_series(1, 500) i
select drop_user(generate_series(1, 500))
select (select drop_user(u.id)) from users u
call trap.purge()
call purge()
insert into trap.guarded values ('x')
insert into trap.defaulted (b) values (1)
insert into trap.defaulted default values
insert into trap.triggered values (1)
insert into trap.ruled values (1)
insert into trap.feeder select id from users
copy trap.triggered from stdin
copy trap.feeder from stdin
update trap.door set a = 2 where a = 1
insert into audit (what) values (trap.wipe()::text)
update users set name = 'x' where id = trap.wipe()
insert into audit (what) select 'x' returning trap.wipe()
select trap.wipe_default()
select trap.wipe_default(a => default_a) from (values (trap.wipe())) v (default_a)
insert into trap.domained (b) values (1)
select 'x'::trap.again
select row(1, 'x')::trap.holding
insert into trap.parted values (1)
delete from trap.above where id = 5
update trap.above set n = 0 where id = 5
create table x (like trap.defaulted including all); insert into x (b) values (1)
create table x () inherits (trap.defaulted); insert into x (b) values (1)
create rule r as on insert to orders do instead nothing
update pg_settings set setting = 'replica' where name = 'session_replication_role'
select * from set_config('session_replication_role', 'replica', false)
select set_config($1, $2, false)
-- blocks
do $$ begin delete from logs; end $$
do $$ begin execute 'delete from logs'; end $$
do $$ begin execute format('delete from %I', 'logs'); end $$
do $$ begin perform trap.wipe(); end $$
do $$ declare n int := trap.wipe(); begin end $$
do $$ begin for i in 1..500 loop delete from users where id = i; end loop; end $$
do $$ declare r record; begin for r in select id from users loop perform drop_user(r.id); end loop; end $$
do $$ begin if true then truncate logs; end if; end $$
do $$ begin begin raise 'x'; exception when others then drop table logs; end; end $$
do $$ declare n int; begin delete from logs returning 1 into n; end $$
do $$ declare c refcursor; begin open c for execute 'delete from logs returning 1'; end $$
do $$ begin raise notice '%', trap.wipe(); end $$
do $$ declare n int; begin n := trap.wipe(); end $$
do $$ declare n int[]; begin n[trap.wipe()] := 1; end $$
do $$ begin while trap.wipe() = 1 loop exit; end loop; end $$
do $$ begin assert trap.wipe() = 1; end $$
do $$ begin call trap.purge(); end $$
do language plperl $$ unlink $$
do language plpython3u 'import os'
do 'begin delete from logs; end'
do E'begin\ndelete from logs; end'
do U&'begin delete\0020from logs; end'
create function f() returns void language plpgsql as $$ begin delete from logs; end $$; select f()
create or replace function touch() returns trigger language plpgsql as $$ begin delete from orders; return new; end $$
create function f() returns int language sql as 'delete from logs; select 1'
create function f() returns int language sql begin atomic; delete from logs; select 1; end
create function f() returns int language c as '/tmp/x.so', 'f'
create function f() returns int language internal as 'pg_reload_conf'
create function f() returns int language plpython3u as 'pass'
create procedure f() language plpgsql as $$ begin execute current_setting('a.b'); end $$
-- definitions
alter table users drop column email
alter table users drop email cascade
alter table users alter column name type int using 0
alter table orders alter note type varchar(1)
alter table users alter created_at type date
alter table users set unlogged
alter table users disable trigger all
alter table users disable trigger user
alter table users disable trigger touch
alter table users enable replica trigger touch
alter table trap.ruled disable rule r
alter table users disable row level security
alter table users no force row level security
alter table users add column x int default trap.wipe()
alter table users add check (trap.check_it(name))
alter table users alter name set default trap.wipe()::text
alter type trap.pair drop attribute a
create table x (a int default trap.wipe())
create index on users ((trap.said_immutable(id)))
create trigger x after insert on users for each row execute function trap.on_insert()
create event trigger x on ddl_command_end execute function trap.nothing()
create rule x as on insert to audit do also delete from logs
create rule x as on select to audit do instead select trap.wipe()
create policy p on users using (trap.check_it(name))
create domain d as text check (trap.check_it(value))
create aggregate g (int) (sfunc = trap.step, stype = int)
create operator === (leftarg = int, rightarg = int, function = trap.eq)
create cast (trap.pair as text) with function trap.to_int(trap.pair)
create operator = (leftarg = int, rightarg = int, function = int4ne); delete from users where id = 5
alter table logs rename to gone; alter table users rename to logs; delete from logs where level = 'x'
create extension dblink
create extension file_fdw
alter extension plpgsql add function trap.wipe()
create language plperlu
create access method m type table handler heap_tableam_handler
load '/tmp/x'
import foreign schema public from server s into public
create subscription s connection 'host=x' publication p
-- server
alter system set archive_mode = off
alter system reset all
set session_replication_role = replica
set local session_replication_role to 'replica'
select set_config('session_replication_role', 'replica', false)
select pg_catalog.set_config('session_' || 'replication_role', 'replica', false)
set zero_damaged_pages = on
set allow_system_table_mods = on
set standard_conforming_strings = off
set client_encoding = 'GBK'
set names 'SJIS'
set transform_null_equals = on
set local_preload_libraries = 'x'
alter role postgres set session_replication_role = replica
alter database shop set session_replication_role = replica
alter role clerk superuser
alter role clerk replication bypassrls
create role x superuser login
grant pg_write_server_files to clerk
grant pg_execute_server_program to clerk
alter database shop allow_connections false
delete from pg_class where oid = 5
update pg_catalog.pg_database set datallowconn = false
insert into pg_rewrite select * from pg_rewrite
delete from pg_largeobject where loid = 1
truncate pg_statistic
select lo_unlink(5)
select lo_unlink(oid) from pg_largeobject_metadata
select lo_put(5, 0, 'x')
select lo_export(5, '/etc/passwd')
select pg_read_file('/etc/passwd')
select pg_ls_dir('/')
select pg_terminate_backend(pid) from pg_stat_activity
select pg_drop_replication_slot('vault')
select pg_replication_slot_advance('vault', '0/1')
select * from pg_logical_slot_get_changes('vault', null, null)
select pg_promote()
select query_to_xml('delete from logs', true, true, '')
select * from ts_stat('select trap.wipe()')
select cursor_to_xml('c', 1, true, true, '')
select ts_rewrite('a'::tsquery, 'select trap.wipe()')
select database_to_xml(true, true, '')
select dblink_exec('drop table users')
select no_such_function()
select * from no_such_table
commit prepared 'x'
rollback prepared 'x'
drop user mapping for clerk server s
set search_path = hongxian_trash_x, public
drop schema hongxian_trash_x cascade
-- anywhere
select count(*) from users group by trap.wipe()
select * from users join lateral trap.wipe_set() on true
select xmlelement(name a, trap.wipe())
select xmlforest(trap.wipe() as a)
select xmlserialize(content xmlelement(name b, trap.wipe()) as text)
select json_build_object('a', trap.wipe())
select array(select trap.wipe())
select extract(year from now() + trap.wipe() * interval '1 day')
select trap.wipe()::text collate "C"
select 1 where 1 in (2, trap.wipe())
select 1 where 1 between trap.wipe() and 5
select 1 where 'a' like trap.wipe()::text
select 1 where 1 is distinct from trap.wipe()
select * from users fetch first (trap.wipe()) rows only
select * from users offset trap.wipe()
select sum(id) over (rows trap.wipe() preceding) from users
select sum(id) over w from users window w as (order by trap.wipe())
select * from users tablesample system (trap.wipe())
select * from users tablesample system (5) repeatable (trap.wipe())
select * from xmltable('/a' passing xmlelement(name a, trap.wipe()) columns b int)
insert into audit (what) values ('x') returning trap.wipe()
insert into users (id) values (5) on conflict (id) do update set name = trap.wipe()::text
insert into users (id) values (5) on conflict (id) do update set name = 'x' where trap.wipe() = 1
update users set (name, email) = (select trap.wipe()::text, 'x') where id = 5
update users set name = 'x' from (select trap.wipe()) v where id = 5
merge into users u using (values (5)) v (id) on u.id = v.id when matched and trap.wipe() = 1 then do nothing
select grouping(id) from users group by grouping sets ((trap.wipe()), (id))
select id from users order by id using operator(trap.=~=)
create table x partition of events for values from (trap.wipe()) to (maxvalue)
create trigger x before insert on users for each row when (trap.wipe() = 1) execute function touch()
create statistics s on (trap.wipe()), id from users
call close_order(trap.wipe())
with a as materialized (select trap.wipe()) select 1
with recursive a as (select 1 union select trap.wipe()) select * from a
select * from users where id = any (array[trap.wipe()])
select case trap.wipe() when 1 then 2 end
select greatest(1, trap.wipe())
select nullif(1, trap.wipe())
select -trap.wipe()
select not (trap.wipe() = 1)
select (select trap.wipe()) is null
select trap.wipe() is not null
select ('{1,2}'::int[])[trap.wipe()]
select ('{1,2}'::int[])[1:trap.wipe()]
select row(trap.wipe(), 1) = row(1, 1)
select exists (select trap.wipe())
select 1 = all (select trap.wipe())
select string_agg('a', 'b' order by trap.wipe()) from users
select percentile_cont(0.5) within group (order by trap.wipe()) from users
select * from users for update of users skip locked; select trap.wipe()
create temp table x as select trap.wipe()
create unlogged table x (a int check (trap.wipe() = 1))
create table x (a int generated always as (trap.said_immutable(1)) stored)
alter table users alter column name set default (select trap.wipe())::text
alter table users add constraint c exclude using gist (name with =) where (trap.wipe() = 1)
create index i on users (id) where trap.wipe() = 1
create view x as select * from trap.twice
create materialized view x as select * from trap.twice
select * from (select * from (select trap.wipe()) a) b
select u from users u where u.wipe_row = 1
select u.* from users u order by u.wipe_row
select users.wipe_row from users
delete from users u where u.id = 5 and u.wipe_row = 1
update users u set name = 'x' where u.id = u.wipe_row
explain analyze insert into trap.triggered values (1)
explain analyze select * from trap.twice
explain (analyze, verbose) declare c cursor for select trap.wipe()
explain analyze create materialized view x as select trap.wipe()
prepare p as insert into trap.triggered values (1)
copy (insert into trap.triggered values (1) returning 1) to stdout
select pg_catalog.lo_unlink(5)
select "lo_unlink"(5)
select lo_unlink(variadic array[5])
select * from lo_unlink(5)
select pg_terminate_backend(pid) from pg_stat_replication
select pg_reload_conf(), lo_unlink(1)
set session authorization default; delete from users
set local session_replication_role = 'replica'
set session session_replication_role to replica
set SESSION_REPLICATION_ROLE = replica
set "session_replication_role" = replica
alter role all set session_replication_role = replica
alter role clerk in database postgres set zero_damaged_pages = on
create function f() returns void language plpgsql set session_replication_role = replica as $$ begin end $$
alter function add(int, int) set session_replication_role = replica
alter routine add(int, int) set session_replication_role = replica
do $$ begin set local session_replication_role = replica; end $$
do $$ begin perform set_config('session_replication_role', 'replica', true); end $$
do $x$ begin execute $y$ drop table users $y$; end $x$
do $$ declare s text := 'delete from logs'; begin execute s; end $$
do $$ begin execute 'delete from logs' using 5; end $$
do $$ <<l>> begin loop exit l when trap.wipe() = 1; end loop; end $$
do $$ begin case trap.wipe() when 1 then null; else null; end case; end $$
do $$ begin raise exception using message = trap.wipe()::text; end $$
do $$ declare c cursor for select trap.wipe(); begin open c; end $$
do $$ declare c cursor (n int) for select n; begin open c(trap.wipe()); end $$
do $$ declare x int; begin foreach x in array array[trap.wipe()] loop null; end loop; end $$
do $$ begin for i in 1 .. trap.wipe() loop null; end loop; end $$
do $$ begin for i in reverse 5 .. 1 by trap.wipe() loop null; end loop; end $$
do $$ declare r record; begin r := (select trap.wipe()); end $$
do $$ declare a int = trap.wipe(); begin end $$
do $$ declare a constant int default trap.wipe(); begin end $$
do $$ begin merge into users u using (select 1) s on true when matched then delete; end $$
do $$ begin delete from users where id = 5; delete from logs; end $$
create function f() returns trigger language plpgsql as $$ begin delete from users; return old; end $$
create function f(n int) returns void language plpgsql as $$ begin delete from users where id = n; perform f(n - 1); end $$; select f(500)
select trap.down(500)
call trap.deeper(500)
-- unreadable
selec 1
drop tabel users
select 1 from
select 'open
select 1 \; drop table users
