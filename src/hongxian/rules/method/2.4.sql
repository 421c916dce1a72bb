/*
id: method.2.4
title:
  zh: 有关收集使用规则的内容晦涩难懂、冗长繁琐，用户难以理解，如使用大量专业术语等
  en: The rules are obscure, long-winded and hard to understand, for instance by many technical terms
group:
  zh: 未明示收集使用个人信息的目的、方式和范围
  en: Purpose, manner and scope of collection and use not stated
principles: [legitimate]
law:
  - {document: METHOD31, item: "2.4", from: 2019-11-28, to: null, confidence: A}
needs: [policy.text]
severity: low
says:
  suspected:
    zh: 隐私政策的 {item} 为 {amount}，超过本产品的参考上限（可在配置中更改），可能难以理解；由人通读后可用 answer 记录判断。
    en: The policy measures {amount} in {item}, above our limit (which the configuration can change), and may be hard to understand; a person who has read it can record an answer.
  unclear:
    zh: 隐私政策的 {item} 没有测得数值。
    en: No figure was obtained for the policy's {item}.
  satisfied:
    zh: 隐私政策的 {item} 为 {amount}，在参考上限以内或有摘要。
    en: The policy measures {amount} in {item}, within our limit or with a summary.
fix:
  zh: 在正文前提供简明摘要，用短句和通俗用语，专业术语给出解释。
  en: Put a plain summary before the text, write short sentences in plain words, explain technical terms.
thresholds:
  length: {value: 20000, unit: character, source: ours, note: 有摘要时不计；法规没有数字 / not counted when there is a summary; the law has no number}
  sentence_length: {value: 60, unit: character, source: ours, note: 法规没有数字 / the law has no number}
  sentence_words: {value: 30, unit: word, source: ours, note: 英文文本的平均句长；法规没有数字 / mean sentence length of an English text; the law has no number}
  long_sentences: {value: 0.25, unit: ratio, source: ours, note: 超过 80 字的句子所占比例；法规没有数字 / share of sentences of more than 80 characters (35 English words); the law has no number}
  reading_time: {value: 40, unit: minute, source: ours, note: 有摘要时不计；法规没有数字 / not counted when there is a summary; the law has no number}
  jargon: {value: 12, unit: per_1000, source: ours, note: 未加解释的术语，高于随附分布中的任何一份；法规没有数字 / terms left unexplained, more than in any policy of the shipped distribution; the law has no number}
status: stable
since: 0.1.0
false_positives:
  zh: 功能很多的 App 的隐私政策难免较长；只凭数字不会判为“违反”。
  en: The policy of an app with many functions is long of need; figures alone never make it violated.
*/
with short as (
  select distinct subject
  from facts
  where kind = 'section' and item = 'summary'
),
measured as (
  select
    subject, fact_id, item, amount,
    case
      when item = 'sentence_length' and unit = 'word' then 'sentence_words' else item
    end as bound
  from facts
  where kind = 'section'
),
figures as (
  select
    f.subject, f.fact_id, f.item, f.amount,
    case
      when f.item in ('length', 'reading_time') and s.subject is not null then 'satisfied'
      when f.amount > l.value then 'suspected'
      when f.amount <= l.value then 'satisfied'
      else 'unclear'
    end as verdict
  from measured as f
  join limits as l on l.rule = 'method.2.4' and l.name = f.bound
  left join short as s on s.subject = f.subject
)
select subject, verdict, array_agg(fact_id) as evidence, item, max(amount) as amount
from figures
group by subject, verdict, item
