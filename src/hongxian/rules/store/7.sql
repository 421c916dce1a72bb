/*
id: store.7
title:
  zh: 口令、密钥等秘密明文存储
  en: Passwords, keys and other secrets are kept in clear
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law: []
needs: [store.scan]
severity: high
says:
  violated:
    zh: "{item} 以明文保存 {info}，约 {amount} 行。"
    en: "{item} keeps {info} in clear, about {amount} rows."
  suspected:
    zh: "{item} 疑似以明文保存 {info}；查看该列即可排除。"
    en: "{item} seems to keep {info} in clear; a look at it would clear it."
  unclear:
    zh: "{item} 保存 {info}，形式未知。"
    en: "{item} keeps {info} in an unknown form."
  satisfied:
    zh: "{item} 的 {info} 已散列、脱敏或加密。"
    en: "{info} in {item} is hashed, masked or encrypted."
fix:
  zh: 立即更换已泄露的秘密；口令改用加盐的慢速散列，密钥移入密钥管理系统。
  en: Change what lay open at once; hash passwords slowly with salt, and move keys to a key store.
status: stable
since: 0.1.0
false_positives:
  zh: 示例、占位和已作废的密钥可能被报告；可用决定文件排除。
  en: Samples, placeholders and revoked keys may be reported; a decisions file clears them.
*/
with secrets as (
  select subject, fact_id, info, item, form, certainty, amount
  from facts
  where kind = 'store' and unit = 'row'
    and (split_part(info, '.', 1) = 'secret' or split_part(info, '.', 1) = 'auth')
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
from secrets
group by subject, info, item, form, certainty
