/*
id: store.9
title:
  zh: 去标识化副本仍含明文标识符或敏感个人信息
  en: A de-identified copy still holds identifiers or sensitive PI in clear
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law:
  - {document: PIPL, item: "73", from: 2021-11-01, to: null, confidence: B}
needs: [guard.mask]
severity: medium
says:
  violated:
    zh: "副本 {item} 中的 {info} 未经处理（{amount} 个值）：不借助额外信息即可识别个人，不是去标识化。"
    en: "{info} in the copy {item} went out as it was ({amount} values): it identifies people without further information, which is no de-identification."
  unclear:
    zh: "副本 {item} 中 {info} 的形式未知。"
    en: "The form of {info} in the copy {item} is unknown."
  satisfied:
    zh: "副本 {item} 中的 {info} 已处理。"
    en: "{info} in the copy {item} was de-identified."
  not_applicable:
    zh: 没有记录在案的去标识化副本。
    en: No de-identified copy is on record.
fix:
  zh: 在策略中为该类型指定技术（而不是 keep 或 permute），重新生成副本，并收回旧副本。
  en: Give the type a technique other than keep or permute in the policy, make the copy again, and call the old one back.
status: stable
since: 0.1.0
false_positives:
  zh: 有意交付明文（例如经单独同意）的副本同样会被报告；请记入已接受的发现。
  en: Copies that were to hold it in clear (by separate consent, say) are reported too; put them into the accept file.
*/
with copied as (
  select f.subject, f.fact_id, f.info, f.item, f.form, f.amount
  from facts as f
  join info_types as t on t.info = f.info
  where f.kind = 'deidentify' and (t.sensitive or get_json_object(f.detail, '$.role') = 'direct')
)
select
  subject,
  case
    when form = 'clear' then 'violated'
    when form is not null then 'satisfied'
    else 'unclear'
  end as verdict,
  array_agg(fact_id) as evidence, info, item, max(amount) as amount
from copied
group by subject, info, item, form
union all
select subject, 'not_applicable' as verdict, null as evidence, null as info, null as item, null as amount
from subjects
where subject not in (select subject from coverage where scope = 'guard.mask')
