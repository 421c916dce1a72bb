/*
id: method.3.1
title:
  zh: 征得用户同意前就开始收集个人信息或打开可收集个人信息的权限
  en: Personal information collected, or a permission opened, before consent
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
    zh: "{actor} 在用户同意之前读取或发出了 {info}（{item}）。"
    en: "{actor} read or sent {info} ({item}) before the person agreed."
  suspected:
    zh: "代码中有一条未经同意关口即可读取 {info} 的路径（{actor}，{item}）；运行一次即可证实或排除。"
    en: "A path without a consent gate leads to a read of {info} ({actor}, {item}); one run would prove or clear it."
  unclear:
    zh: "看到 {actor} 读取 {info}（{item}），但无法确定是在同意之前还是之后。"
    en: "{actor} was seen to read {info} ({item}), but not whether before or after consent."
  satisfied:
    zh: "{info}（{actor}）在用户同意之后才读取。"
    en: "{info} ({actor}) was read only after consent."
fix:
  zh: 将 SDK 初始化、权限申请和读取个人信息的代码移到用户点击“同意”之后。
  en: Move SDK initialisation, permission requests and every read of PI behind the person's "agree".
status: stable
since: 0.1.0
false_positives:
  zh: 静态路径上的同意判断若写成产品不认识的形式（自研状态机、服务端开关），会显示为“疑似”，不会显示为“违反”。
  en: A consent check written in a form we do not recognise (own state machine, server switch) shows as suspected, never as violated.
*/
with agreed as (
  select subject, min(seen_at) as consent_at
  from facts
  where kind = 'consent' and item = 'policy'
  group by subject
),
watched as (
  select subject
  from coverage
  where scope = 'session.start' and status = 'ran'
),
moments as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.item,
    case
      when f.kind = 'reach' and f.phase = 'before_prompt' then 'suspected'
      when f.kind = 'reach' then 'satisfied'
      when f.seen_at < a.consent_at then 'violated'
      when f.seen_at >= a.consent_at then 'satisfied'
      when f.phase in ('before_prompt', 'prompt') then 'violated'
      when f.phase in ('after_consent', 'after_withdrawal', 'after_update') then 'satisfied'
      when a.subject is null and w.subject is not null then 'violated'
      else 'unclear'
    end as verdict
  from facts as f
  left join agreed as a on a.subject = f.subject
  left join watched as w on w.subject = f.subject
  where f.kind in ('collect', 'transmit', 'request', 'reach')
    and f.certainty in ('seen', 'reachable')
    and coalesce(f.basis, 'consent') in ('consent', 'separate_consent')
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, item
from moments
group by subject, verdict, info, actor, item
