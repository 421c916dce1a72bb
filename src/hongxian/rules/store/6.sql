/*
id: store.6
title:
  zh: 已删除的个人仍在库中
  en: Persons who were deleted are still there
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law:
  - {document: METHOD31, item: "6.4", from: 2019-11-28, to: null, confidence: B}
needs: [store.deleted]
severity: high
says:
  violated:
    zh: "{item} 仍有应已删除的个人，{amount} 行。"
    en: "{item} still holds persons who should be gone, {amount} rows."
  unclear:
    zh: "{item} 的删除结果未知。"
    en: "How the deletion in {item} ended is unknown."
  satisfied:
    zh: "未再发现应已删除的个人，或依法保留。"
    en: "Nobody who should be gone was found, or the law asks to keep it."
fix:
  zh: 删除其余副本、日志和备份中的该个人信息；技术上难以删除的，停止除存储和安全保护以外的处理。
  en: Delete the rest, in copies, logs and backups too; where that is not possible, stop all handling but storage and protection.
status: stable
since: 0.1.0
false_positives:
  zh: 同一标识符后来又由他人使用（如换号）会被报告。
  en: An identifier that somebody else uses since (a number assigned anew) is reported.
*/
with left_behind as (
  select subject, fact_id, item, amount, outcome, basis
  from facts
  where kind = 'delete' and sensor = 'store'
)
select
  subject,
  case
    when outcome = 'done' then 'satisfied'
    when outcome = 'residue' and basis = 'legal_duty' then 'satisfied'
    when outcome = 'residue' then 'violated'
    else 'unclear'
  end as verdict,
  array_agg(fact_id) as evidence, item, max(amount) as amount
from left_behind
group by subject, item, outcome, basis
