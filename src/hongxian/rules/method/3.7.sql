/*
id: method.3.7
title:
  zh: 以欺诈、诱骗等不正当方式误导用户同意收集个人信息或打开权限，如故意欺瞒、掩饰收集使用个人信息的真实目的
  en: The person is misled into consent by deceit or inducement, for instance by hiding or disguising the real purpose
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "3.7", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text, session.screens, session.network]
severity: high
says:
  violated:
    zh: 以伪装的提示索取 {info}，或者告知的目的与实际用途（{purpose}）不符（{actor}）。
    en: "{info} was asked for by a disguised prompt, or the purpose told is not what it is really used for ({purpose}; {actor})."
  suspected:
    zh: 以红包、奖励等换取 {info}，或者告知的目的与接收方的业务（{purpose}）不符；核实真实用途即可确认。
    en: "{info} is asked for against a reward, or the purpose told does not fit the recipient's business ({purpose}); the real use would settle it."
  unclear:
    zh: 就 {info} 告知过目的，但看不出实际用途，无法比较。
    en: A purpose was told for {info}, but its real use is not known, so the two cannot be compared.
  satisfied:
    zh: 就 {info} 告知的目的与观察到的用途（{purpose}）一致。
    en: The purpose told for {info} matches the use observed ({purpose}).
fix:
  zh: 如实告知真实目的和接收方，取消以奖励换取非必要个人信息、仿冒系统提示等做法。
  en: Tell the real purpose and recipient; ask for no PI against rewards or by prompts that pose as something else.
status: stable
since: 0.1.0
false_positives:
  zh: 实名抽奖等依法需要身份信息的场景会显示为“疑似”，请用 answer 记录依据。
  en: Prize draws that by law need an identity show as suspected; record the ground with answer.
*/
with told as (
  select subject, info, purpose, kind
  from facts
  where purpose is not null
    and ((kind = 'prompt' and item = 'purpose') or (kind = 'declare' and item in ('collect', 'use', 'share', 'entrust')))
),
asked as (
  select distinct subject, info
  from told
  where kind = 'prompt'
),
compared as (
  select
    f.subject, f.fact_id, f.info, f.actor,
    coalesce(f.purpose, k.purpose) as purpose,
    f.purpose is not null and f.certainty = 'seen' as sure,
    count(t.info) filter (where t.purpose = f.purpose or (f.purpose is null and k.purpose like '%' || t.purpose || '%')) as fits
  from facts as f
  join asked as a on a.subject = f.subject and a.info = f.info
  join told as t on t.subject = f.subject and t.info = f.info
  left join sdks as k on k.actor = f.recipient
  where f.kind in ('use', 'transmit', 'provide')
  group by f.subject, f.fact_id, f.info, f.actor, f.purpose, f.certainty, k.purpose
),
judged as (
  select
    subject, fact_id, info, actor, purpose,
    case
      when fits > 0 then 'satisfied'
      when sure then 'violated'
      when purpose is not null then 'suspected'
      else 'unclear'
    end as verdict
  from compared
  union all
  select
    subject, fact_id, info, actor, item as purpose,
    case
      when item = 'disguised' then 'violated'
      when info is not null then 'suspected'
      else 'unclear'
    end as verdict
  from facts
  where kind = 'prompt' and item in ('disguised', 'reward')
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, purpose
from judged
group by subject, verdict, info, actor, purpose
