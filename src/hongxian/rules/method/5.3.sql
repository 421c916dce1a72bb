/*
id: method.5.3
title:
  zh: App 接入第三方应用，未经用户同意，向第三方应用提供个人信息
  en: PI given to connected third-party applications without consent
group:
  zh: 未经同意向他人提供个人信息
  en: Giving PI to others without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "5.3", from: 2019-11-28, to: null, confidence: C}
needs: [session.third_party, session.network, session.screens]
severity: high
says:
  violated:
    zh: "打开第三方应用（{item}）时向其提供了 {info}，未经用户同意。"
    en: "When the third-party application {item} was opened, it was given {info} without the person's consent."
  suspected:
    zh: "打开第三方应用（{item}）时向其提供了 {info}，或者代码未经提示即可向其网页提供 {info}，未记录界面，无法看到是否征得同意；录制一次打开过程即可证实或排除。"
    en: "The third-party application {item} was given {info}, or code lets its page take {info} without a prompt; screens were not recorded, and a recording of its opening would prove or clear it."
  unclear:
    zh: "向第三方应用（{item}）提供了或可以提供 {info}，但同意与提供的先后未知。"
    en: "The third-party application {item} was given {info}, or can take it, but whether consent came first is unknown."
  satisfied:
    zh: "向第三方应用（{item}）提供 {info} 之前征得了用户同意，或已匿名化。"
    en: "The third-party application {item} got {info} after the person's consent, or anonymised."
fix:
  zh: 打开小程序、H5 等第三方应用前，逐个应用告知其名称和所提供的个人信息并征得同意。
  en: Before a mini program or H5 service opens, name it and the PI it will get, and ask for consent application by application.
status: stable
since: 0.1.0
false_positives:
  zh: 本方自有的小程序须以 first_party 记为接收方，否则会按第三方计。
  en: The operator's own mini programs must be recorded with first_party as recipient, or they count as third parties.
*/
with given as (
  select subject, recipient, seen_at
  from facts
  where kind = 'consent' and item = 'separate' and coalesce(outcome, 'given') <> 'implied'
),
opened as (
  select
    subject, fact_id, info, recipient, form, seen_at, certainty,
    get_json_object(detail, '$.third_party_app') as item,
    get_json_object(detail, '$.asks') as asks
  from facts
  where kind = 'transmit' and certainty in ('seen', 'reachable')
    and get_json_object(detail, '$.third_party_app') is not null
    and coalesce(recipient, 'unknown') <> 'first_party'
),
agreed as (
  select
    o.fact_id,
    count(*) filter (where g.seen_at <= o.seen_at) as before,
    count(*) filter (where g.seen_at is null or o.seen_at is null) as untimed
  from opened as o
  join given as g on g.subject = o.subject and g.recipient in (o.recipient, o.item)
  group by o.fact_id
),
looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
judged as (
  select
    o.subject, o.fact_id, o.info, o.item, o.recipient,
    case
      when o.form = 'anonymised' then 'satisfied'
      when a.before > 0 then 'satisfied'
      when coalesce(a.untimed, 0) = 0 and o.certainty = 'seen' and l.subject is not null
        then 'violated'
      when coalesce(a.untimed, 0) = 0 and coalesce(o.asks, 'false') = 'false' then 'suspected'
      else 'unclear'
    end as verdict
  from opened as o
  left join agreed as a on a.fact_id = o.fact_id
  left join looked as l on l.subject = o.subject and l.scope = 'session.screens'
  left join looked as w on w.subject = o.subject and w.scope = 'session.third_party'
  where o.certainty = 'seen' or w.subject is null
)
select subject, verdict, array_agg(fact_id) as evidence, info, item, recipient
from judged
group by subject, verdict, info, item, recipient
