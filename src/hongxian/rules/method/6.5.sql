/*
id: method.6.5
title:
  zh: 未建立并公布个人信息安全投诉、举报渠道，或未在承诺时限内（不超过15个工作日）受理并处理
  en: No published channel for complaints about PI, or complaints not handled within the promised time of at most 15 working days
group:
  zh: 未按法律规定提供删除或更正个人信息功能，或未公布投诉、举报方式等信息
  en: No correction or deletion as the law requires, or no published way to complain
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "6.5", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text | session.screens, people.requests | session.rights]
severity: medium
thresholds:
  working_days:
    value: 15
    unit: working_day
    source: law
    note: the promise may not exceed 15 working days; without a promise 15 working days hold
  calendar_days:
    value: 30
    unit: day
    source: ours
    note: 按 2004 至 2026 年的节假日安排，30 个自然日至少含 16 个工作日，只有 2020 年初延长假期时为 15 个 / under the holidays of 2004 to 2026, 30 calendar days hold at least 16 working days; 15 in the prolonged holiday of early 2020 only
says:
  violated:
    zh: "投诉举报渠道缺失、不可用，或受理处理超过时限（{item}，{amount}{unit}，时限 {days} 个工作日或政策承诺的时限）。"
    en: "The channel for complaints is missing or fails, or handling took too long ({item}, {amount} {unit}, {days} working days or what the policy promises allowed)."
  suspected:
    zh: "未见公布的投诉举报渠道，或所公布的渠道之一不可用（{item}）；指明可用渠道并测试一次即可排除。"
    en: "No published channel for complaints is seen, or one of them fails ({item}); one that works would clear it."
  unclear:
    zh: "“{item}”：尚在时限内未办结，未记录结果、用时，或用时以自然日计、是否超时取决于节假日。"
    en: "{item}: still open within the time allowed, how it ended or how long it took was not recorded, or it was counted in calendar days so that holidays decide."
  satisfied:
    zh: "已公布投诉举报渠道，或在时限内受理处理（{item}）。"
    en: "A channel for complaints is published, or a complaint was handled in time ({item})."
fix:
  zh: 在隐私政策和 App 内公布投诉、举报渠道（电话、邮箱或在线入口），15 个工作日内受理并处理。
  en: Publish a channel for complaints (telephone, e-mail or form) in the policy and the app, and handle each within 15 working days.
status: stable
since: 0.1.0
false_positives:
  zh: 渠道只写在图片或客服页面里时可能看不到，因此未找到只显示为“疑似”。
  en: A channel given only in a picture or a help page may be missed; not finding one is suspected only.
*/
with ceiling as (
  select value from limits where rule = 'method.6.5' and name = 'working_days'
),
calendar as (
  select value from limits where rule = 'method.6.5' and name = 'calendar_days'
),
answers as (
  select subject, fact_id, kind, item, outcome, amount, unit
  from facts
  where (kind = 'right' and item = 'complaint')
    or (
      kind = 'section'
      and item = 'response_time'
      and (
        get_json_object(detail, '$.about') is null
        or get_json_object(detail, '$.about') like '%complaint%'
      )
    )
),
promise as (
  select
    subject, min(amount) as days,
    min(case when unit = 'day' then amount end) as calendar_days
  from answers
  where kind = 'section' and unit in ('working_day', 'day')
  group by subject
),
timed as (
  select
    f.subject, f.fact_id, f.kind, f.item, f.outcome, f.amount, f.unit,
    case when f.kind = 'section' then c.value else least(p.days, c.value) end as days,
    case when f.kind = 'right' then p.calendar_days end as calendar_days,
    k.value as surely_late
  from answers as f
  cross join ceiling as c
  cross join calendar as k
  left join promise as p on p.subject = f.subject
),
named as (
  select distinct subject
  from facts
  where kind = 'section' and item = 'complaint_channel'
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
channels as (
  select f.subject, f.fact_id, f.kind, f.item, f.outcome
  from facts as f
  where (f.kind = 'section' and f.item = 'complaint_channel')
    or (f.kind = 'control' and f.item = 'complaint')
),
judged as (
  select
    subject, fact_id, item, amount, unit, days,
    case
      when coalesce(unit, 'not told') not in ('working_day', 'day') or amount is null
        then 'unclear'
      when amount > calendar_days or amount >= surely_late then 'violated'
      when unit = 'day' and amount > days then 'unclear'
      when amount > days then 'violated'
      when kind = 'section' or outcome = 'closed' then 'satisfied'
      else 'unclear'
    end as verdict
  from timed
  union all
  select
    c.subject, c.fact_id, c.item, null as amount, null as unit, null as days,
    case
      when c.kind = 'section' or c.outcome = 'works' then 'satisfied'
      when c.outcome = 'missing' and n.subject is not null then 'satisfied'
      when c.outcome in ('missing', 'fails') and p.subject is not null and n.subject is null
        then 'violated'
      when c.outcome in ('missing', 'fails') then 'suspected'
      else 'unclear'
    end as verdict
  from channels as c
  left join named as n on n.subject = c.subject
  left join policy_read as p on p.subject = c.subject
  union all
  select
    p.subject, c.fact_id, 'complaint_channel' as item, null as amount, null as unit, null as days,
    'suspected' as verdict
  from policy_read as p
  left join channels as c on c.subject = p.subject
  where c.subject is null
)
select subject, verdict, array_agg(fact_id) as evidence, item, amount, unit, days
from judged
group by subject, verdict, item, amount, unit, days
