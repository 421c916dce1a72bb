/*
id: method.5.1
title:
  zh: 既未经用户同意，也未做匿名化处理，App 客户端直接向第三方提供个人信息（含嵌入的第三方代码、插件）
  en: The client gives PI to third parties without consent and without anonymisation, embedded code included
group:
  zh: 未经同意向他人提供个人信息
  en: Giving PI to others without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "5.1", from: 2019-11-28, to: null, confidence: B}
needs: [session.accept, session.network]
severity: high
says:
  violated:
    zh: "{actor} 将 {info} 从客户端发给 {recipient}：未见就该接收方取得的单独同意，也未匿名化。"
    en: "{actor} sent {info} from the client to {recipient}: no separate consent for that recipient was seen, and it was not anonymised."
  suspected:
    zh: "{info} 可能由客户端提供给 {recipient}（{actor}）：同意之前即可读取，或隐私政策未写明向其提供；出示单独同意记录、委托关系或一次抓包即可排除。"
    en: "{info} may go from the client to {recipient} ({actor}): it can be read before consent, or the policy does not say that it goes there; a record of separate consent, of the entrustment, or one capture would clear it."
  unclear:
    zh: "{actor} 可读取或发出了 {info}，但接收方未知，未对照隐私政策，或无法确定是否先取得单独同意。"
    en: "{actor} can read or sent {info}, but the recipient is unknown, the policy was not compared, or whether separate consent came first cannot be told."
  satisfied:
    zh: "{info} 发给 {recipient} 之前已取得单独同意，或属委托处理、已匿名化、发给本方；或者抓包覆盖全程而未见发出。"
    en: "{info} went to {recipient} after separate consent, or under entrustment, anonymised, or to the operator itself; or the traffic was recorded throughout and it was not seen to go."
fix:
  zh: 就每个第三方接收方告知其名称、联系方式、目的、方式和个人信息种类并取得单独同意；能在本地处理或匿名化的不外发；委托处理的签订协议并在隐私政策中写明。
  en: Obtain separate consent for each recipient, naming it and how to reach it, purpose, manner and PI; keep data local or anonymise it; where it is entrusted processing, contract for it and say so in the policy.
status: stable
since: 0.1.0
false_positives:
  zh: 一次调用返回多种信息而政策只写明其中一种的，计为“不明”。受托处理方与第三方的区分取决于合同；隐私政策把“委托”写成“共享”时会被计为提供。哈希不是匿名化。
  en: Where one call gives several kinds of PI and the policy names one of them, the others are unclear. Whether a recipient is entrusted or a third party depends on the contract; a policy that says share where it means entrust is taken at its word. A hash is no anonymisation.
*/
with given as (
  select f.subject, f.info, coalesce(k.owner, f.recipient) as owner, f.seen_at
  from facts as f
  left join sdks as k on k.actor = f.recipient
  where f.kind = 'consent' and f.item = 'separate' and coalesce(f.outcome, 'given') <> 'implied'
),
entrusted as (
  select distinct f.subject, f.info, coalesce(k.owner, f.recipient) as owner
  from facts as f
  left join sdks as k on k.actor = f.recipient
  where f.kind = 'declare' and f.item = 'entrust'
),
disclosed as (
  select subject, info, recipient
  from facts
  where kind = 'declare' and item = 'share'
  union
  select subject, info, actor as recipient
  from facts
  where kind = 'declare' and item = 'collect'
),
told as (
  select distinct f.subject, f.actor, f.item
  from facts as f
  join disclosed as d on d.subject = f.subject and d.recipient = f.actor
    and (
      d.info is null or d.info = f.info
      or (d.info = 'location.precise' and f.info in ('location.coarse', 'location.track'))
    )
  where f.kind = 'reach'
),
policy_read as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
watched as (
  select distinct subject
  from coverage
  where scope = 'session.screens' and status = 'ran'
),
followed as (
  select subject, scope
  from coverage
  where status = 'ran'
),
operator as (
  select subject, party
  from facts
  where kind = 'section' and item = 'operator_identity'
),
sent as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.form, f.phase, f.seen_at,
    nullif(f.recipient, 'unknown') as recipient,
    coalesce(k.owner, f.recipient) as owner
  from facts as f
  left join sdks as k on k.actor = f.recipient
  where f.kind = 'transmit' and f.sensor = 'session' and f.certainty = 'seen'
    and coalesce(f.basis, 'consent') in ('consent', 'separate_consent')
),
agreed as (
  select
    t.fact_id,
    count(*) filter (where g.seen_at <= t.seen_at) as before,
    count(*) filter (where g.seen_at is null or t.seen_at is null) as untimed
  from sent as t
  join given as g on g.subject = t.subject and g.owner = t.owner
    and (g.info is null or g.info = t.info)
  group by t.fact_id
),
sendings as (
  select
    t.subject, t.fact_id, t.info, t.actor, t.recipient,
    case
      when t.recipient = 'first_party' or t.form = 'anonymised' then 'satisfied'
      when t.recipient is not null
        and t.phase in ('before_prompt', 'prompt', 'after_refusal', 'after_withdrawal')
        then 'violated'
      when a.before > 0 or e.subject is not null then 'satisfied'
      when t.recipient is not null and coalesce(a.untimed, 0) = 0
        and p.subject is not null and w.subject is not null then 'violated'
      when t.recipient is not null and coalesce(a.untimed, 0) = 0 then 'suspected'
      else 'unclear'
    end as verdict
  from sent as t
  left join agreed as a on a.fact_id = t.fact_id
  left join entrusted as e on e.subject = t.subject and e.owner = t.owner
    and (e.info is null or e.info = t.info)
  left join policy_read as p on p.subject = t.subject
  left join watched as w on w.subject = t.subject
),
paths as (
  select
    f.subject, f.fact_id, f.info, f.actor, f.actor as recipient,
    case
      when e.subject is not null then 'satisfied'
      when n.subject is not null and c.subject is not null then 'satisfied'
      when f.phase = 'before_prompt' then 'suspected'
      when p.subject is not null and t.subject is null then 'suspected'
      else 'unclear'
    end as verdict
  from facts as f
  join sdks as s on s.actor = f.actor
  left join operator as o on o.subject = f.subject and o.party = s.party
  left join entrusted as e on e.subject = f.subject and e.owner = s.owner
    and (e.info is null or e.info = f.info)
  left join told as t on t.subject = f.subject and t.actor = f.actor and t.item = f.item
  left join policy_read as p on p.subject = f.subject
  left join followed as n on n.subject = f.subject and n.scope = 'session.network'
  left join followed as c on c.subject = f.subject and c.scope = 'session.accept'
  where f.kind = 'reach' and o.subject is null
),
judged as (
  select subject, fact_id, info, actor, recipient, verdict from sendings
  union all
  select subject, fact_id, info, actor, recipient, verdict from paths
)
select subject, verdict, array_agg(fact_id) as evidence, info, actor, recipient
from judged
group by subject, verdict, info, actor, recipient
