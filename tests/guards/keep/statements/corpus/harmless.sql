-- Each line is what applications, reports and migrations send: it must not be refused.
-- driver
select 1
SELECT 1;
select version()
select current_database(), current_user, pg_backend_pid()
show server_version
show transaction isolation level
begin
BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY
start transaction
commit
rollback
savepoint a
rollback to savepoint a
release a
set application_name = 'shop'
set client_encoding to 'UTF8'
set datestyle to 'ISO'
set timezone to 'Asia/Shanghai'
set time zone 'UTC'
set statement_timeout = '5s'
set search_path to app, public
set local lock_timeout = 1000
set extra_float_digits = 3
set standard_conforming_strings = on
set row_security = off
set default_transaction_read_only = on
set transaction isolation level serializable
set session characteristics as transaction read only
set app.tenant = '5'
select set_config('app.tenant', '5', true)
select pg_catalog.set_config('search_path', '', false)
reset statement_timeout
discard all
deallocate all
listen jobs
notify jobs, 'x'
unlisten *
select pg_advisory_lock(1)
select pg_try_advisory_xact_lock(5, 6)
select t.oid, typarray from pg_type t join pg_namespace ns on typnamespace = ns.oid where typname = 'hstore'
select c.relname, n.nspname from pg_catalog.pg_class c left join pg_catalog.pg_namespace n on n.oid = c.relnamespace where c.relkind in ('r', 'p') order by 1
select a.attname, format_type(a.atttypid, a.atttypmod), pg_get_expr(d.adbin, d.adrelid), a.attnotnull from pg_attribute a left join pg_attrdef d on a.attrelid = d.adrelid and a.attnum = d.adnum where a.attrelid = '"users"'::regclass and a.attnum > 0 order by a.attnum
select table_name from information_schema.tables where table_schema = 'public'
select pid, state, query from pg_stat_activity where state <> 'idle'
select pg_size_pretty(pg_total_relation_size('users'))
-- read
select * from users where id = 5
select count(*) from users
select "users"."id", "users"."email" from "users" where ("users"."email" = 'x' and "users"."active") order by "users"."id" asc limit 21
select distinct on (user_id) * from orders order by user_id, placed desc
select u.name, sum(o.total) from users u left join orders o on o.user_id = u.id group by u.id having sum(o.total) > 5 order by 2 desc nulls last limit 10 offset 20
select date_trunc('month', placed) as month, count(*), avg(total)::numeric(10,2) from orders where placed >= current_date - interval '1 year' group by 1 order by 1
select *, row_number() over (partition by user_id order by placed) from orders
select * from users where lower(email) = lower('X')
select * from users where email ilike '%x%' escape '!'
select * from users where id in (select user_id from orders where total > 100)
select * from users u where exists (select 1 from orders o where o.user_id = u.id)
select * from users where id = any (array[1, 2, 3])
select * from orders where placed between '2024-01-01' and '2024-12-31'
select coalesce(name, 'n/a'), nullif(country, ''), greatest(1, 2), case when active then 1 else 0 end from users
with recent as (select * from orders where placed > now() - interval '1 day') select count(*) from recent
with recursive t(n) as (values (1) union all select n + 1 from t where n < 100) select sum(n) from t
select * from generate_series(1, 10) i
select * from unnest(array[1, 2], array['a', 'b']) as x(a, b)
select jsonb_agg(jsonb_build_object('id', id, 'at', at)) from events where body ? 'k' and body @> '{"a": 1}'
select body ->> 'a', body #>> '{b,c}', jsonb_path_query(body, '$.x') from events
select string_agg(name, ', ' order by name) filter (where active) from users
select percentile_cont(0.5) within group (order by total) from orders
select user_id, grouping(user_id), sum(total) from orders group by rollup (user_id)
select * from users for update skip locked limit 1
select * from users where id = 5 for no key update
select id from users union all select id::int from orders except select 5 intersect select 6
select extract(epoch from created_at), to_char(created_at, 'YYYY-MM-DD'), age(created_at) from users
select substring(email from 1 for 3), trim(both ' ' from name), position('x' in email), overlay(email placing 'y' from 2) from users
select regexp_replace(email, '@.*', ''), split_part(email, '@', 2), md5(email), encode(sha256(email::bytea), 'hex') from users
select * from active_users where id = 5
select * from order_sums
select * from sales
select add(1, 2)
select factorial(5) from users
select full_name(u) from users u
select u.full_name from users u
select * from users tablesample system (10)
select * from orders o cross join lateral (select count(*) from items i where i.order_id = o.id) x
select to_tsvector('english', line) @@ plainto_tsquery('english', 'x') from logs
select nextval('users_id_seq'), currval('users_id_seq'), lastval()
select random(), clock_timestamp(), gen_random_uuid()
select 'DROP TABLE users; DELETE FROM users'
select $$ delete from users $$ as "drop table users"
select 1 -- drop table users
select 1 /* truncate users */
values (1, 'a'), (2, 'b')
table users
explain select * from users
explain analyze select * from users where id = 5
explain delete from users
explain (analyze off) delete from users
explain (costs off, format json) update users set name = 'x' where id = 5
declare c cursor for select * from users; fetch 10 from c; close c
prepare p (int) as select * from users where id = $1; execute p(5); deallocate p
copy users to stdout
copy users (id, email) to stdout with (format csv, header)
copy (select * from users where active) to stdout
copy users (email, name) from stdin with (format csv)
lock table users in access share mode
-- write
insert into users (email, name) values ('a@x.cn', 'A')
insert into users (email, name) values ('a@x.cn', 'A'), ('b@x.cn', 'B') returning id
insert into users (email) values ($1) on conflict do nothing
insert into users (email, name) values ('a@x.cn', 'A') on conflict (email) do update set name = excluded.name returning id
insert into app.settings (name, value) values ('a', '1'), ('b', '2') on conflict (name) do update set value = excluded.value
insert into audit (what) select line from logs where level = 'error'
insert into orders (user_id, total) values (5, 10.50)
insert into events (at, kind, body) values ('2024-05-05', 'login', '{"ip": "::1"}')
insert into trap.feeder values (5)
insert into logs default values
update users set name = 'x' where id = 5
update users set name = 'x', email = lower(email) where id = $1
update users set name = $1 where email = $2
update "users" set "name" = 'x' where "users"."id" = 5
update users set active = false where id in (1, 2, 3)
update users set active = false where id = any ($1)
update orders set status = 'paid', total = total * 1.1 where id = 7 and status = 'new'
update orders set status = 'paid' where user_id = 5
update accounts set abalance = abalance + 55 where aid = 1234
update items set qty = qty - 1 where order_id = 5 and line = 1
update items set qty = 1 where (order_id, line) in ((5, 1), (6, 1))
update users set name = case when id = 1 then 'a' when id = 2 then 'b' end where id in (1, 2)
update users u set name = v.name from (values (1, 'a'), (2, 'b')) as v (id, name) where u.id = v.id
update sessions set data = 'x', expires = now() + interval '14 days' where key = 'abc'
update users set name = rename.name from (select 'x' as name) rename where users.id = 9
update active_users set name = 'x' where id = 5
update queue set done = true where id = 5
delete from users where id = 5
delete from sessions where key = 'abc'
delete from sessions where key in ('a', 'b')
delete from orders where id = 7 returning *
delete from items where order_id = 5
delete from items where order_id = $1 and line > 3
delete from notes where id = 5
delete from users where email = 'a@x.cn'
delete from users where id = 5 and exists (select 1 from orders where user_id = users.id)
with moved as (delete from orders where id = 7 returning *) insert into audit (what) select id::text from moved
merge into users u using (values (5, 'x')) v (id, name) on u.id = v.id when matched then update set name = v.name when not matched then insert (email, name) values ('e', v.name)
select rename_user(5, 'x')
select drop_user(5)
call close_order(7)
begin; update accounts set abalance = abalance + 5 where aid = 5; select abalance from accounts where aid = 5; insert into audit (what) values ('x'); commit
do $$ begin perform add(1, 2); raise notice 'x'; end $$
do $$ begin if not exists (select from pg_type where typname = 'mood2') then create type mood2 as enum ('a'); end if; end $$
create temp table staging (id int, name text); insert into staging values (1, 'x'); update staging set name = 'y'; delete from staging; drop table staging
-- migrations
create table x (id bigserial primary key, name text not null, at timestamptz default now(), price numeric(10,2) check (price > 0))
create table if not exists x (id int generated by default as identity, user_id int references users (id) on delete set null, unique (user_id))
create table x (like users including all)
create table events_2026 partition of events for values from ('2026-01-01') to ('2027-01-01')
create table report as select user_id, count(*) from orders group by 1
create temp table t on commit drop as select * from users
create unlogged table cache (key text primary key, value bytea)
create index concurrently idx_users_country on users (country)
create unique index on users (lower(email)) where active
create index on events using gin (body jsonb_path_ops)
create view x as select id, email from users
create or replace view active_users as select id, email, name from users where active
create materialized view x as select country, count(*) from users group by 1 with no data
refresh materialized view concurrently sales
create sequence s start 5
create schema reporting
create type colour as enum ('red', 'green')
create type pair2 as (a int, b text)
create domain email_address as text check (value ~ '@')
create extension if not exists pg_trgm
create extension "uuid-ossp" with schema public
create function f(a int) returns int language sql immutable as 'select a * 2'
create or replace function add(a int, b int) returns int language sql immutable as $$ select a + b $$
create function set_at() returns trigger language plpgsql as $$ begin new.at := now(); return new; end $$
create function bump(p_id int) returns int language plpgsql as $$ declare n int; begin update accounts set abalance = abalance + 1 where aid = p_id returning abalance into n; return n; end $$
create function fib(n int) returns int language sql as $$ select case when n < 2 then n else fib(n - 1) + fib(n - 2) end $$
create trigger at before update on users for each row when (old.* is distinct from new.*) execute function touch()
alter table users add column age int
alter table users add column if not exists tags text[] not null default '{}'
alter table users alter column name set default '', alter column name set not null
alter table users alter column name drop not null
alter table users alter column id type bigint
alter table users add constraint uq unique (email, country)
alter table orders add constraint fk foreign key (user_id) references users (id) not valid
alter table orders validate constraint orders_user_id_fkey
alter table users rename column name to full_name2
alter table users rename to people
alter table users drop constraint users_email_key
alter table users owner to postgres
alter table users enable row level security
alter table events attach partition events_2025 default
alter table events detach partition events_2024
alter table users set (fillfactor = 80)
alter type mood add value 'happy'
alter index users_pkey rename to pk
alter sequence users_id_seq restart with 1000
drop index if exists idx_users_country
drop index concurrently users_email_key
drop view active_users
drop function add(int, int)
drop trigger touch on users
comment on table users is 'drop table users'
grant select, insert on users to clerk
revoke all on all tables in schema public from public
grant usage on schema app to clerk
alter default privileges in schema public grant select on tables to clerk
create role reader nologin
alter role clerk with password 'x'
create policy own on users using (id = current_setting('app.tenant')::int)
vacuum analyze users
vacuum (verbose, analyze)
analyze
reindex index users_pkey
cluster users using users_pkey
checkpoint
select pg_catalog.setval('public.users_id_seq', 500, true)
