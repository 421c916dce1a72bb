/*
id: method.3.5
title:
  zh: 未经用户同意更改其设置的可收集个人信息权限状态，如 App 更新时自动将用户设置的权限恢复到默认状态
  en: The state of permissions that the person had set is changed without consent, for instance reset to default by an update
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "3.5", from: 2019-11-28, to: null, confidence: C}
needs: [session.update]
severity: medium
says:
  violated:
    zh: "{item} 在更新前为 {earlier}，更新后变为 {later}，其间没有用户操作。"
    en: "{item} was {earlier} before the update and {later} after it, with no act of the person in between."
  unclear:
    zh: 更新后 {item} 为 {later}，但没有记录更新前的状态或时间。
    en: After the update {item} is {later}, but its state before, or the time of it, was not recorded.
  satisfied:
    zh: "{item} 的状态在更新前后一致，或者由用户自己更改。"
    en: "{item} is the same before and after the update, or the person changed it."
fix:
  zh: 更新时保留用户设置的权限和开关状态；需要改变的，先征得同意。
  en: Keep the person's settings over updates; ask before changing any.
status: stable
since: 0.1.0
false_positives:
  zh: 系统自动收回长期未用权限造成的变化不属于 App 的行为；请用 accept 文件记录。
  en: Permissions that the system itself takes back after long disuse are not the app's doing; use the accept file.
*/
with settings as (
  select subject, fact_id, item, outcome, phase, seen_at
  from facts
  where kind = 'state' and item not in ('consent_box', 'main_screen')
),
earlier as (
  select
    subject, item, outcome,
    row_number() over (partition by subject, item order by seen_at desc) as age
  from settings
  where phase not in ('after_update', 'unknown') and seen_at is not null
),
acted as (
  select distinct subject, item
  from facts
  where kind in ('consent', 'refuse', 'request', 'withdraw') and phase = 'after_update'
),
compared as (
  select
    s.subject, s.fact_id, s.item, e.outcome as earlier, s.outcome as later,
    case
      when s.outcome = e.outcome then 'satisfied'
      when a.subject is not null then 'satisfied'
      when s.outcome <> e.outcome then 'violated'
      else 'unclear'
    end as verdict
  from settings as s
  left join earlier as e on e.subject = s.subject and e.item = s.item and e.age = 1
  left join acted as a on a.subject = s.subject and a.item = s.item
  where s.phase = 'after_update'
)
select subject, verdict, array_agg(fact_id) as evidence, item, earlier, later
from compared
group by subject, verdict, item, earlier, later
