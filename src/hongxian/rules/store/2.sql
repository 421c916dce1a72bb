/*
id: store.2
title:
  zh: 日志中含有个人信息
  en: PI stands in logs
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law: []
needs: [store.scan]
severity: medium
says:
  violated:
    zh: "日志 {item} 以明文记录 {info}，约 {amount} 行。"
    en: "The log {item} records {info} in clear, about {amount} rows."
  suspected:
    zh: "日志 {item} 疑似记录 {info}：依据不足以确认，查看所列行即可排除。"
    en: "The log {item} seems to record {info}; a look at the lines named would clear it."
  unclear:
    zh: "日志 {item} 记录 {info}，形式未知。"
    en: "The log {item} records {info} in an unknown form."
  satisfied:
    zh: "日志 {item} 中的 {info} 已脱敏、散列或加密。"
    en: "{info} in the log {item} is masked, hashed or encrypted."
fix:
  zh: 在写日志处脱敏或不记录个人信息；清理已有日志。网络日志须留存不少于六个月，但无需明文个人信息。
  en: Mask or leave out PI where logs are written, and clean the old ones. Logs must be kept for six months, but need no PI in clear.
status: stable
since: 0.1.0
false_positives:
  zh: 日志中的客服电话、公共邮箱等不属于个人的号码可能被报告；可用决定文件排除。
  en: Numbers of hotlines and shared mailboxes may be reported; a decisions file clears them.
*/
with logged as (
  select subject, fact_id, info, item, form, certainty, amount
  from facts
  where kind = 'store' and unit = 'row' and get_json_object(detail, '$.medium') = 'log'
    and split_part(info, '.', 1) <> 'secret' and split_part(info, '.', 1) <> 'org'
)
select
  subject,
  case
    when form = 'clear' and certainty = 'seen' then 'violated'
    when form = 'clear' then 'suspected'
    when form is not null then 'satisfied'
    else 'unclear'
  end as verdict,
  array_agg(fact_id) as evidence, info, item, max(amount) as amount
from logged
group by subject, info, item, form, certainty
