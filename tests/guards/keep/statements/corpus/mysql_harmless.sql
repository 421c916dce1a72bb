-- Each line is what applications, reports and migrations send: it must not be refused.
-- driver
select 1
SELECT @@version, @@session.auto_increment_increment, @@tx_isolation
select database(), user(), connection_id()
set names utf8mb4
set names 'utf8mb4' collate 'utf8mb4_unicode_ci'
set autocommit = 0
set sql_mode = 'STRICT_TRANS_TABLES'
set session sql_mode = 'STRICT_TRANS_TABLES,NO_ZERO_DATE'
set time_zone = '+08:00'
set @a = 5, @b = 'x'
set session transaction isolation level read committed
set session wait_timeout = 600
set foreign_key_checks = 0
/*!40101 SET NAMES utf8 */
/*!40014 SET FOREIGN_KEY_CHECKS=0 */
/*!40101 SET @OLD_SQL_MODE=@@SQL_MODE, SQL_MODE='NO_AUTO_VALUE_ON_ZERO' */
show variables like 'x%'
show create table users
show full columns from users
describe users
use shop
begin
start transaction read only
commit
rollback
savepoint a
lock tables users write
unlock tables
-- read
select * from users where id = 5
select count(*) from users
select `users`.`id`, `users`.`email` from `users` where `users`.`email` = 'x' order by `users`.`id` asc limit 21
select u.name, sum(o.total) from users u left join orders o on o.user_id = u.id group by u.id having sum(o.total) > 5 order by 2 desc limit 10, 20
select date_format(created, '%Y-%m') as m, count(*) from users where created >= now() - interval 1 year group by m
select concat(name, ' <', email, '>'), ifnull(name, ''), if(active, 1, 0) from users
select * from users where id in (select user_id from orders where total > 100)
select * from users u where exists (select 1 from orders o where o.user_id = u.id)
with x as (select user_id, count(*) n from orders group by user_id) select * from x where n > 5
select row_number() over (partition by user_id order by id) from orders
select group_concat(distinct name order by name separator ',') from users
select * from users where email like '%x%' or name regexp '^a'
select json_extract(line, '$.a'), line->>'$.b' from logs
select * from users for update
select sql_no_cache * from users limit 5
select 'drop table users', "delete from users"
select 1 -- drop table users
select 1 # drop table users
select /* drop table users */ 1
select * from active_users where id = 5
select plus(1, 2)
select last_insert_id()
select * from information_schema.tables where table_schema = 'shop'
select a.id into @x from users a where a.id = 1
select 1 union all select 2 order by 1
(select 1) union (select 2)
explain select * from users
explain delete from users
explain analyze select * from users where id = 5
handler users open
do sleep(0)
-- write
insert into users (email, name) values ('a@x.cn', 'A')
insert into users (email, name) values (?, ?), (?, ?)
insert into users set email = 'a', name = 'b'
insert ignore into users (email) values ('x')
insert into audit (what) select line from logs where level = 'error'
insert into users (id, email) values (1, 'x') on duplicate key update email = values(email)
insert into orders (user_id, total) values (5, 10.50)
replace into sessions (`key`, data) values ('k', 'x')
update users set name = 'x' where id = 5
update users set name = 'it''s \'quoted\'' where id = 5
update `users` set `name` = ? where `users`.`id` = ?
update users set active = 0 where id in (1, 2, 3)
update users set name = 'x' where email = 'a@x.cn' limit 1
update orders set status = 'paid', total = total * 1.1 where id = 7 and status = 'new'
update orders set status = 'paid' where user_id = 5
update low_priority users set name = 'x' where id = 5
delete from users where id = 5
delete from sessions where `key` = 'abc'
delete from orders where id = 7 and user_id = 5
delete from users where email = 'x' and id > 0
load data local infile 'x.csv' into table audit
call close_order(7)
prepare p from 'select * from users where id = ?'
deallocate prepare p
-- migrations
create table x (id int auto_increment primary key, name varchar(20) not null default '', key (name)) engine=InnoDB default charset=utf8mb4
create table if not exists x like users
create temporary table t as select * from users
drop temporary table t
create index i on users (country)
create unique index i on users (email)
create view v as select id from users
create or replace view active_users as select id from users
create database x
alter table users add column age int after name
alter table users add index i (country), add constraint c unique (name(20))
alter table users alter column country set default 'CN'
alter table users drop index email
alter table orders drop foreign key orders_ibfk_1
alter table users rename to people
alter table users rename column name to n
alter table users auto_increment = 1000
rename table users to people
drop view active_users
drop trigger audited
drop index i on users
create trigger t before insert on users for each row set new.name = upper(new.name)
create procedure p() begin select 1; end
grant select, insert on shop.* to clerk
create user clerk identified by 'x'
analyze table users
optimize table users
flush tables
create procedure p() begin declare n int default 0; if n > 0 then select 1; else select 2; end if; while n < 3 do set @n = n; end while; end
create function f(a int) returns int deterministic begin return a + 1; end
-- drivers and tools of many kinds
SET NAMES utf8mb4 COLLATE utf8mb4_unicode_ci
SET NAMES latin1
SET CHARACTER SET utf8mb4
SET character_set_results = NULL
SET SESSION TRANSACTION ISOLATION LEVEL READ COMMITTED
SET SESSION TRANSACTION READ WRITE
SET autocommit=1
SET @@session.autocommit = OFF
SELECT @@version_comment LIMIT 1
SELECT @@max_allowed_packet, @@system_time_zone, @@time_zone, @@auto_increment_increment
SELECT @@session.transaction_isolation
SELECT CONNECTION_ID()
SELECT VERSION()
SHOW VARIABLES LIKE 'lower_case_%'
SHOW VARIABLES WHERE Variable_name IN ('max_allowed_packet', 'sql_mode')
SHOW SESSION STATUS LIKE 'Ssl_cipher'
SHOW FULL TABLES FROM `shop` LIKE 'users'
SHOW CREATE TABLE `users`
SHOW INDEX FROM users
SHOW KEYS FROM users WHERE Key_name = 'PRIMARY'
SHOW TABLE STATUS LIKE 'users'
SHOW WARNINGS
SHOW FULL PROCESSLIST
SHOW GRANTS
SHOW ENGINES
SHOW COLLATION WHERE `Charset` = 'utf8mb4'
SHOW TRIGGERS LIKE 'orders'
SHOW FUNCTION STATUS WHERE Db = 'shop'
SHOW CREATE VIEW active_users
SHOW MASTER STATUS
SELECT TABLE_NAME, ENGINE FROM information_schema.TABLES WHERE TABLE_SCHEMA = DATABASE()
select constraint_name from information_schema.key_column_usage where table_schema = database() and table_name = 'users'
SELECT /*!40001 SQL_NO_CACHE */ `id`, `email` FROM `users`
START TRANSACTION /*!40100 WITH CONSISTENT SNAPSHOT */
LOCK TABLES `users` READ /*!32311 LOCAL */
/*!40103 SET TIME_ZONE='+00:00' */
/*!40101 SET NAMES utf8mb4 */
/*!40111 SET @OLD_SQL_NOTES=@@SQL_NOTES, SQL_NOTES=0 */
/*!40000 ALTER TABLE `users` DISABLE KEYS */
SAVEPOINT `s1`
ROLLBACK TO SAVEPOINT `s1`
RELEASE SAVEPOINT `s1`
INSERT INTO `users` (`email`, `name`) VALUES ('a@b.cn', 'x') RETURNING `id`
INSERT INTO `audit` (`what`) VALUES (_utf8mb4'x'), (N'y'), (X'41')
UPDATE `users` SET `name` = 'x', `active` = NOT `active` WHERE `id` = 3 AND `email` = 'a@b.cn'
UPDATE `orders` SET `status` = 'paid' WHERE `orders`.`id` IN (1, 2, 3)
DELETE FROM `orders` WHERE `orders`.`id` = 3 LIMIT 1
SELECT SQL_CALC_FOUND_ROWS * FROM users LIMIT 5
SELECT FOUND_ROWS()
SELECT COUNT(DISTINCT user_id), SUM(total), AVG(total), MIN(total), MAX(total) FROM orders
SELECT CASE WHEN active THEN 'a' ELSE 'b' END FROM users
SELECT * FROM users WHERE name LIKE 'a\_%' ESCAPE '\\'
SELECT * FROM orders WHERE created BETWEEN '2020-01-01' AND '2021-01-01' OR total > 5
select u.*, (select count(*) from orders o where o.user_id = u.id) as n from users u
select cast(total as decimal(10, 2)), convert(name using utf8mb4) from users, orders
call rename_user(5, 'x')
create procedure p(a int) begin if a > 1 then update users set name = 'x' where id = a; end if; end
create trigger t before update on users for each row set new.name = coalesce(new.name, old.name)
create temporary table t (a int) engine=memory
set default_storage_engine = InnoDB
alter table users add column (a int, b varchar(20)), comment = 'x'
explain update users set name = null
flush privileges
help 'select'
create definer=`root`@`localhost` procedure `p`(in a int, out b decimal(10, 2)) select 1 into b
create function if not exists shop.f(a decimal(5, 2)) returns decimal(5, 2) deterministic return a * 2
create trigger t before delete on users for each row insert into audit (what) values (old.id)
create event e on schedule every 1 day do insert into audit (what) values ('x')
