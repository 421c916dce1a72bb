/*
id: method.4.2
title:
  zh: 因用户不同意收集非必要个人信息或打开非必要权限，拒绝提供业务功能
  en: Functions refused because the person does not agree to PI or permissions that are not necessary
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary, lawful]
law:
  - {document: METHOD31, item: "4.2", from: 2019-11-28, to: null, confidence: B}
needs: [session.deny, session.screens]
severity: high
says:
  violated:
    zh: "拒绝 {item} 后基本功能不可用，而 {item} 不属于该类 App（{app_type}）的必要个人信息。"
    en: "After {item} was refused the basic function was blocked, though {item} is not necessary PI of this type of app ({app_type})."
  unclear:
    zh: "拒绝后的基本功能状态、被拒绝的内容（{item}）或 App 类型未知，无法判断。"
    en: "What was refused ({item}), whether the basic function then worked, or the type of app is not known."
  satisfied:
    zh: "拒绝 {item} 后基本功能仍可使用，或 {item} 是基本功能所必需。"
    en: "After {item} was refused the basic function still worked, or cannot work without it."
fix:
  zh: 用户拒绝非必要个人信息或权限后，继续提供基本功能；仅停用确需该项的扩展功能。
  en: Keep the basic function working after a refusal; switch off only the extended function that needs the item.
status: stable
since: 0.1.0
false_positives:
  zh: App 类型选错会把必要项当作非必要项；请用 --type 指明类型。
  en: With the wrong type of app a necessary item looks unnecessary; name the type with --type.
*/
with tried as (
  select subject, fact_id, outcome, get_json_object(detail, '$.refused') as item
  from facts
  where kind = 'function' and item = 'basic' and phase = 'after_refusal'
    and coalesce(get_json_object(detail, '$.refused'), 'not told') <> 'policy'
),
compared as (
  select t.subject, t.fact_id, t.outcome, t.item, s.app_type, count(n.info) as necessary
  from tried as t
  join subjects as s on s.subject = t.subject
  left join permission_info as p on p.permission = t.item
  left join app_necessary as n on n.app_type = s.app_type and n.info = coalesce(p.info, t.item)
  group by t.subject, t.fact_id, t.outcome, t.item, s.app_type
),
judged as (
  select
    subject, fact_id, item, app_type,
    case
      when outcome = 'available' then 'satisfied'
      when outcome = 'blocked' and necessary > 0 then 'satisfied'
      when outcome = 'blocked' and item is not null and app_type is not null then 'violated'
      else 'unclear'
    end as verdict
  from compared
)
select subject, verdict, array_agg(fact_id) as evidence, item, app_type
from judged
group by subject, verdict, item, app_type
