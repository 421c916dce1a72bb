/*
id: method.4.1
title:
  zh: 收集的个人信息类型或打开的可收集个人信息权限与现有业务功能无关
  en: PI collected, or permissions opened, that have nothing to do with the app's functions
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary]
law:
  - {document: METHOD31, item: "4.1", from: 2019-11-28, to: null, confidence: B}
needs: [app.manifest, policy.text, session.functions, session.hooks | session.network]
severity: medium
says:
  violated:
    zh: "{actor} 收集或申请了 {info}（{item}）：不属于该类 App 的必要个人信息，隐私政策也未说明用于何种功能。"
    en: "{actor} collected or asked for {info} ({item}): not necessary PI of this type of app, and the policy names no function for it."
  suspected:
    zh: "{info}（{item}）看不出与现有功能有关：不属于必要个人信息，且仅见声明、仅由 SDK 使用、隐私政策只说用于广告、统计、改善等目的，或尚未对照隐私政策；指明所对应的功能即可排除。"
    en: "Nothing ties {info} ({item}) to a function: it is not necessary PI and is only declared, only used by SDKs, said by the policy to serve advertising, statistics, improvement and the like, or not yet compared with the policy; naming its function would clear it."
  unclear:
    zh: "无法判断 {info}（{item}）是否与功能有关：App 类型未知、代码未能完整读取，或隐私政策所写的目的、自有代码的用途无法对应到某项功能。"
    en: "Whether {info} ({item}) belongs to a function cannot be told: the type of app is unknown, the code was not read in full, or the policy's purpose, or own code's use of it, fits no function that we know."
  satisfied:
    zh: "{info}（{item}）属于必要个人信息，或隐私政策写明了对应功能。"
    en: "{info} ({item}) is necessary PI, or the policy names its function."
fix:
  zh: 删除与功能无关的权限和采集代码；确有扩展功能需要的，在隐私政策中写明功能与目的，并在使用该功能时再申请。
  en: Remove permissions and reads without a function; where an extended function needs one, name it and its purpose in the policy and ask when the function is used.
status: stable
since: 0.1.0
false_positives:
  zh: 权限可能由网页、原生库或动态下发的代码使用，静态分析看不到，因此只显示为“疑似”。广告、统计、推送、推荐、改善和研发不计为功能；隐私政策写的收集超出该类 App 需要的，至多显示为“疑似”。
  en: Advertising, statistics, push, recommendation, improvement and research count as no function; what the policy collects beyond the needs of the type of app is suspected at most. A permission may serve web pages, native code or code loaded later, which static analysis cannot see; hence suspected only.
*/
with told as (
  select
    subject, info, purpose,
    get_json_object(detail, '$.permission') as permission
  from facts
  where (kind = 'declare' and item in ('collect', 'use'))
    or (kind = 'section' and item = 'permission_purposes')
),
used as (
  select
    subject, info,
    count(*) filter (where actor in ('first_party', 'library', 'unknown')) as own
  from facts
  where kind in ('call_site', 'reach', 'collect')
  group by subject, info
),
needed as (
  select
    subject, item,
    count(*) filter (where get_json_object(detail, '$.own') = 'true') as own
  from facts
  where kind = 'permission' and outcome = 'used'
  group by subject, item
),
code_read as (
  select distinct subject
  from coverage
  where scope = 'app.code' and status = 'ran'
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
things as (
  select
    f.subject, f.fact_id, f.kind, f.actor, f.item, p.grp,
    coalesce(p.info, f.info) as info
  from facts as f
  left join permission_info as p on p.permission = f.item
  where f.kind = 'permission'
    or (f.kind in ('collect', 'request', 'transmit') and f.certainty = 'seen')
  union all
  select
    f.subject, f.fact_id, f.kind, 'first_party' as actor, null as item, null as grp, f.info
  from facts as f
  join info_types as i on i.info = f.info
  where f.kind = 'declare'
    and f.item = 'collect'
    and f.purpose is not null
    and coalesce(f.actor, 'first_party') = 'first_party'
),
compared as (
  select
    t.subject, t.fact_id, t.kind, t.actor, t.item, s.app_type,
    min(t.info) as info,
    count(n.info) as necessary,
    count(d.purpose) as declared,
    count(*) filter (
      where d.purpose in (
        'basic_function', 'login', 'pay', 'map', 'share', 'customer_service', 'risk',
        'performance', 'legal_duty'
      )
    ) as tied,
    count(*) filter (where d.purpose = 'other') as vague,
    count(u.info) as users,
    max(u.own) as own
  from things as t
  join subjects as s on s.subject = t.subject
  left join app_necessary as n on n.app_type = s.app_type and n.info = t.info
  left join told as d
    on d.subject = t.subject
    and (d.info = t.info or d.permission in (t.item, t.grp))
  left join used as u on u.subject = t.subject and u.info = t.info
  where t.info is not null
  group by t.subject, t.fact_id, t.kind, t.actor, t.item, s.app_type
),
judged as (
  select
    c.subject, c.fact_id, c.actor, c.item, c.info,
    case
      when c.necessary > 0 or c.tied > 0 then 'satisfied'
      when c.kind = 'permission' and r.subject is not null and c.users = 0 and w.item is null
        then 'suspected'
      when c.kind = 'permission' and r.subject is not null and c.app_type is not null
        and coalesce(c.own, 0) = 0 and coalesce(w.own, 0) = 0 then 'suspected'
      when c.kind <> 'permission' and c.app_type is not null and c.declared = 0
        and p.subject is not null then 'violated'
      when c.kind <> 'permission' and c.app_type is not null and c.vague = 0 then 'suspected'
      else 'unclear'
    end as verdict
  from compared as c
  left join needed as w on w.subject = c.subject and w.item = c.item
  left join code_read as r on r.subject = c.subject
  left join policy_read as p on p.subject = c.subject
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, item
from judged
group by subject, verdict, info, actor, item
