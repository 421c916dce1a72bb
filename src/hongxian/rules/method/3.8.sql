/*
id: method.3.8
title:
  zh: 未向用户提供撤回同意收集个人信息的途径、方式
  en: The person is given no way to withdraw consent to the collection of PI
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "3.8", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text, session.screens, session.withdraw]
severity: medium
says:
  violated:
    zh: 隐私政策和界面都没有撤回同意的途径，或者撤回后仍收集 {info}（{actor}）。
    en: Neither the policy nor the screens give a way to withdraw consent, or {info} is still collected afterwards ({actor}).
  suspected:
    zh: 隐私政策没有写明、或者界面上没有找到撤回同意的途径；两者都查看后即可确认。
    en: The policy names no way to withdraw consent, or the screens show none; looking at both would settle it.
  unclear:
    zh: 没有查看界面上撤回同意的途径是否有效。
    en: Whether the way to withdraw consent works was not tried on the screens.
  satisfied:
    zh: 提供了有效的撤回同意途径。
    en: There is a working way to withdraw consent.
fix:
  zh: 在设置中提供撤回同意的入口，在隐私政策中写明方法；撤回后立即停止收集。
  en: Offer a way to withdraw in the settings, describe it in the policy, and stop collecting at once when it is used.
status: stable
since: 0.1.0
false_positives:
  zh: 仅以关闭系统权限作为撤回途径、且政策写明的，界面记录可能显示为“missing”，结论为“疑似”。
  en: Where the only way is to close system permissions and the policy says so, the screens may show none; it is then suspected.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
ways as (
  select
    subject,
    array_agg(fact_id) as evidence,
    count(fact_id) filter (where kind = 'section') as told,
    count(fact_id) filter (where outcome = 'works') as works,
    count(fact_id) filter (where outcome in ('fails', 'missing')) as bad,
    count(fact_id) filter (
      where outcome = 'fails' or (outcome = 'missing' and certainty = 'seen')
    ) as tried,
    count(fact_id) filter (where outcome in ('fails', 'missing') and certainty = 'seen') as seen
  from facts
  where (kind = 'section' and item = 'withdraw')
    or (kind = 'control' and item = 'withdraw_consent')
  group by subject
)
select
  s.subject,
  case
    when w.works > 0 then 'satisfied'
    when w.seen > 0 and w.told = 0 and l.subject is not null then 'violated'
    when w.told > 0 and w.tried = 0 then 'unclear'
    when w.bad > 0 then 'suspected'
    when l.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  w.evidence, null as info, null as actor
from subjects as s
left join ways as w on w.subject = s.subject
left join looked as l on l.subject = s.subject
union all
select
  subject,
  case when certainty = 'seen' then 'violated' else 'unclear' end as verdict,
  array_agg(fact_id) as evidence, info, actor
from facts
where kind in ('collect', 'transmit')
  and phase = 'after_withdrawal'
  and coalesce(form, 'clear') <> 'anonymised'
  and coalesce(basis, 'consent') in ('consent', 'separate_consent')
group by subject, certainty, info, actor
