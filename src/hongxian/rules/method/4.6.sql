/*
id: method.4.6
title:
  zh: 要求用户一次性同意打开多个可收集个人信息的权限，用户不同意则无法使用
  en: Several permissions must be granted at one go, or the app cannot be used
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary, lawful]
law:
  - {document: METHOD31, item: "4.6", from: 2019-11-28, to: null, confidence: C}
needs: [app.manifest, session.accept, session.deny, session.screens]
severity: high
thresholds:
  batch:
    value: 2
    unit: permission
    source: law
    note: the Method says "several", that is two or more
  runtime_sdk:
    value: 23
    unit: level
    source: practice
    note: below target SDK 23 Android grants all permissions at installation; the 2019 practice counted that as one go (unverified)
says:
  violated:
    zh: "一次申请多个权限（其中有 {item}），拒绝后基本功能不可用。"
    en: "Several permissions were asked for at once (among them {item}), and after the refusal the basic function was blocked."
  suspected:
    zh: "存在一次性取得多个权限的情形（{item}）；实测逐项拒绝后仍可使用即可排除。"
    en: "Several permissions are obtained at one go ({item}); a run in which the app works after each denial would clear it."
  unclear:
    zh: "申请了 {item}，但未记录同时申请了几项权限。"
    en: "{item} was asked for, but not recorded with how many others."
  satisfied:
    zh: "{item} 单独申请，或一并申请被拒后仍可使用。"
    en: "{item} was asked for alone, or the app worked after the batch was refused."
fix:
  zh: 在使用对应功能时逐项申请权限，拒绝任何一项不影响其他功能；将 targetSdkVersion 升至 23 以上。
  en: Ask for each permission when its function is used, let every other function work without it, and raise targetSdkVersion to 23 or above.
status: stable
since: 0.1.0
false_positives:
  zh: 同一权限组的成对权限（如精确与粗略位置）系统只弹一次窗，可能显示为一批。
  en: Pairs of one permission group (fine and coarse location) are one dialog of the system but may show as a batch.
*/
with batch as (
  select value from limits where rule = 'method.4.6' and name = 'batch'
),
runtime as (
  select value from limits where rule = 'method.4.6' and name = 'runtime_sdk'
),
tried as (
  select
    subject,
    get_json_object(detail, '$.refused') as refused,
    count(*) filter (where outcome = 'blocked') as blocked,
    count(*) filter (where outcome = 'available') as available
  from facts
  where kind = 'function' and item = 'basic' and phase = 'after_refusal' and certainty = 'seen'
  group by subject, get_json_object(detail, '$.refused')
),
asked as (
  select
    f.subject, f.fact_id, f.item, f.certainty,
    case when f.amount >= b.value then 'yes' when f.amount is not null then 'no' end as together
  from facts as f
  cross join batch as b
  where f.kind = 'request' and coalesce(f.unit, 'permission') = 'permission'
),
tested as (
  select
    a.subject, a.fact_id, a.item,
    case
      when a.together = 'no' then 'satisfied'
      when a.together = 'yes' and a.certainty = 'reachable' then 'suspected'
      when a.together = 'yes' and t.blocked > 0 then 'violated'
      when a.together = 'yes' and t.available > 0 then 'satisfied'
      when a.together = 'yes' then 'suspected'
      else 'unclear'
    end as verdict
  from asked as a
  left join tried as t on t.subject = a.subject and t.refused = a.item
),
opened as (
  select f.subject, count(distinct f.item) as permissions
  from facts as f
  join permission_info as p on p.permission = f.item
  where f.kind = 'permission' and p.level = 'dangerous'
  group by f.subject
),
installed as (
  select f.subject, f.fact_id, f.item, 'suspected' as verdict
  from facts as f
  join opened as o on o.subject = f.subject
  cross join batch as b
  cross join runtime as r
  where f.kind = 'trait' and f.item = 'target_sdk' and f.amount < r.value
    and o.permissions >= b.value
),
judged as (
  select subject, fact_id, item, verdict from tested
  union all
  select subject, fact_id, item, verdict from installed
)
select subject, verdict, array_agg(fact_id) as evidence, item
from judged
group by subject, verdict, item
