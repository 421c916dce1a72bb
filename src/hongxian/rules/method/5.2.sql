/*
id: method.5.2
title:
  zh: 既未经用户同意，也未做匿名化处理，数据传输至 App 后台服务器后，向第三方提供其收集的个人信息
  en: The server gives collected PI to third parties without consent and without anonymisation
group:
  zh: 未经同意向他人提供个人信息
  en: Giving PI to others without consent
principles: [lawful]
law:
  - {document: METHOD31, item: "5.2", from: 2019-11-28, to: null, confidence: B}
needs: [traffic.egress]
severity: high
says:
  violated:
    zh: "后台将 {info} 提供给 {recipient}（{item}）：未见就该接收方取得的单独同意或委托关系，也未匿名化。"
    en: "The server gave {info} to {recipient} ({item}): neither separate consent for that recipient nor an entrustment was seen, and it was not anonymised."
  suspected:
    zh: "后台将 {info} 提供给 {recipient}（{item}），但尚未查看隐私政策或同意记录；出示单独同意记录或委托合同即可排除。"
    en: "The server gave {info} to {recipient} ({item}); the policy or the record of consent was not looked at, and either would clear it."
  unclear:
    zh: "后台向外提供了 {info}（{item}），但接收方未知。"
    en: "The server gave {info} away ({item}), but the recipient is unknown."
  satisfied:
    zh: "后台将 {info} 提供给 {recipient} 有单独同意、委托关系或其他合法性基础，或已匿名化。"
    en: "The server gave {info} to {recipient} on separate consent, an entrustment or another legal basis, or anonymised."
fix:
  zh: 对外提供前取得单独同意并签订合同，处理情况记录至少保存三年；能匿名化的先匿名化。
  en: Obtain separate consent and a contract before giving PI away, keep the record for three years at least, and anonymise where possible.
status: stable
since: 0.1.0
false_positives:
  zh: 从 App 外部看不到后台的提供行为；未接入流量或存储传感器时只能是“不明”。
  en: What servers give away cannot be seen from outside the app; without the traffic sensor this stays unclear.
*/
with given as (
  select distinct subject, info, recipient
  from facts
  where kind = 'consent' and item = 'separate' and coalesce(outcome, 'given') <> 'implied'
),
entrusted as (
  select distinct subject, info, recipient
  from facts
  where kind = 'declare' and item = 'entrust'
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
handed as (
  select subject, fact_id, info, item, nullif(recipient, 'unknown') as recipient, form, basis
  from facts
  where kind = 'provide'
),
judged as (
  select
    h.subject, h.fact_id, h.info, h.item, h.recipient,
    case
      when h.recipient = 'first_party' or h.form = 'anonymised' then 'satisfied'
      when h.basis <> 'consent' then 'satisfied'
      when g.subject is not null or e.subject is not null then 'satisfied'
      when h.recipient is not null and p.subject is not null and w.subject is not null
        then 'violated'
      when h.recipient is not null then 'suspected'
      else 'unclear'
    end as verdict
  from handed as h
  left join given as g on g.subject = h.subject and g.recipient = h.recipient
    and (g.info is null or g.info = h.info)
  left join entrusted as e on e.subject = h.subject and e.recipient = h.recipient
    and (e.info is null or e.info = h.info)
  left join policy_read as p on p.subject = h.subject
  left join watched as w on w.subject = h.subject
)
select subject, verdict, array_agg(fact_id) as evidence, info, item, recipient
from judged
group by subject, verdict, info, item, recipient
