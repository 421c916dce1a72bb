/*
id: store.8
title:
  zh: 明文数量一旦泄露即达到刑事立案标准
  en: What lies in clear would reach the threshold of a grave offence if it leaked
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law:
  - {document: JI2017, item: "5", from: 2017-06-01, to: null, confidence: A}
  - {document: PIPL, item: "55", from: 2021-11-01, to: null, confidence: A}
needs: [store.scan]
severity: medium
thresholds:
  grave:
    value: 1
    unit: times
    source: law
    note: 按比例合计达到司法解释第五条的数量标准 / the shares of the thresholds of article 5 of the interpretation add up to one
says:
  suspected:
    zh: "可还原的个人信息合计达到“情节严重”标准的 {weight} 倍；出示个人信息保护影响评估和加密措施即可排除。"
    en: "What can be read adds up to {weight} times the threshold of a grave offence; an impact assessment and encryption would clear it."
  unclear:
    zh: "无法计算可还原个人信息的数量。"
    en: "How much can be read is unknown."
  satisfied:
    zh: "可还原的个人信息未达到“情节严重”标准。"
    en: "What can be read stays below the threshold of a grave offence."
fix:
  zh: 优先对占比最大的列加密或去标识化；开展个人信息保护影响评估并保存记录至少三年。
  en: Encrypt or de-identify the heaviest columns first; assess the impact and keep the record for three years.
status: stable
since: 0.1.0
false_positives:
  zh: 以行数代替人数：同一个人的多行会重复计算。
  en: "Rows stand for persons: several rows of one person count several times."
*/
with weighed as (
  select subject, fact_id, cast(get_json_object(detail, '$.exposure') as double) as weight
  from facts
  where kind = 'store' and unit = 'row' and form <> 'encrypted' and form <> 'masked'
    and certainty = 'seen'
),
summed as (
  select subject, array_agg(fact_id) as evidence, sum(weight) as weight
  from weighed
  group by subject
),
grave as (
  select value as least
  from limits
  where rule = 'store.8' and name = 'grave'
)
select
  s.subject,
  case
    when s.weight >= g.least then 'suspected'
    when s.weight is not null then 'satisfied'
    else 'unclear'
  end as verdict,
  s.evidence, s.weight
from summed as s
cross join grave as g
