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
    zh: 隐私政策声明“{promise}”，代码却可以读取 {info}（{actor}）；运行一次即可证实或排除。
    en: The policy declares "{promise}", yet the code can read {info} ({actor}); one run would prove or clear it.
  unclear:
    zh: 隐私政策声明“{promise}”，但看不出 {info} 的接收方、期限或形式是否与之相符。
    en: The policy declares "{promise}", but recipient, age or form of {info} could not be made out.
  satisfied:
    zh: "{info} 的保存期限和形式与隐私政策的声明（{promise}）相符。"
    en: How long and in what form {info} is kept or sent matches what the policy declares ({promise}).
fix:
  zh: 使实际行为与隐私政策一致：停止相反的行为，或者更新政策并重新取得同意。
  en: Make conduct and policy agree - stop what contradicts it, or update the policy and ask for consent anew.
status: stable
since: 0.1.0
false_positives:
  zh: 政策限定了条件的否定声明（如“未经同意不提供”）若被读成无条件声明，会误报；核对原文后用 accept 文件记录。
  en: A denial under a condition ("not shared without consent") read as unconditional gives a false report; check the wording and use the accept file.
*/
with pairs as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.recipient,
    d.fact_id as promise_id,
    d.item as promise,
    case
      when f.kind = 'reach' then 'suspected'
      when d.item = 'not_share' and f.recipient = 'unknown' then 'unclear'
      when f.certainty = 'seen' then 'violated'
      else 'unclear'
    end as verdict
  from facts as f
  join facts as d
    on d.subject = f.subject
    and d.kind = 'declare'
    and (d.info is null or d.info = f.info or d.info = split_part(f.info, '.', 1))
    and (d.actor is null or d.actor = f.actor)
    and (
      (d.item = 'not_collect' and f.kind in ('collect', 'transmit', 'reach'))
      or (
        d.item = 'not_share'
        and f.kind in ('transmit', 'provide')
        and f.recipient <> 'first_party'
        and (d.recipient is null or d.recipient = f.recipient or f.recipient = 'unknown')
      )
    )
  where f.info is not null and coalesce(f.form, 'clear') <> 'anonymised'
  union all
  select
    f.subject, f.fact_id, f.info, f.actor, f.recipient,
    d.fact_id as promise_id,
    'store' as promise,
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
    f.subject, f.fact_id, f.info, f.actor, f.recipient,
    d.fact_id as promise_id,
    d.form as promise,
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
