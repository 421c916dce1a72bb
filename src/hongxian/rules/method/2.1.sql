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
    zh: 隐私政策没有列出 {actor}（收集的个人信息：{info}）。
    en: The policy does not list {actor} (PI collected - {info}).
  suspected:
    zh: 隐私政策对 {actor} 收集 {info} 只有概括说明、没有写明目的，或者没有列出代码可能收集的这一项；对照政策原文或运行一次即可确认。
    en: On {actor} collecting {info} the policy speaks in general terms, gives no purpose, or is silent though the code can do it; its wording or one run would settle it.
  unclear:
    zh: 没有读到隐私政策全文，无法确定是否列出 {actor} 收集的 {info}。
    en: The whole policy was not read, so whether it lists {actor} collecting {info} is open.
  satisfied:
    zh: 隐私政策列出了 {actor} 收集 {info} 及其目的。
    en: The policy lists {actor} collecting {info}, and why.
fix:
  zh: 在隐私政策和第三方 SDK 清单中逐一写明每个收集方、每种个人信息、目的和方式；不再使用的 SDK 从包中移除。
  en: List each collector, each type of PI, purpose and manner in the policy and its SDK list; take SDKs no longer used out of the package.
status: stable
since: 0.1.0
false_positives:
  zh: 不收集个人信息的纯工具类 SDK 依法不必列出；SDK 以公司名称或另一名称列出时，可能未能对应。
  en: A pure tool SDK that collects no PI need not be listed; an SDK listed by another name may not be matched.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
taken as (
  select
    subject, info,
    coalesce(actor, 'unknown') as actor,
    array_agg(fact_id) as evidence,
    count(fact_id) filter (where certainty = 'seen') as seen
  from facts
  where (kind in ('collect', 'transmit', 'reach') and info is not null)
    or (kind = 'embed' and actor not in ('first_party', 'library', 'system', 'unknown'))
  group by subject, info, coalesce(actor, 'unknown')
),
listed as (
  select
    t.subject, t.actor, t.info, t.evidence, t.seen,
    count(d.fact_id) as entries,
    count(d.fact_id) filter (where d.purpose is not null and (t.info is null or d.info = t.info)) as complete
  from taken as t
  left join sdks as k on k.actor = t.actor
  left join facts as d
    on d.subject = t.subject
    and d.kind = 'declare'
    and d.item in ('collect', 'use', 'share', 'entrust', 'store')
    and (t.info is null or d.info = t.info or d.info = split_part(t.info, '.', 1))
    and (
      coalesce(d.actor, 'first_party') = t.actor
      or d.recipient in (t.actor, k.party)
      or t.actor in ('library', 'system', 'unknown')
    )
  group by t.subject, t.actor, t.info, t.evidence, t.seen
)
select
  l.subject,
  case
    when l.complete > 0 then 'satisfied'
    when l.entries > 0 then 'suspected'
    when r.subject is not null and l.seen > 0 then 'violated'
    when r.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  l.evidence, l.info, l.actor
from listed as l
left join looked as r on r.subject = l.subject
