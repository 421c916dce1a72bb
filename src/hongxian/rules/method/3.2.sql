/*
id: method.3.2
title:
  zh: 用户明确表示不同意后，仍收集个人信息或打开可收集个人信息的权限，或频繁征求用户同意、干扰用户正常使用
  en: After a clear refusal PI is still collected or a permission opened, or the person is asked so often that use is disturbed
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "3.2", from: 2019-11-28, to: null, confidence: A}
needs: [session.refuse, session.deny, session.hooks | session.network]
severity: high
says:
  violated:
    zh: 用户拒绝之后，{actor} 仍收集 {info}，或者反复申请 {item}。
    en: After a refusal {actor} still collected {info}, or {item} was asked for again and again.
  suspected:
    zh: 代码在用户拒绝 {item} 之后自行再次申请；逐项拒绝运行一次即可证实或排除。
    en: After {item} is denied the code asks for it again by itself; one run with denials would prove or clear it.
  unclear:
    zh: 用户拒绝过，但无法确定收集 {info} 或再次申请 {item} 是在拒绝之前还是之后。
    en: There was a refusal, but whether {info} was collected, or {item} asked for again, before or after it is not known.
  satisfied:
    zh: 没有看到在拒绝之后收集 {info} 或反复申请 {item}。
    en: No collection of {info}, and no repeated request for {item}, was seen after the refusal.
fix:
  zh: 记住用户的拒绝；拒绝后不再收集，也不主动再次弹窗，仅在用户自己使用相关功能时再询问。
  en: Remember the refusal, collect nothing afterwards, and ask again only when the person uses the function in question.
thresholds:
  prompts: {value: 1, unit: prompt, source: practice, note: 拒绝后的时限内可再次申请的次数；未核对原文 / requests allowed within the span after a refusal; source not verified}
  hours: {value: 48, unit: hour, source: practice, note: 检测实践中的时限；未核对原文 / span used in test practice; source not verified}
status: stable
since: 0.1.0
false_positives:
  zh: 用户自己点击相关功能引起的再次申请不计（需会话记录 detail.trigger）；未记录时可能多计。
  en: Requests that the person's own act called for do not count (detail.trigger); where the session did not record it, they may.
*/
with denied as (
  select distinct subject
  from coverage
  where scope = 'session.deny' and status = 'ran'
),
refused as (
  select subject, item, min(seen_at) as refused_at
  from facts
  where kind = 'refuse' or (kind = 'request' and outcome = 'denied')
  group by subject, item
),
agreed as (
  select r.subject, r.item, min(c.seen_at) as consent_at
  from refused as r
  join facts as c on c.subject = r.subject and c.item = r.item and c.kind = 'consent'
    and c.seen_at > r.refused_at
  group by r.subject, r.item
),
forbidden as (
  select
    r.subject, p.info, r.item, r.refused_at,
    min(c.seen_at) as consent_at,
    count(c.fact_id) filter (where c.seen_at is null) as timeless
  from refused as r
  left join permission_info as p on p.permission = r.item
  left join facts as c
    on c.subject = r.subject
    and c.kind = 'consent'
    and c.item = r.item
    and (c.seen_at > r.refused_at or c.seen_at is null)
  where r.item = 'policy' or p.info is not null
  group by r.subject, p.info, r.item, r.refused_at
),
taken as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.item,
    case
      when f.seen_at >= r.consent_at then 'satisfied'
      when r.timeless > 0 then 'unclear'
      when f.seen_at > r.refused_at then 'violated'
      when f.seen_at <= r.refused_at then 'satisfied'
      when f.phase = 'after_refusal' then 'violated'
      when f.phase in ('before_prompt', 'prompt') then 'satisfied'
      when f.phase = 'after_consent' and r.item = 'policy' then 'satisfied'
      else 'unclear'
    end as verdict
  from facts as f
  left join forbidden as r on r.subject = f.subject and (r.item = 'policy' or r.info = f.info)
  where f.kind in ('collect', 'transmit')
    and f.info is not null
    and (r.subject is not null or f.phase = 'after_refusal')
    and coalesce(f.form, 'clear') <> 'anonymised'
    and coalesce(f.basis, 'consent') in ('consent', 'separate_consent')
),
asked as (
  select
    r.subject, r.item,
    array_agg(q.fact_id) as evidence,
    count(q.fact_id) filter (
      where q.seen_at > r.refused_at
        and (a.consent_at is null or q.seen_at < a.consent_at)
        and q.seen_at <= r.refused_at + interval '1' hour
          * cast((select value from limits where rule = 'method.3.2' and name = 'hours') as bigint)
    ) as soon,
    count(q.fact_id) filter (where q.seen_at is null or r.refused_at is null) as timeless,
    (select value from limits where rule = 'method.3.2' and name = 'prompts') as most
  from refused as r
  left join agreed as a on a.subject = r.subject and a.item = r.item
  join facts as q
    on q.subject = r.subject
    and q.item = r.item
    and q.kind = 'request'
    and q.certainty = 'seen'
    and coalesce(get_json_object(q.detail, '$.trigger'), 'app') <> 'person'
  group by r.subject, r.item
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, item
from taken
group by subject, verdict, info, actor, item
union all
select
  subject,
  case
    when soon > most then 'violated'
    when soon + timeless <= most then 'satisfied'
    else 'unclear'
  end as verdict,
  evidence, null as info, null as actor, item
from asked
union all
select
  f.subject,
  'suspected' as verdict,
  array_agg(f.fact_id) as evidence, null as info, null as actor, f.item
from facts as f
left join denied as d on d.subject = f.subject
where f.kind = 'request' and f.phase = 'after_refusal' and f.certainty <> 'seen'
  and d.subject is null
group by f.subject, f.item
