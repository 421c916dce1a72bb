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
  suspected:
    zh: "代码在 {item} 被拒绝后结束首个界面或退出，或者 App 类型未知而拒绝 {item} 后基本功能不可用；指明 App 类型（{app_type}）并拒绝一次即可证实或排除。"
    en: "Once {item} is denied the code ends the first screen or the app, or the basic function was blocked and the type of app is not known; the type ({app_type}) and one run with a denial would prove or clear it."
  unclear:
    zh: "拒绝后的基本功能状态或被拒绝的内容（{item}）未知，无法判断。"
    en: "What was refused ({item}), or whether the basic function then worked, is not known."
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
  select subject, fact_id, outcome, certainty, get_json_object(detail, '$.refused') as item
  from facts
  where kind = 'function' and item = 'basic' and phase = 'after_refusal'
    and coalesce(get_json_object(detail, '$.refused'), 'not told') <> 'policy'
),
watched as (
  select distinct subject, item
  from tried
  where certainty = 'seen'
),
compared as (
  select
    t.subject, t.fact_id, t.outcome, t.certainty, t.item, s.app_type, count(n.info) as necessary
  from tried as t
  join subjects as s on s.subject = t.subject
  left join permission_info as p on p.permission = t.item
  left join app_necessary as n on n.app_type = s.app_type and n.info = coalesce(p.info, t.item)
  left join watched as w on w.subject = t.subject and w.item = t.item
  where t.certainty = 'seen' or w.subject is null
  group by t.subject, t.fact_id, t.outcome, t.certainty, t.item, s.app_type
),
judged as (
  select
    subject, fact_id, item, app_type,
    case
      when outcome = 'available' then 'satisfied'
      when outcome = 'blocked' and necessary > 0 then 'satisfied'
      when outcome = 'blocked' and item is not null and app_type is not null
        and certainty = 'seen' then 'violated'
      when outcome = 'blocked' and item is not null then 'suspected'
      else 'unclear'
    end as verdict
  from compared
)
select subject, verdict, array_agg(fact_id) as evidence, item, app_type
from judged
group by subject, verdict, item, app_type
