/*
id: method.6.1
title:
  zh: 未提供有效的更正、删除个人信息及注销用户账号功能
  en: No effective way to correct or delete PI or to cancel the account
group:
  zh: 未按法律规定提供删除或更正个人信息功能，或未公布投诉、举报方式等信息
  en: No correction or deletion as the law requires, or no published way to complain
principles: [lawful]
law:
  - {document: METHOD31, item: "6.1", from: 2019-11-28, to: null, confidence: B}
needs: [session.rights, session.screens]
severity: high
says:
  violated:
    zh: "“{item}”功能缺失或操作失败，隐私政策也未提供可用的其他途径。"
    en: "The function {item} is missing or fails, and the policy offers no other way that works."
  suspected:
    zh: "未见“{item}”功能或途径；实际操作一次即可证实或排除。"
    en: "No way to {item} is seen; one try in the app would prove or clear it."
  unclear:
    zh: "“{item}”功能存在或见于隐私政策，但未记录操作结果。"
    en: "The function {item} is there, or the policy names it, but how it ended was not recorded."
  satisfied:
    zh: "“{item}”功能可用，操作成功。"
    en: "The function {item} works."
fix:
  zh: 在设置中提供更正、删除个人信息和注销账号的入口，确保操作可完成，并在隐私政策中写明路径。
  en: Offer correction, deletion and account cancellation in the settings, see that each can be completed, and name the way in the policy.
status: stable
since: 0.1.0
false_positives:
  zh: 不设账号的 App 没有注销功能是正常的，请用 answer 记录。
  en: An app without accounts needs no cancellation; record that with answer.
*/
with asked as (
  select 'correct' as item
  union all
  select 'delete' as item
  union all
  select 'cancel_account' as item
),
named as (
  select distinct subject, item
  from facts
  where kind = 'section'
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
offered as (
  select f.subject, f.fact_id, f.item, f.outcome, f.certainty
  from facts as f
  join asked as a on a.item = f.item
  where f.kind = 'control'
),
tried as (
  select distinct subject, item
  from offered
  where certainty = 'seen'
),
judged as (
  select
    o.subject, o.fact_id, o.item,
    case
      when o.outcome = 'works' then 'satisfied'
      when o.outcome = 'fails' then 'violated'
      when o.certainty <> 'seen' and n.subject is not null then 'unclear'
      when o.outcome = 'missing' and o.certainty = 'seen' and p.subject is not null and n.subject is null then 'violated'
      when o.outcome = 'missing' then 'suspected'
      else 'unclear'
    end as verdict
  from offered as o
  left join policy_read as p on p.subject = o.subject
  left join named as n on n.subject = o.subject and n.item = o.item
  left join tried as t on t.subject = o.subject and t.item = o.item
  where o.certainty = 'seen' or t.subject is null
  union all
  select p.subject, o.fact_id, a.item, 'suspected' as verdict
  from policy_read as p
  cross join asked as a
  left join named as n on n.subject = p.subject and n.item = a.item
  left join offered as o on o.subject = p.subject and o.item = a.item
  where n.subject is null and o.subject is null
)
select subject, verdict, array_agg(fact_id) as evidence, item
from judged
group by subject, verdict, item
