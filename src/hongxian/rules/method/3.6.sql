/*
id: method.3.6
title:
  zh: 利用用户个人信息和算法定向推送信息，未提供非定向推送信息的选项
  en: PI and algorithms are used for targeted push, and no option without targeting is offered
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "3.6", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text, session.screens, session.functions]
severity: medium
says:
  violated:
    zh: App 利用个人信息定向推送，但界面上没有关闭选项，或者关闭后不起作用。
    en: The app pushes targeted information by PI, and its screens offer no way to switch that off, or one that does not work.
  suspected:
    zh: 有定向推送或广告的迹象，没有找到关闭选项；查看设置界面或确认广告是否使用个人信息即可证实或排除。
    en: There are signs of targeted push or advertising and no off switch was found; a look at the settings, or at whether the advertising uses PI, would settle it.
  unclear:
    zh: 有定向推送或广告的迹象，但没有查看界面，无法确定是否提供关闭选项。
    en: There are signs of targeted push or advertising, but the screens were not looked at for an off switch.
  satisfied:
    zh: 提供了有效的关闭定向推送的选项。
    en: A working option without targeting is offered.
fix:
  zh: 在设置中提供一键关闭个性化推荐和个性化广告的开关，关闭后停止使用个人信息进行推送。
  en: Offer one switch in the settings that turns personalised content and advertising off, and stop using PI for them when it is off.
status: stable
since: 0.1.0
false_positives:
  zh: 只投放不依赖个人信息的广告的 App，包内也会有广告 SDK，显示为“疑似”或“不明”，不会显示为“违反”。
  en: An app whose advertising does not rest on PI still embeds an ad SDK; it shows as suspected or unclear, never as violated.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
told as (
  select distinct subject
  from facts
  where kind = 'section' and item = 'personalised_off'
),
signs as (
  select
    f.subject,
    array_agg(f.fact_id) as evidence,
    count(f.fact_id) filter (where f.kind in ('section', 'use')) as sure,
    count(f.fact_id) filter (where f.outcome = 'works') as works,
    count(f.fact_id) filter (where f.outcome in ('fails', 'missing')) as bad,
    count(f.fact_id) filter (
      where f.outcome = 'fails' or (f.outcome = 'missing' and f.certainty = 'seen')
    ) as tried,
    count(f.fact_id) filter (
      where f.outcome in ('fails', 'missing') and f.certainty = 'seen'
    ) as seen
  from facts as f
  left join sdks as k on k.actor = f.actor
  where (f.kind in ('section', 'trait') and f.item = 'personalised')
    or (f.kind = 'use' and f.purpose in ('ads', 'recommendation'))
    or (
      f.kind = 'declare'
      and f.item not in ('not_collect', 'not_share')
      and f.purpose in ('ads', 'recommendation')
    )
    or (f.kind = 'embed' and k.purpose like '%ads%')
    or (f.kind = 'control' and f.item = 'personalised_off')
  group by f.subject
  having count(f.fact_id) > count(f.fact_id) filter (where f.kind = 'control')
)
select
  s.subject,
  case
    when s.works > 0 then 'satisfied'
    when s.seen > 0 and s.sure > 0 then 'violated'
    when s.tried = 0 and t.subject is not null then 'unclear'
    when s.bad > 0 then 'suspected'
    when l.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  s.evidence
from signs as s
left join looked as l on l.subject = s.subject
left join told as t on t.subject = s.subject
