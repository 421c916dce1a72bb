/*
id: method.3.3
title:
  zh: 实际收集的个人信息或打开的可收集个人信息的权限超出用户授权范围
  en: PI actually collected, or permissions opened, go beyond what the person authorised
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, necessary]
law:
  - {document: METHOD31, item: "3.3", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text, session.accept, session.hooks | session.network]
severity: high
says:
  violated:
    zh: "{actor} 收集或使用了 {info}（目的：{purpose}），隐私政策和用户的同意都不包含这一项。"
    en: "{actor} collected or used {info} (purpose - {purpose}), which neither the policy nor the person's consent covers."
  suspected:
    zh: "{actor} 收集 {info} 可能超出授权范围：代码可以读取而隐私政策和用户的同意都不包含，或者政策只写了概括用语、只写了由他人收集；对照政策原文或运行一次即可证实或排除。"
    en: "{actor} collecting {info} may go beyond what was authorised - the code can read it and neither policy nor consent covers it, or the policy uses general words or speaks of others only; its wording or one run would prove or clear it."
  unclear:
    zh: 没有读到隐私政策全文，无法确定 {actor} 收集 {info} 是否在授权范围内。
    en: The whole policy was not read, so whether {actor} may collect {info} is open.
  satisfied:
    zh: "{actor} 收集 {info} 在用户授权范围内。"
    en: "{actor} collecting {info} lies within what the person authorised."
fix:
  zh: 停止收集授权范围以外的个人信息；确有需要的，更新隐私政策并重新取得同意。
  en: Stop collecting what was not authorised; where it is needed, update the policy and ask for consent anew.
status: stable
since: 0.1.0
false_positives:
  zh: 以界面提示单独取得同意而会话没有记录的，会显示为“违反”；补充会话记录或用 accept 文件记录。政策以“设备信息”等概括用语写明的显示为“疑似”；写明精确位置的，粗略位置和连续定位视为包含在内。
  en: Where consent was given at a prompt that the session did not record, it shows as violated; complete the record or use the accept file. What the policy covers by general words such as device information is suspected; a precise location includes the coarse one and repeated fixes.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
taken as (
  select
    subject, info, actor, purpose,
    case when info in ('location.coarse', 'location.track') then 'location.precise' end as finer,
    array_agg(fact_id) as evidence,
    count(fact_id) filter (where certainty = 'seen') as seen
  from facts
  where kind in ('collect', 'transmit', 'use', 'reach')
    and info is not null
    and coalesce(form, 'clear') <> 'anonymised'
    and coalesce(basis, 'consent') in ('consent', 'separate_consent')
  group by subject, info, actor, purpose
),
allowed as (
  select
    subject, fact_id, kind, info, purpose, recipient,
    coalesce(actor, 'first_party') as actor
  from facts
  where kind = 'consent'
    or (kind = 'declare' and item in ('collect', 'use', 'share', 'entrust', 'store'))
),
measured as (
  select
    t.subject, t.info, t.actor, t.purpose, t.evidence, t.seen,
    count(d.fact_id) as entries,
    count(d.fact_id) filter (
      where d.info in (t.info, t.finer)
        and (d.kind = 'consent' or coalesce(t.actor, 'unknown') in (d.actor, d.recipient, 'library', 'system', 'unknown'))
    ) as exact
  from taken as t
  left join allowed as d
    on d.subject = t.subject
    and d.info in (t.info, t.finer, split_part(t.info, '.', 1))
    and (t.purpose is null or d.purpose is null or d.purpose = t.purpose)
  group by t.subject, t.info, t.actor, t.purpose, t.evidence, t.seen
)
select
  m.subject,
  case
    when m.exact > 0 then 'satisfied'
    when m.entries > 0 then 'suspected'
    when l.subject is not null and m.seen > 0 then 'violated'
    when l.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  m.evidence, m.info, m.actor, m.purpose
from measured as m
left join looked as l on l.subject = m.subject
