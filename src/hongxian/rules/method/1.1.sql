/*
id: method.1.1
title:
  zh: App 中没有隐私政策，或者隐私政策中没有收集使用个人信息规则
  en: No privacy policy, or none that says how PI is collected and used
group:
  zh: 未公开收集使用规则
  en: Rules of collection and use not made public
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "1.1", from: 2019-11-28, to: null, confidence: A}
needs: [policy.text]
severity: high
says:
  violated:
    zh: 没有找到隐私政策，或者隐私政策全文没有说明收集、使用哪些个人信息。
    en: There is no privacy policy, or its whole text does not say which PI is collected and used.
  suspected:
    zh: 代码会收集个人信息，但安装包内没有隐私政策的链接或文本；在应用商店页面或首次运行界面找到隐私政策即可排除。
    en: The code collects PI, yet the package holds neither a link to a policy nor its text; a policy on the store page or at first start would clear it.
  unclear:
    zh: 没有读到隐私政策全文，无法确定其中是否有收集使用个人信息的规则；或者读到的隐私政策有规则，但不知 App 中能否看到它。
    en: The whole text of a policy was not read, so whether it says how PI is collected and used is open; or the policy that was read says so, and whether the app shows it is not known.
  satisfied:
    zh: App 中有隐私政策，其中有收集使用个人信息的规则。
    en: The app has a policy, and it says how PI is collected and used.
fix:
  zh: 在 App 内和应用商店页面公布隐私政策，逐项写明收集使用个人信息的目的、方式和范围。
  en: Publish a policy in the app and on its store page that tells purpose, manner and scope of collection.
status: stable
since: 0.1.0
false_positives:
  zh: 隐私政策由服务端下发、包内不留链接的 App 会显示为“疑似”；用 --policy 给出政策文本后显示为“不明”，确认 App 中能看到它后可用 answer 记录。
  en: An app whose policy comes from a server, with no link in the package, shows as suspected, and as unclear once the text is handed over with --policy; record with answer that the app shows it.
*/
with looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
policy as (
  select
    subject,
    array_agg(fact_id) as evidence,
    count(fact_id) filter (where kind = 'section') as rules,
    count(fact_id) filter (where kind <> 'section' and coalesce(outcome, 'there') <> 'missing') as inside
  from facts
  where (kind = 'section' and item = 'collection_rules')
    or (kind = 'publish' and item = 'policy')
    or (kind = 'control' and item = 'policy_link')
    or (kind = 'prompt' and item = 'policy')
  group by subject
),
takers as (
  select subject, array_agg(fact_id) as evidence
  from facts
  where kind in ('collect', 'transmit', 'request', 'reach') and info is not null
  group by subject
)
select
  s.subject,
  case
    when p.rules > 0 and p.inside > 0 then 'satisfied'
    when p.rules > 0 then 'unclear'
    when t.subject is not null then 'violated'
    when p.inside > 0 then 'unclear'
    when p.subject is not null then 'violated'
    when r.subject is not null and c.subject is not null then 'suspected'
    else 'unclear'
  end as verdict,
  coalesce(p.evidence, c.evidence) as evidence
from subjects as s
left join policy as p on p.subject = s.subject
left join takers as c on c.subject = s.subject
left join looked as t on t.subject = s.subject and t.scope = 'policy.text'
left join looked as r on r.subject = s.subject and r.scope = 'app.resources'
