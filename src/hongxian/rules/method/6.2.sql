/*
id: method.6.2
title:
  zh: 为更正、删除个人信息或注销用户账号设置不必要或不合理条件
  en: Needless or unreasonable conditions for correction, deletion or account cancellation
group:
  zh: 未按法律规定提供删除或更正个人信息功能，或未公布投诉、举报方式等信息
  en: No correction or deletion as the law requires, or no published way to complain
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "6.2", from: 2019-11-28, to: null, confidence: B}
needs: [session.rights, session.functions, session.screens]
severity: medium
says:
  violated:
    zh: "办理更正、删除或注销时要求提供 {info}（{item}），此前使用 App 并未收集过该信息。"
    en: "On the way to correction, deletion or cancellation {info} was asked for ({item}), which the app had never collected before."
  suspected:
    zh: "办理更正、删除或注销须提供 {info}（{item}），未见 App 此前收集过；查明此前是否收集即可证实或排除。"
    en: "Correction, deletion or cancellation requires {info} ({item}), not seen to be collected before; whether it was would prove or clear it."
  unclear:
    zh: "隐私政策或办理流程设有条件（{item}），需人工判断其是否必要、合理。"
    en: "The policy or the flow sets a condition ({item}); whether it is necessary and reasonable is for a person to judge."
  satisfied:
    zh: "办理时只要求提供 {info}（{item}），属于已收集的信息或身份核验所需。"
    en: "Only {info} was asked for ({item}), collected before or needed to verify the person."
fix:
  zh: 注销等流程只做登录级身份核验，不要求手持证件照、人脸等新增信息，不捆绑其他服务。
  en: Verify no more than a login does; ask for no new PI such as a photo with the ID document or a face scan, and tie it to no other service.
status: stable
since: 0.1.0
false_positives:
  zh: 注册时收集的信息未被测试覆盖时，会显示为“疑似”；隐私政策另行写明收集该信息及其目的的，显示为“不明”。
  en: Where registration was not part of the test, this shows as suspected; where the policy collects that PI for a purpose of its own, as unclear.
*/
with held as (
  select distinct subject, info
  from facts
  where kind in ('collect', 'request', 'transmit') and certainty = 'seen'
    and get_json_object(detail, '$.flow') is null
),
declared as (
  select distinct subject, info
  from facts
  where kind = 'declare' and item = 'collect'
    and coalesce(actor, 'first_party') = 'first_party'
    and purpose is not null
),
used as (
  select distinct subject
  from coverage
  where scope = 'session.functions' and status = 'ran'
),
judged as (
  select
    f.subject, f.fact_id, f.info, f.item,
    case
      when h.subject is not null or f.info in ('auth.password', 'auth.otp') then 'satisfied'
      when f.info is not null and f.kind = 'request' and u.subject is not null then 'violated'
      when d.subject is not null then 'unclear'
      when f.info is not null then 'suspected'
      else 'unclear'
    end as verdict
  from facts as f
  left join held as h on h.subject = f.subject and h.info = f.info
  left join declared as d on d.subject = f.subject and d.info = f.info
  left join used as u on u.subject = f.subject
  where (f.kind = 'section' and f.item = 'cancel_condition')
    or (
      f.kind = 'request' and f.certainty = 'seen'
      and get_json_object(f.detail, '$.flow') in ('correct', 'delete', 'cancel_account')
    )
)
select subject, verdict, array_agg(fact_id) as evidence, info, item
from judged
group by subject, verdict, info, item
