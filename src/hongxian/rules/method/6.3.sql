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
says:
  violated:
    zh: "“{item}”：{amount} 个工作日，超过 {days} 个工作日的时限。"
    en: "{item}: {amount} working days, more than the {days} allowed."
  unclear:
    zh: "“{item}”：尚在时限内未办结，或未记录用时（工作日）。"
    en: "{item}: still open within the time allowed, or the working days were not recorded."
  satisfied:
    zh: "“{item}”：{amount} 个工作日，在 {days} 个工作日的时限内。"
    en: "{item}: {amount} working days, within the {days} allowed."
fix:
  zh: 将承诺时限定为不超过 15 个工作日，建立登记与到期提醒，逾期前完成处理并答复。
  en: Promise 15 working days or less, keep a register with reminders, and finish and answer before the time is up.
status: stable
since: 0.1.0
false_positives:
  zh: 用时须按工作日计算；以自然日登记的时限显示为“不明”。
  en: Time must be counted in working days; a promise in calendar days shows as unclear.
*/
with ceiling as (
  select value from limits where rule = 'method.6.3' and name = 'working_days'
),
promise as (
  select subject, min(amount) as days
  from facts
  where kind = 'section' and item = 'response_time' and unit = 'working_day'
  group by subject
),
timed as (
  select
    f.subject, f.fact_id, f.kind, f.item, f.outcome, f.amount, f.unit,
    case when f.kind = 'section' then c.value else least(p.days, c.value) end as days
  from facts as f
  cross join ceiling as c
  left join promise as p on p.subject = f.subject
  where (f.kind = 'section' and f.item = 'response_time')
    or (f.kind = 'right' and f.item in ('correct', 'delete', 'cancel_account'))
),
judged as (
  select
    subject, fact_id, item, amount, days,
    case
      when coalesce(unit, 'not told') <> 'working_day' or amount is null then 'unclear'
      when amount > days then 'violated'
      when kind = 'section' or outcome = 'closed' then 'satisfied'
      else 'unclear'
    end as verdict
  from timed
)
select subject, verdict, array_agg(fact_id) as evidence, item, amount, days
from judged
group by subject, verdict, item, amount, days
