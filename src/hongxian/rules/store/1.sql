/*
id: store.1
title:
  zh: 敏感个人信息明文存储
  en: Sensitive PI is kept in clear
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law: []
needs: [store.scan]
severity: high
says:
  violated:
    zh: "{item} 以明文保存 {info}（敏感个人信息），约 {amount} 行。"
    en: "{item} keeps {info} (sensitive PI) in clear, about {amount} rows."
  suspected:
    zh: "{item} 疑似以明文保存 {info}（敏感个人信息）：仅由列名或少量取值推断，确认该列内容即可排除。"
    en: "{item} seems to keep {info} (sensitive PI) in clear: inferred from its name or few values; a look at the column would clear it."
  unclear:
    zh: "{item} 保存 {info}（敏感个人信息），形式未知。"
    en: "{item} keeps {info} (sensitive PI) in an unknown form."
  satisfied:
    zh: "{item} 的 {info} 已加密、脱敏或散列。"
    en: "{info} in {item} is encrypted, masked or hashed."
fix:
  zh: 对敏感个人信息列加密或去标识化（hongxian mask），密钥与数据分开保存。
  en: Encrypt or de-identify sensitive columns (hongxian mask), with keys kept apart from data.
status: stable
since: 0.1.0
false_positives:
  zh: 存储层加密（磁盘、透明数据加密）从内容看不出来；可用 hongxian answer 记录。测试数据同样会被报告。
  en: Encryption below the content (disk, transparent encryption) cannot be seen; record it with hongxian answer. Test data are reported too.
*/
with kept as (
  select f.subject, f.fact_id, f.info, f.item, f.form, f.certainty, f.amount
  from facts as f
  join info_types as t on t.info = f.info
  where f.kind = 'store' and f.unit = 'row' and t.sensitive
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
from kept
group by subject, info, item, form, certainty
