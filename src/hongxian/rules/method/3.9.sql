/*
id: method.3.9
title:
  zh: 违反其所声明的收集使用规则，收集使用个人信息
  en: PI is collected or used against the rules that the app itself declared
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "3.9", from: 2019-11-28, to: null, confidence: B}
needs: [policy.text, session.hooks | traffic.requests, session.network | traffic.egress, store.scan | session.functions]
severity: high
says:
  violated:
    zh: 隐私政策声明“{promise}”，实际却有相反的行为（{info}，{actor}，{recipient}）。
    en: The policy declares "{promise}", and the opposite was seen ({info}, {actor}, {recipient}).
  suspected:
    zh: 隐私政策声明“{promise}”，代码却可以读取或发出 {info}（{actor}），或者看到了相反的行为，但该声明未必涵盖它；对照政策原文或运行一次即可证实或排除。
    en: The policy declares "{promise}", yet the code can read or send {info} ({actor}), or the opposite was seen though the promise may not cover it; its wording or one run would prove or clear it.
  unclear:
    zh: 隐私政策声明“{promise}”，但政策另有相反的说明，或看不出 {info} 的接收方、期限或形式是否与之相符。
    en: The policy declares "{promise}", but also says otherwise, or recipient, age or form of {info} could not be made out.
  satisfied:
    zh: "{info} 的保存期限和形式与隐私政策的声明（{promise}）相符。"
    en: How long and in what form {info} is kept or sent matches what the policy declares ({promise}).
fix:
  zh: 使实际行为与隐私政策一致：停止相反的行为，或者更新政策并重新取得同意。
  en: Make conduct and policy agree - stop what contradicts it, or update the policy and ask for consent anew.
status: stable
since: 0.1.0
false_positives:
  zh: 附有条件的否定声明（如“未经同意不提供”）不计为承诺。“我们不会”按 App 自有代码理解，SDK 或来源不明的代码有相反行为的只显示为“疑似”；政策同时点名写明收集或提供该项的，显示为“不明”；“设备信息”等概括用语不抵消点名的否定。限定语未被识别的否定声明会误报，核对原文后用 accept 文件记录。
  en: A denial under a condition ("not shared without consent") is no promise. "We do not" is taken to speak of own code; what SDKs or code of unknown origin do against it is suspected only, and where the policy also names that PI as collected or given it is unclear; general words such as device information take nothing back. A limit of the denial that was not recognised gives a false report; check the wording and use the accept file.
*/
with own as (
  select f.subject, k.actor
  from facts as f
  join sdks as k on k.party = f.party
  where f.kind = 'section' and f.item = 'operator_identity'
),
acts as (
  select
    f.subject, f.fact_id, f.kind, f.info, f.certainty,
    coalesce(f.actor, 'unknown') as actor,
    case when f.kind in ('transmit', 'provide') then f.recipient else k.actor end as recipient,
    case
      when f.kind in ('transmit', 'provide') then coalesce(r.owner, f.recipient) else k.owner
    end as owner
  from facts as f
  left join sdks as k on k.actor = f.actor
  left join sdks as r on r.actor = f.recipient
  where f.kind in ('collect', 'transmit', 'reach', 'provide')
    and f.info is not null
    and coalesce(f.form, 'clear') <> 'anonymised'
),
denials as (
  select
    f.subject, f.fact_id, f.item, f.info,
    coalesce(f.actor, 'first_party') as actor,
    coalesce(k.owner, f.recipient, 'third_party') as owner,
    get_json_object(f.detail, '$.unresolved') as unresolved
  from facts as f
  left join sdks as k on k.actor = f.recipient
  where f.kind = 'declare' and get_json_object(f.detail, '$.condition') is null
),
said as (
  select
    f.subject, f.info, f.recipient, coalesce(f.actor, 'first_party') as actor,
    k.owner as actors_owner, r.owner as recipients_owner
  from facts as f
  left join sdks as k on k.actor = f.actor
  left join sdks as r on r.actor = f.recipient
  where f.kind = 'declare'
    and f.item in ('collect', 'share', 'entrust')
    and coalesce(f.basis, 'consent') <> 'legal_exception'
),
against as (
  select
    a.subject, a.fact_id, a.kind, a.info, a.certainty, a.actor, a.recipient,
    d.fact_id as promise_id,
    d.item as promise,
    d.info as denied,
    d.actor as promiser,
    d.unresolved,
    case when d.item = 'not_share' then a.owner else a.actor end as who
  from acts as a
  join denials as d
    on d.subject = a.subject
    and d.actor in ('first_party', a.actor)
    and (d.info is null or d.info in (a.info, split_part(a.info, '.', 1)))
  left join own as o on o.subject = a.subject and o.actor = a.recipient
  where (d.item = 'not_collect' and a.kind <> 'provide')
    or (
      d.item = 'not_share'
      and a.recipient <> 'first_party'
      and o.actor is null
      and (d.owner in ('third_party', a.owner) or a.recipient = 'unknown')
    )
),
weighed as (
  select
    a.subject, a.fact_id, a.kind, a.info, a.certainty, a.actor, a.recipient,
    a.promise_id, a.promise, a.promiser, a.unresolved,
    count(s.subject) filter (
      where a.who in (s.actor, s.recipient, s.actors_owner, s.recipients_owner)
        and (
          s.info in (a.info, a.denied)
          or (a.denied is null and coalesce(s.info, 'any') in ('any', split_part(a.info, '.', 1)))
        )
    ) as otherwise,
    count(s.subject) filter (
      where a.denied is null and (a.promise = 'not_collect' or s.recipient is not null)
    ) as limits_it
  from against as a
  left join said as s on s.subject = a.subject
  group by
    a.subject, a.fact_id, a.kind, a.info, a.certainty, a.actor, a.recipient,
    a.promise_id, a.promise, a.promiser, a.unresolved
),
pairs as (
  select
    subject, fact_id, info, actor, recipient, promise_id, promise,
    case
      when otherwise > 0 or unresolved = 'true' then 'unclear'
      when limits_it > 0 and certainty = 'reachable' then 'unclear'
      when promise = 'not_share' and recipient = 'unknown' then 'unclear'
      when certainty = 'reachable' then 'suspected'
      when certainty = 'seen' and limits_it = 0
        and (promise = 'not_share' or actor in (promiser, 'library'))
        and (promise = 'not_collect' or kind <> 'collect') then 'violated'
      when certainty = 'seen' then 'suspected'
      else 'unclear'
    end as verdict
  from weighed
  union all
  select
    f.subject, f.fact_id, f.info, f.actor, f.recipient, d.fact_id as promise_id, 'store' as promise,
    case
      when f.amount > d.amount then 'violated'
      when f.amount <= d.amount then 'satisfied'
      else 'unclear'
    end as verdict
  from facts as f
  join facts as d
    on d.subject = f.subject
    and d.info = f.info
    and d.kind = 'declare'
    and d.item = 'store'
    and d.unit = 'day'
  where f.kind = 'store' and f.unit = 'day'
  union all
  select
    f.subject, f.fact_id, f.info, f.actor, f.recipient, d.fact_id as promise_id, d.form as promise,
    case
      when f.form = d.form then 'satisfied'
      when f.form = 'clear' then 'violated'
      else 'unclear'
    end as verdict
  from facts as f
  join facts as d
    on d.subject = f.subject
    and d.info = f.info
    and d.kind = 'declare'
    and d.form <> 'clear'
    and (
      (d.item = 'store' and f.kind = 'store')
      or (d.item in ('collect', 'share', 'entrust') and f.kind in ('transmit', 'provide'))
    )
),
both_sides as (
  select subject, verdict, info, actor, recipient, promise, fact_id
  from pairs
  union all
  select subject, verdict, info, actor, recipient, promise, promise_id as fact_id
  from pairs
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, recipient, promise
from both_sides
group by subject, verdict, info, actor, recipient, promise
