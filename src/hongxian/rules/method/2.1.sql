/*
id: method.2.1
title:
  zh: 未逐一列出 App（包括委托的第三方或嵌入的第三方代码、插件）收集使用个人信息的目的、方式、范围等
  en: Purpose, manner and scope of collection are not listed one by one, entrusted parties, embedded code and plug-ins included
group:
  zh: 未明示收集使用个人信息的目的、方式和范围
  en: Purpose, manner and scope of collection and use not stated
principles: [legitimate, lawful]
law:
  - {document: METHOD31, item: "2.1", from: 2019-11-28, to: null, confidence: A}
needs: [policy.text, app.code | session.functions, session.hooks | session.network]
severity: high
says:
  violated:
    zh: 隐私政策没有列出 {actor} 收集 {info}。
    en: The policy does not list {actor} collecting {info}.
  suspected:
    zh: 隐私政策可能没有逐一写明 {actor} 收集 {info}（权限：{item}）：只有概括说明、没有写明目的、只列出公司或其另一产品，或者没有列出代码可能收集的这一项；对照政策原文或运行一次即可确认。
    en: The policy may not list {actor} collecting {info} (permission - {item}) - it speaks in general terms, gives no purpose, names only the company or another product of it, or is silent though the code can do it; its wording or one run would settle it.
  unclear:
    zh: 没有读到隐私政策全文，无法确定是否列出 {actor} 收集的 {info}（权限：{item}）。
    en: The whole policy was not read, so whether it lists {actor} collecting {info} (permission - {item}) is open.
  satisfied:
    zh: 隐私政策列出了 {actor} 收集 {info}（权限：{item}）及其目的。
    en: The policy lists {actor} collecting {info} (permission - {item}), and why.
fix:
  zh: 在隐私政策和第三方 SDK 清单中逐一写明每个收集方、每种个人信息、目的和方式；不再使用的 SDK 从包中移除。
  en: List each collector, each type of PI, purpose and manner in the policy and its SDK list; take SDKs no longer used out of the package.
status: stable
since: 0.1.0
false_positives:
  zh: 嵌入的 SDK 若看不到其代码可读取个人信息，只显示为“疑似”，因为不收集个人信息的纯工具类 SDK 不必列出。写“设备信息”等概括用语不算逐一列出；写明精确位置的，粗略位置和连续定位视为已列出（频率由 4.4 判断）。以本产品不认识的名称列出的 SDK，可能未能对应。
  en: An embedded SDK whose code is not seen to read PI is only suspected, since a pure tool SDK need not be listed. General words such as device information list nothing one by one; a precise location that is listed covers the coarse one and repeated fixes (4.4 judges how often). An SDK listed by a name that we do not know may not be matched.
*/
with looked as (
  select subject, count(*) filter (where status = 'ran') as whole
  from coverage
  where scope = 'policy.text' and status <> 'not_run'
  group by subject
),
reading as (
  select distinct subject, coalesce(actor, 'unknown') as actor
  from facts
  where kind in ('collect', 'transmit', 'reach') and info is not null
),
taken as (
  select
    f.subject, f.info,
    coalesce(f.actor, 'unknown') as actor,
    case when f.info in ('location.coarse', 'location.track') then 'location.precise' end as finer,
    array_agg(f.fact_id) as evidence,
    count(r.actor) filter (where f.certainty = 'seen') as seen
  from facts as f
  left join reading as r on r.subject = f.subject and r.actor = coalesce(f.actor, 'unknown')
  where (f.kind in ('collect', 'transmit', 'reach') and f.info is not null)
    or (f.kind = 'embed' and f.actor not in ('first_party', 'library', 'system', 'unknown'))
  group by f.subject, f.info, coalesce(f.actor, 'unknown')
),
declared as (
  select
    d.subject, d.fact_id, d.info, d.purpose, d.recipient,
    coalesce(d.actor, 'first_party') as actor,
    k.party
  from facts as d
  left join sdks as k on k.actor in (d.actor, d.recipient)
  where d.kind = 'declare' and d.item in ('collect', 'use', 'share', 'entrust', 'store')
),
listed as (
  select
    t.subject, t.actor, t.info, t.evidence, t.seen,
    count(d.fact_id) as entries,
    count(d.fact_id) filter (
      where d.purpose is not null
        and (t.info is null or d.info in (t.info, t.finer))
        and t.actor in (d.actor, d.recipient, 'library', 'system', 'unknown')
    ) as complete
  from taken as t
  left join sdks as k on k.actor = t.actor
  left join declared as d
    on d.subject = t.subject
    and (t.info is null or d.info in (t.info, t.finer, split_part(t.info, '.', 1)))
    and (
      t.actor in (d.actor, d.recipient, 'library', 'system', 'unknown')
      or d.party = k.party
      or d.actor like 'named:' || split_part(k.party, '(', 1) || '%'
      or d.recipient like 'named:' || split_part(k.party, '(', 1) || '%'
      or (t.info is not null and k.actor is not null and 'third_party' in (d.actor, d.recipient))
    )
  group by t.subject, t.actor, t.info, t.evidence, t.seen
),
dangerous as (
  select distinct permission
  from permission_info
  where level = 'dangerous'
),
told as (
  select d.subject, p.permission
  from declared as d
  join permission_info as p on p.info = d.info
  where d.purpose is not null
  union
  select f.subject, p.permission
  from facts as f
  join permission_info as p on get_json_object(f.detail, '$.permission') in (p.permission, p.grp)
  where f.kind = 'section' and f.item = 'permission_purposes'
),
asked as (
  select
    f.subject, f.fact_id, f.item,
    case
      when t.subject is not null then 'satisfied'
      when r.whole > 0 then 'suspected'
      else 'unclear'
    end as verdict
  from facts as f
  join dangerous as p on p.permission = f.item
  join looked as r on r.subject = f.subject
  left join told as t on t.subject = f.subject and t.permission = f.item
  where f.kind = 'permission' and coalesce(f.outcome, 'declared') <> 'undeclared'
)
select
  l.subject,
  case
    when l.complete > 0 then 'satisfied'
    when l.entries > 0 then 'suspected'
    when r.whole > 0 and l.seen > 0 then 'violated'
    when r.whole > 0 then 'suspected'
    else 'unclear'
  end as verdict,
  l.evidence, l.info, l.actor, null as item
from listed as l
left join looked as r on r.subject = l.subject
union all
select
  subject, verdict, array_agg(fact_id) as evidence, null as info, 'first_party' as actor, item
from asked
group by subject, verdict, item
