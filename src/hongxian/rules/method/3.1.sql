/*
id: method.3.1
title:
  zh: 征得用户同意前就开始收集个人信息或打开可收集个人信息的权限
  en: PI is collected, or a permission that can collect it is opened, before the person agrees
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "3.1", from: 2019-11-28, to: null, confidence: A}
needs: [session.start, session.hooks | session.network]
severity: high
says:
  violated:
    zh: "{actor} 在用户同意之前收集、发出了 {info}，或者申请了权限（{item}）。"
    en: "{actor} collected or sent {info}, or asked for a permission ({item}), before the person agreed."
  suspected:
    zh: 代码中有一条未经同意关口即可读取 {info} 的路径（{actor}，{item}）；运行一次即可证实或排除。
    en: A path without a consent gate leads to a read of {info} ({actor}, {item}); one run would prove or clear it.
  unclear:
    zh: 看到 {actor} 收集 {info}（{item}），但无法确定是在同意之前还是之后。
    en: "{actor} was seen to collect {info} ({item}), but not whether before or after consent."
  satisfied:
    zh: "{info}（{actor}，{item}）在用户同意之后才收集，或者首次运行已证实静态路径没有执行。"
    en: "{info} ({actor}, {item}) was collected only after consent, or a watched first run showed that the static path is not taken."
fix:
  zh: 将 SDK 初始化、权限申请和读取个人信息的代码移到用户点击“同意”之后。
  en: Move SDK initialisation, permission requests and every read of PI behind the person's "agree".
status: stable
since: 0.1.0
false_positives:
  zh: 静态路径上的同意判断若写成产品不认识的形式（自研状态机、服务端开关），会显示为“疑似”，不会显示为“违反”。
  en: A consent check written in a form we do not recognise (own state machine, server switch) shows as suspected, never as violated.
*/
with looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
agreed as (
  select subject, min(seen_at) as consent_at
  from facts
  where kind = 'consent' and item = 'policy'
  group by subject
),
permissions as (
  select distinct permission
  from permission_info
),
moments as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.item,
    case
      when f.kind = 'reach' and w.subject is not null and h.subject is not null then 'satisfied'
      when f.kind = 'reach' then 'suspected'
      when f.seen_at < a.consent_at then 'violated'
      when f.seen_at >= a.consent_at then 'satisfied'
      when f.phase in ('before_prompt', 'prompt') then 'violated'
      when f.phase in ('after_consent', 'after_withdrawal', 'after_update') then 'satisfied'
      when a.subject is null and w.subject is not null then 'violated'
      else 'unclear'
    end as verdict
  from facts as f
  left join agreed as a on a.subject = f.subject
  left join permissions as p on p.permission = f.item
  left join looked as w on w.subject = f.subject and w.scope = 'session.start'
  left join looked as h on h.subject = f.subject and h.scope = 'session.hooks'
  where (
      (f.kind in ('collect', 'transmit', 'request') and f.certainty = 'seen')
      or (f.kind = 'reach' and f.phase = 'before_prompt')
    )
    and (f.info is not null or p.permission is not null)
    and coalesce(f.form, 'clear') <> 'anonymised'
    and coalesce(f.basis, 'consent') in ('consent', 'separate_consent')
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, item
from moments
group by subject, verdict, info, actor, item
