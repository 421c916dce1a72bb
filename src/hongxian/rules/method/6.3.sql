/*
id: method.6.3
title:
  zh: 未及时响应用户更正、删除、注销操作，或未在承诺时限内（不超过15个工作日）完成核查和处理
  en: Correction, deletion or cancellation not answered, or not finished within the promised time of at most 15 working days
group:
  zh: 未按法律规定提供删除或更正个人信息功能，或未公布投诉、举报方式等信息
  en: No correction or deletion as the law requires, or no published way to complain
principles: [lawful]
law:
  - {document: METHOD31, item: "6.3", from: 2019-11-28, to: null, confidence: B}
needs: [people.requests | session.rights, policy.text]
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
    zh: "“{item}”：{amount}{unit}，超过 {days} 个工作日的时限或政策承诺的时限。"
    en: "{item}: {amount} {unit}, more than the {days} working days allowed, or than the policy promises."
  unclear:
    zh: "“{item}”：尚在时限内未办结，未记录用时，或用时以自然日计、是否超过 {days} 个工作日取决于节假日。"
    en: "{item}: still open within the time allowed, time not recorded, or counted in calendar days so that holidays decide whether it is more than {days} working days."
  satisfied:
    zh: "“{item}”：{amount}{unit}，在 {days} 个工作日的时限内。"
    en: "{item}: {amount} {unit}, within the {days} working days allowed."
fix:
  zh: 将承诺时限定为不超过 15 个工作日，建立登记与到期提醒，逾期前完成处理并答复。
  en: Promise 15 working days or less, keep a register with reminders, and finish and answer before the time is up.
status: stable
since: 0.1.0
false_positives:
  zh: 以自然日计的用时和承诺，不超过 15 天的必在时限内，30 天及以上的必然超过，其间取决于节假日，显示为“不明”；国家标准另有 30 日内答复的建议，不改变本条的时限。
  en: Of times in calendar days, up to 15 are always within the limit and 30 or more always beyond; in between holidays decide, and it shows as unclear. The national standard's advice to answer within 30 days does not change the limit of this item.
*/
with ceiling as (
  select value from limits where rule = 'method.6.3' and name = 'working_days'
),
calendar as (
  select value from limits where rule = 'method.6.3' and name = 'calendar_days'
),
answers as (
  select subject, fact_id, kind, item, outcome, amount, unit
  from facts
  where (kind = 'right' and item in ('correct', 'delete', 'cancel_account'))
    or (
      kind = 'section'
      and item = 'response_time'
      and (
        get_json_object(detail, '$.about') is null
        or get_json_object(detail, '$.about') like '%request%'
        or get_json_object(detail, '$.about') like '%correct%'
        or get_json_object(detail, '$.about') like '%delete%'
        or get_json_object(detail, '$.about') like '%cancel_account%'
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
)
select subject, verdict, array_agg(fact_id) as evidence, item, amount, unit, days
from judged
group by subject, verdict, item, amount, unit, days
