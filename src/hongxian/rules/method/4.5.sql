/*
id: method.4.5
title:
  zh: 仅以改善服务质量、提升用户体验、定向推送信息、研发新产品等为由，强制要求用户同意收集个人信息
  en: Consent forced merely to improve service or experience, push targeted information or develop products
group:
  zh: 违反必要原则，收集与其提供的服务无关的个人信息
  en: Collecting PI that the service does not need
principles: [necessary, legitimate]
law:
  - {document: METHOD31, item: "4.5", from: 2019-11-28, to: null, confidence: C}
needs: [policy.text, session.deny | session.refuse, session.screens]
severity: medium
says:
  violated:
    zh: "隐私政策中 {info} 仅用于改善服务、推送或研发，用户拒绝后基本功能即不可用。"
    en: "The policy asks for {info} only for improvement, push or research, and refusing it blocked the basic function."
  suspected:
    zh: "{info} 仅用于改善服务、推送或研发，却与整份隐私政策一并征求同意、不同意则无法使用，或者代码在拒绝后结束运行；拒绝后仍可使用或可单独关闭即可排除。"
    en: "{info} serves only improvement, push or research, yet is bundled into a policy that must be accepted to use the app, or code ends the app once it is refused; a refusal that leaves the app usable, or a separate switch, would clear it."
  unclear:
    zh: "隐私政策中 {info} 仅用于改善服务、推送或研发，但未测试拒绝后能否使用。"
    en: "The policy asks for {info} only for improvement, push or research; whether it can be refused was not tried."
  satisfied:
    zh: "{info} 仅用于改善服务、推送或研发，拒绝后基本功能仍可使用。"
    en: "{info} serves only improvement, push or research, and the basic function works without it."
fix:
  zh: 将改善服务、推送、研发等目的设为可选项，单独征求同意，拒绝后不影响基本功能。
  en: Make improvement, push and research optional, ask for them apart, and keep the basic function working without them.
status: stable
since: 0.1.0
false_positives:
  zh: 隐私政策只写了笼统目的时，实际用途可能更广；以测试结果为准。
  en: A policy that names only vague purposes may understate the real ones; the test decides.
*/
with declared as (
  select
    subject, fact_id, info,
    count(
      case
        when coalesce(purpose, 'not told')
          not in ('improve', 'research', 'push', 'recommendation', 'ads') then fact_id
      end
    ) over (partition by subject, info) as others
  from facts
  where kind = 'declare' and item in ('collect', 'use') and info is not null
    and coalesce(actor, 'first_party') = 'first_party'
),
vague as (
  select subject, fact_id, info
  from facts
  where kind = 'section' and item = 'only_improvement_purposes'
  union all
  select subject, fact_id, info
  from declared
  where others = 0
),
tried as (
  select
    f.subject, f.fact_id, f.outcome, f.certainty,
    coalesce(p.info, get_json_object(f.detail, '$.refused')) as refused
  from facts as f
  left join permission_info as p on p.permission = get_json_object(f.detail, '$.refused')
  where f.kind = 'function' and f.item = 'basic' and f.phase = 'after_refusal'
),
paired as (
  select
    v.subject, v.fact_id, v.info,
    count(*) filter (
      where t.outcome = 'blocked' and t.refused = v.info and t.certainty = 'seen'
    ) as blocked,
    count(*) filter (
      where t.outcome = 'available' and t.refused = v.info and t.certainty = 'seen'
    ) as available,
    count(*) filter (
      where t.outcome = 'blocked' and t.refused in ('policy', v.info)
    ) as bundled
  from vague as v
  left join tried as t on t.subject = v.subject
  group by v.subject, v.fact_id, v.info
),
judged as (
  select
    subject, fact_id, info,
    case
      when blocked > 0 then 'violated'
      when available > 0 then 'satisfied'
      when bundled > 0 then 'suspected'
      else 'unclear'
    end as verdict
  from paired
)
select subject, verdict, array_agg(fact_id) as evidence, info
from judged
group by subject, verdict, info
