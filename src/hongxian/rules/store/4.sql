/*
id: store.4
title:
  zh: 保存时间超过声明的期限
  en: PI is kept longer than declared
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law: []
needs: [store.scan, policy.text]
severity: high
says:
  violated:
    zh: "{item} 中最早的 {info} 已保存 {amount} 天，超过声明的 {declared} 天。"
    en: "The oldest {info} in {item} is {amount} days old, more than the {declared} days declared."
  suspected:
    zh: "{item} 中最早的 {info} 疑似已保存 {amount} 天，超过声明的 {declared} 天；确认该列内容即可排除。"
    en: "The oldest {info} in {item} seems to be {amount} days old, more than the {declared} days declared; a look at the column would clear it."
  unclear:
    zh: "{item} 中最早的 {info} 已保存 {amount} 天，但未见声明的保存期限。"
    en: "The oldest {info} in {item} is {amount} days old, but no declared period was seen."
  satisfied:
    zh: "{item} 中最早的 {info} 已保存 {amount} 天，未超过声明的期限。"
    en: "The oldest {info} in {item} is {amount} days old, within the declared period."
fix:
  zh: 到期删除或匿名化，并以定期任务落实（hongxian keep）。
  en: Delete or anonymise when the period ends, by a job that runs by itself.
status: stable
since: 0.1.0
false_positives:
  zh: 年龄由表内的时间列推定；历史数据导入时间可能不是收集时间。法定保存期限更长的，以依据为准。
  en: The age comes from columns of moments in the table; imported records may carry another date. A longer period set by law counts where its basis is told.
*/
with aged as (
  select subject, fact_id, info, item, amount, basis, certainty
  from facts
  where kind = 'store' and unit = 'day' and amount is not null
),
promised as (
  select subject, info, max(amount) as days
  from facts
  where kind = 'declare' and item = 'store' and unit = 'day'
    and coalesce(actor, 'first_party') = 'first_party'
  group by subject, info
),
compared as (
  select a.subject, a.fact_id, a.info, a.item, a.amount, a.basis, a.certainty,
    coalesce(p.days, g.days) as declared
  from aged as a
  left join promised as p on p.subject = a.subject and p.info = a.info
  left join promised as g on g.subject = a.subject and g.info is null
)
select
  subject,
  case
    when basis = 'legal_duty' then 'satisfied'
    when amount <= declared then 'satisfied'
    when declared is not null and certainty = 'seen' then 'violated'
    when declared is not null then 'suspected'
    else 'unclear'
  end as verdict,
  array_agg(fact_id) as evidence, info, item, amount, declared
from compared
group by subject, info, item, amount, declared, basis, certainty
