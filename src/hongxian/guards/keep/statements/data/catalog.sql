-- Queries of PostgreSQL's own catalog (15 and later), each under its name.
-- name: settings
select name, setting from pg_settings
where name in ('server_version_num', 'standard_conforming_strings', 'session_replication_role',
  'client_encoding', 'server_encoding')
-- name: functions
-- $1: without those that came with the server and were never replaced
select n.nspname as schema, p.proname as name, p.prokind::text as kind, l.lanname as language,
  p.provolatile::text as volatility, p.pronargs - p.pronargdefaults as least, p.pronargs as most,
  p.provariadic <> 0 as variadic, p.oid < 16384 as builtin,
  case when l.lanname not in ('internal', 'c') or (l.lanname = 'internal' and p.oid >= 16384)
       then p.prosrc end as body,
  case when p.prosqlbody is not null then pg_get_functiondef(p.oid) end as atomic,
  p.proargnames as argnames,
  array(select t.typtype = 'c' or t.oid = 'record'::regtype
        from unnest(coalesce(p.proallargtypes, p.proargtypes::oid[])) with ordinality a (type, place)
        join pg_type t on t.oid = a.type order by a.place) as composite,
  p.prorettype::regtype::text as returns, p.proretset as retset, p.proconfig as config,
  (select e.extname from pg_depend d join pg_extension e on e.oid = d.refobjid
   where d.classid = 'pg_proc'::regclass and d.objid = p.oid and d.deptype = 'e'
     and d.refclassid = 'pg_extension'::regclass limit 1) as extension,
  array(select fn.nspname || e'\x1f' || f.proname
        from pg_aggregate a cross join lateral unnest(array[a.aggtransfn, a.aggfinalfn,
          a.aggcombinefn, a.aggserialfn, a.aggdeserialfn, a.aggmtransfn, a.aggminvtransfn,
          a.aggmfinalfn]::oid[]) part (oid)
        join pg_proc f on f.oid = part.oid join pg_namespace fn on fn.oid = f.pronamespace
        where a.aggfnoid = p.oid) as parts,
  case when p.oid >= 16384 then pg_get_expr(p.proargdefaults, 0) end as defaults,
  p.oid >= 16384 and p.pronargs - p.pronargdefaults <= 1 and p.pronargs >= 1
    and exists (select from pg_type t where t.oid = p.proargtypes[0]
                and (t.typtype in ('c', 'd') or t.typtype = 'p')) as of_row
from pg_proc p join pg_namespace n on n.oid = p.pronamespace
join pg_language l on l.oid = p.prolang
where p.oid >= 16384 or p.xmin::text::int8 > 2 or not $1
order by p.oid
-- name: relations
select c.oid, n.nspname as schema, c.relname as name, c.relkind::text as kind,
  case when c.reltuples >= 0 then c.reltuples::float8
       when c.relkind in ('r', 'm') and c.oid >= 16384 then
         case when pg_relation_size(c.oid) = 0 then 0
              else nullif(pg_stat_get_live_tuples(c.oid), 0)::float8 end end as rows,
  case when c.reltuples < 0 and c.relkind in ('r', 'm') and c.oid >= 16384
       then pg_relation_size(c.oid) = 0 else false end as empty,
  case when c.relkind in ('v', 'm') and c.oid >= 16384 then pg_get_viewdef(c.oid) end as definition,
  (select w.fdwname from pg_foreign_table t join pg_foreign_server s on s.oid = t.ftserver
   join pg_foreign_data_wrapper w on w.oid = s.srvfdw where t.ftrelid = c.oid) as wrapper,
  c.oid < 16384 as builtin, c.relpersistence = 't' as temporary,
  pg_get_expr(c.relpartbound, c.oid) as bound
from pg_class c join pg_namespace n on n.oid = c.relnamespace
where n.nspname <> 'pg_toast' and not (c.oid < 16384 and c.relkind = 'i')
order by c.oid
-- name: columns
select a.attrelid as oid, a.attname as name, format_type(a.atttypid, a.atttypmod) as type,
  a.attgenerated <> '' as generated, a.attidentity::text as identity,
  greatest(s.most_common_freqs[1]::float8,
    case when s.n_distinct > 0 then 1 / s.n_distinct::float8
         when s.n_distinct < 0 and c.reltuples > 0 then 1 / (-s.n_distinct * c.reltuples)::float8
         end) as common
from pg_attribute a join pg_class c on c.oid = a.attrelid
join pg_namespace n on n.oid = c.relnamespace
left join pg_stats s on s.schemaname = n.nspname and s.tablename = c.relname
  and s.attname = a.attname
  and s.inherited = exists (select from pg_inherits i where i.inhparent = c.oid)
where a.attnum > 0 and not a.attisdropped and c.oid >= 16384
  and c.relkind in ('r', 'p', 'v', 'm', 'f', 'c') and n.nspname <> 'pg_toast'
order by a.attrelid, a.attnum
-- name: keys
select i.indrelid as oid, array(select a.attname::text
  from unnest(i.indkey::int2[]) with ordinality k (number, place)
  join pg_attribute a on a.attrelid = i.indrelid and a.attnum = k.number
  where k.place <= i.indnkeyatts order by k.place) as columns
from pg_index i
where i.indisunique and i.indisvalid and i.indpred is null and i.indexprs is null
  and i.indrelid >= 16384
order by i.indrelid, not i.indisprimary, i.indexrelid
-- name: triggers
select t.tgrelid as oid, t.tgname as name, t.tgtype::int as type, t.tgenabled::text as enabled,
  array[n.nspname, p.proname]::text[] as function, pg_get_triggerdef(t.oid) as definition
from pg_trigger t join pg_proc p on p.oid = t.tgfoid join pg_namespace n on n.oid = p.pronamespace
where not t.tgisinternal
order by t.tgrelid, t.tgname
-- name: rules
select r.ev_class as oid, r.rulename as name, r.ev_type::text as event,
  r.ev_enabled::text as enabled, pg_get_ruledef(r.oid) as definition
from pg_rewrite r where r.rulename <> '_RETURN' and r.ev_class >= 16384
order by r.ev_class, r.rulename
-- name: expressions
select d.adrelid as oid, 'value' as part, pg_get_expr(d.adbin, d.adrelid) as expression
from pg_attrdef d
union all
select c.conrelid, 'value', pg_get_expr(c.conbin, c.conrelid) from pg_constraint c
where c.contype = 'c' and c.conrelid >= 16384
union all
select p.partrelid, 'value', 'row(' || pg_get_expr(p.partexprs, p.partrelid) || ')'
from pg_partitioned_table p where p.partexprs is not null
union all
select i.indrelid, 'index', part.expression from pg_index i cross join lateral (values
  (pg_get_expr(i.indpred, i.indrelid)), ('row(' || pg_get_expr(i.indexprs, i.indrelid) || ')'))
  part (expression)
where i.indrelid >= 16384 and part.expression is not null
union all
select p.polrelid, 'policy', part.expression from pg_policy p cross join lateral (values
  (pg_get_expr(p.polqual, p.polrelid)), (pg_get_expr(p.polwithcheck, p.polrelid)))
  part (expression)
where part.expression is not null
-- name: children
select i.inhparent as oid, array[n.nspname, c.relname]::text[] as child
from pg_inherits i join pg_class c on c.oid = i.inhrelid
join pg_namespace n on n.oid = c.relnamespace
where c.relkind in ('r', 'p', 'f')
order by i.inhparent, i.inhseqno, n.nspname, c.relname
-- name: foreign_keys
select k.conname as name, array[n.nspname, c.relname]::text[] as table,
  array(select a.attname::text from unnest(k.conkey) with ordinality x (number, place)
        join pg_attribute a on a.attrelid = k.conrelid and a.attnum = x.number
        order by x.place) as columns,
  array[fn.nspname, f.relname]::text[] as to,
  array(select a.attname::text from unnest(k.confkey) with ordinality x (number, place)
        join pg_attribute a on a.attrelid = k.confrelid and a.attnum = x.number
        order by x.place) as to_columns,
  k.confdeltype::text as on_delete, k.confupdtype::text as on_update,
  pg_get_constraintdef(k.oid) as definition
from pg_constraint k join pg_class c on c.oid = k.conrelid
join pg_namespace n on n.oid = c.relnamespace
join pg_class f on f.oid = k.confrelid join pg_namespace fn on fn.oid = f.relnamespace
where k.contype = 'f'
order by k.oid
-- name: types
with recursive uses (top, used) as (
  select oid, oid from pg_type where oid >= 16384
  union
  select u.top, below.oid from uses u join pg_type t on t.oid = u.used
  cross join lateral (
    select t.typbasetype union all select t.typelem
    union all select a.atttypid from pg_attribute a
    where a.attrelid = t.typrelid and a.attnum > 0 and not a.attisdropped
  ) below (oid)
  where below.oid >= 16384
)
select n.nspname as schema, t.typname as name, t.typtype::text as kind,
  array(select part.expression from uses u cross join lateral (
          select pg_get_expr(k.conbin, 0) from pg_constraint k
          where k.contypid = u.used and k.conbin is not null
          union all
          select pg_get_expr(d.typdefaultbin, 0) from pg_type d
          where d.oid = u.used and d.typdefaultbin is not null) part (expression)
        where u.top = t.oid order by 1) as checks,
  array(select fn.nspname || e'\x1f' || f.proname from pg_cast x
        join pg_proc f on f.oid = x.castfunc join pg_namespace fn on fn.oid = f.pronamespace
        where x.oid >= 16384 and t.oid in (x.castsource, x.casttarget)
          and (t.oid >= 16384 or (x.castsource < 16384 and x.casttarget < 16384))
        order by x.oid) as functions
from pg_type t join pg_namespace n on n.oid = t.typnamespace
where (t.oid >= 16384 or exists (select from pg_cast x where x.oid >= 16384
       and t.oid in (x.castsource, x.casttarget)))
  and t.typtype <> 'p' and t.typelem = 0 and n.nspname <> 'pg_toast'
order by t.oid
-- name: operators
select n.nspname as schema, o.oprname as name, array[fn.nspname, f.proname]::text[] as function,
  o.oprleft < 16384 and o.oprright < 16384 as plain
from pg_operator o join pg_namespace n on n.oid = o.oprnamespace
join pg_proc f on f.oid = o.oprcode join pg_namespace fn on fn.oid = f.pronamespace
where o.oid >= 16384
order by o.oid
-- name: event_triggers
select t.evtname as name, array[n.nspname, p.proname]::text[] as function,
  t.evtenabled::text as enabled
from pg_event_trigger t join pg_proc p on p.oid = t.evtfoid
join pg_namespace n on n.oid = p.pronamespace
order by t.evtname
-- name: powerful
select r.rolname as name from pg_roles r
where r.rolsuper or r.rolreplication or r.rolbypassrls or r.rolcreaterole
order by r.rolname
