/*
id: method.4.3
title:
  zh: 新增业务功能申请收集的个人信息超出原有同意范围，用户不同意则拒绝提供原有业务功能
  en: A new function asks for PI beyond the old consent, and refusing it costs the old functions
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary, lawful]
law:
  - {document: METHOD31, item: "4.3", from: 2019-11-28, to: null, confidence: M}
needs: [session.update, session.deny | session.refuse, session.screens]
severity: high
says:
  violated:
    zh: "更新后拒绝新功能所要的 {item}，原有功能即不可用，且新功能并未取代原有功能。"
    en: "After the update, refusing {item} for the new function blocked the old one, which the new one does not replace."
  unclear:
    zh: "更新后原有功能不可用，但未记录此前拒绝了什么；或未记录原有功能是否可用。"
    en: "After the update it was not recorded what had been refused, or whether the old function still worked."
  satisfied:
    zh: "更新后拒绝 {item}，原有功能仍可使用，或已被新功能取代。"
    en: "After the update and the refusal of {item} the old function still worked, or the new one has replaced it."
fix:
  zh: 新增功能的同意与原有功能分开征求；用户不同意时只停用新增功能。
  en: Ask for the new function apart from the old ones; a refusal switches off the new function only.
status: stable
since: 0.1.0
false_positives:
  zh: 新功能取代原有功能属于例外，须由测试人员或发行说明写入事实（detail.replaced）。
  en: A new function that replaces the old one is the exception; a tester or the release notes must say so (detail.replaced).
*/
with tried as (
  select
    subject, fact_id, outcome,
    get_json_object(detail, '$.refused') as item,
    get_json_object(detail, '$.replaced') as replaced
  from facts
  where kind = 'function' and item = 'existing' and phase = 'after_update'
),
judged as (
  select
    subject, fact_id, item,
    case
      when outcome = 'available' or replaced = 'true' then 'satisfied'
      when outcome = 'blocked' and item is not null then 'violated'
      else 'unclear'
    end as verdict
  from tried
)
select subject, verdict, array_agg(fact_id) as evidence, item
from judged
group by subject, verdict, item
