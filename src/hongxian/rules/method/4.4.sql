/*
id: method.4.4
title:
  zh: 收集个人信息的频度等超出业务功能实际需要
  en: PI collected more often than the functions need
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary]
law:
  - {document: METHOD31, item: "4.4", from: 2019-11-28, to: null, confidence: B}
needs: [session.functions, session.background, session.hooks | session.network]
severity: medium
thresholds:
  interval_seconds:
    value: 30
    unit: second
    source: practice
    note: a read every 30 s without need is the bad example that test practice cites; the Method gives no number
  repeats:
    value: 5
    unit: count
    source: ours
    note: so many short gaps between reads of the same PI by the same code
  background_reads:
    value: 1
    unit: count
    source: ours
    note: so many reads while the app was not in front
says:
  violated:
    zh: "{actor} 收集 {info} 的频度超出功能需要：{quick} 次间隔不超过限值，后台 {behind} 次。"
    en: "{actor} collected {info} more often than any function needs: {quick} gaps within the limit, {behind} times in the background."
  suspected:
    zh: "{actor} 以不超过 {seconds} 秒的间隔或在后台收集 {info}（测得间隔 {quick} 次，后台 {behind} 次），或者其代码设定为自行如此读取；写明所服务的功能或 App 类型即可排除。"
    en: "{actor} collected {info} at gaps of {seconds} seconds or less, or in the background ({quick} such gaps seen, {behind} times behind), or its code is set to do so by itself; naming the function it serves, or the type of app, would clear it."
  unclear:
    zh: "{actor} 收集 {info} 的时间未记录，或者其代码按固定间隔读取而不知服务于何种功能，无法判断频度。"
    en: "When {actor} collected {info} was not recorded, or its code reads it at a fixed interval for a function we do not know, so its frequency cannot be judged."
  satisfied:
    zh: "{actor} 收集 {info} 的频度在限值以内，或为该类 App 在前台运行所必需。"
    en: "{actor} collected {info} within the limits, or it is necessary PI of this type of app in front."
fix:
  zh: 改为按需、按事件采集，缓存结果；退到后台即停止，除非用户正在使用的功能（如导航）需要。
  en: Read on demand or by event and cache it; stop in the background unless a running function, such as navigation, needs it.
status: stable
since: 0.1.0
false_positives:
  zh: 同一次功能内的连续读取（如扫码时的相机帧）可能被计入；录制时把用途记为 basic_function 即不再计数。
  en: Reads in a row within one use of a function (camera frames while scanning) may count; recorded with the purpose basic_function they do not.
*/
with gap as (
  select value from limits where rule = 'method.4.4' and name = 'interval_seconds'
),
many as (
  select value from limits where rule = 'method.4.4' and name = 'repeats'
),
behind_limit as (
  select value from limits where rule = 'method.4.4' and name = 'background_reads'
),
moments as (
  select
    subject, fact_id, kind, info, actor, phase, amount, unit, seen_at,
    lag(seen_at) over (partition by subject, kind, info, actor order by seen_at) as before
  from facts
  where kind in ('collect', 'transmit') and certainty = 'seen' and info is not null
    and coalesce(purpose, 'not told') <> 'basic_function'
),
counted as (
  select
    m.subject, m.kind, m.info, m.actor,
    array_agg(m.fact_id) as evidence,
    count(*) filter (
      where m.seen_at <= m.before + cast(g.value as bigint) * interval '1' second
    ) as quick,
    count(*) filter (where m.unit = 'per_minute' and m.amount * g.value >= 60) as rapid,
    count(*) filter (where m.phase = 'background') as behind,
    count(*) filter (
      where m.seen_at is null and coalesce(m.unit, 'read') <> 'per_minute'
    ) as untimed
  from moments as m
  cross join gap as g
  group by m.subject, m.kind, m.info, m.actor
),
paced as (
  select
    c.subject, c.evidence, c.info, c.actor, c.quick, c.behind, c.untimed, n.info as necessary,
    s.app_type, g.value as seconds,
    case when c.behind >= b.value then 1 else 0 end as hidden,
    case when c.quick >= o.value or c.rapid > 0 then 1 else 0 end as hasty
  from counted as c
  cross join many as o
  cross join behind_limit as b
  cross join gap as g
  join subjects as s on s.subject = c.subject
  left join app_necessary as n on n.app_type = s.app_type and n.info = c.info
),
regular as (
  select f.subject, f.info, f.actor, f.fact_id, f.amount, n.info as necessary,
    get_json_object(f.detail, '$.alone') as alone
  from facts as f
  join subjects as s on s.subject = f.subject
  join gap as g on f.amount <= g.value
  left join app_necessary as n on n.app_type = s.app_type and n.info = f.info
  left join counted as c on c.subject = f.subject and c.info = f.info and c.actor = f.actor
  where f.kind = 'trait' and f.item = 'repeats' and c.subject is null
),
judged as (
  select
    subject, evidence, info, actor, quick, behind, seconds,
    case
      when hidden = 0 and hasty = 0 and untimed = 0 then 'satisfied'
      when hidden = 0 and hasty = 1 and necessary is not null then 'satisfied'
      when (hidden = 1 or hasty = 1) and (necessary is not null or app_type is null)
        then 'suspected'
      when hidden = 1 or hasty = 1 then 'violated'
      else 'unclear'
    end as verdict
  from paced
  union all
  select
    subject, array_agg(fact_id) as evidence, info, actor, 0 as quick, 0 as behind,
    min(amount) as seconds,
    case
      when alone = 'true' and necessary is null then 'suspected'
      else 'unclear'
    end as verdict
  from regular
  group by subject, info, actor, alone, necessary
)
select subject, verdict, evidence, info, actor, quick, behind, seconds
from judged
