/*
id: method.2.2
title:
  zh: 收集使用个人信息的目的、方式、范围发生变化时，未以适当方式通知用户，如更新隐私政策并提醒用户阅读
  en: Purpose, manner or scope changed and the person was not told in a fitting way, such as an updated policy and a reminder to read it
group:
  zh: 未明示收集使用个人信息的目的、方式和范围
  en: Purpose, manner and scope of collection and use not stated
principles: [legitimate, lawful]
law:
  - {document: METHOD31, item: "2.2", from: 2019-11-28, to: null, confidence: A}
needs: [policy.earlier, session.update, session.screens]
severity: medium
says:
  violated:
    zh: 与较早版本相比发生了变化（涉及 {info}），更新后的界面没有提示用户。
    en: Compared with an earlier version something changed (about {info}), and no screen after the update told the person.
  suspected:
    zh: 新版本增加了权限或 SDK，隐私政策却没有相应变化，或者隐私政策的内容变了（涉及 {info}），却没有写明如何通知用户；运行一次升级即可证实或排除。
    en: The new version added a permission or SDK while the policy stayed the same, or the policy changed (about {info}) and does not say how the person is told; one update run would prove or clear it.
  unclear:
    zh: 与较早版本相比发生了变化，但没有观察更新后的界面，无法确定是否通知用户。
    en: Compared with an earlier version something changed, but the screens after the update were not watched.
  satisfied:
    zh: 变化之后提示了用户。
    en: After the change the person was told.
fix:
  zh: 目的、方式、范围或接收方变化时更新隐私政策，以弹窗等方式提醒用户阅读；种类、目的或方式变化的，重新取得同意。
  en: When type, purpose, manner or recipient changes, update the policy and remind the person by a pop-up; where type, purpose or manner changed, ask for consent anew.
status: stable
since: 0.1.0
false_positives:
  zh: 以短信、邮件等方式通知的，界面记录看不到；请用 answer 记录。
  en: A notice by text message or mail is not seen on the screens; record it with answer.
*/
with looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
told as (
  select distinct subject
  from facts
  where kind = 'prompt' and item in ('update', 'policy') and phase = 'after_update'
),
rewritten as (
  select distinct subject
  from facts
  where kind = 'section' and item = 'changed'
),
promised as (
  select distinct subject
  from facts
  where kind = 'section' and item = 'change_notice'
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
changes as (
  select
    f.subject, f.fact_id, f.info, f.purpose, f.recipient,
    case
      when t.subject is not null then 'satisfied'
      when u.subject is not null and v.subject is not null then 'violated'
      when e.subject is not null and w.subject is null then 'suspected'
      when f.kind = 'section' and r.subject is not null and p.subject is null then 'suspected'
      else 'unclear'
    end as verdict
  from facts as f
  left join told as t on t.subject = f.subject
  left join rewritten as w on w.subject = f.subject
  left join promised as p on p.subject = f.subject
  left join policy_read as r on r.subject = f.subject
  left join looked as u on u.subject = f.subject and u.scope = 'session.update'
  left join looked as v on v.subject = f.subject and v.scope = 'session.screens'
  left join looked as e on e.subject = f.subject and e.scope = 'policy.earlier'
  where f.kind in ('section', 'trait') and f.item = 'changed'
)
select subject, verdict, array_agg(fact_id) as evidence, info, purpose, recipient
from changes
group by subject, verdict, info, purpose, recipient
