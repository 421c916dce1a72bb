/*
id: method.1.4
title:
  zh: 隐私政策等收集使用规则难以阅读，如文字过小过密、颜色过淡、模糊不清，或未提供简体中文版
  en: The policy is hard to read - too small, too dense, too pale, blurred - or not there in simplified Chinese
group:
  zh: 未公开收集使用规则
  en: Rules of collection and use not made public
principles: [legitimate]
law:
  - {document: METHOD31, item: "1.4", from: 2019-11-28, to: null, confidence: A}
needs: [policy.text, policy.look | session.screens]
severity: low
says:
  violated:
    zh: 读到的隐私政策没有简体中文版。
    en: The policy that was read has no simplified-Chinese version.
  suspected:
    zh: 隐私政策的 {item} 可能使其难以阅读（实测 {amount}，参考下限由本产品设定）；由人看一眼页面即可确认。
    en: The policy's {item} may make it hard to read (measured {amount}; the limit is ours); a look at the page would settle it.
  unclear:
    zh: 没有得到隐私政策的 {item}，无法判断是否难以阅读。
    en: The policy's {item} was not obtained, so whether it is hard to read is open.
  satisfied:
    zh: 隐私政策的 {item} 没有妨碍阅读。
    en: The policy's {item} does not stand in the way of reading.
fix:
  zh: 提供简体中文文本（不用图片代替），正文字号不小于 12 sp，文字与背景对比度不低于 3:1，行距适当。
  en: Give the text in simplified Chinese (no picture), type of 12 sp or more, contrast of 3:1 or more, and open lines.
thresholds:
  font_size: {value: 12, unit: sp, source: ours, note: 法规没有数字 / the law has no number}
  contrast: {value: 3, unit: ratio, source: ours, note: 法规没有数字；取自 WCAG 对大字的下限 / the law has no number; lower bound of WCAG for large text}
  line_spacing: {value: 1.2, unit: ratio, source: ours, note: 法规没有数字 / the law has no number}
status: stable
since: 0.1.0
false_positives:
  zh: 只面向境外用户、不在境内提供服务的 App 没有简体中文版不属于违反；请用 answer 记录。
  en: An app offered only abroad needs no simplified-Chinese text; record that with answer.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'policy.text' and status = 'ran'
),
chinese as (
  select subject, fact_id
  from facts
  where kind = 'section' and item = 'simplified_chinese'
),
marks as (
  select
    f.subject, f.fact_id, f.item, f.amount,
    case
      when f.item = 'image_only' then 'suspected'
      when f.amount < l.value then 'suspected'
      when f.amount >= l.value then 'satisfied'
      else 'unclear'
    end as verdict
  from facts as f
  left join limits as l on l.rule = 'method.1.4' and l.name = f.item
  where f.kind = 'section' and f.item in ('font_size', 'contrast', 'line_spacing', 'image_only')
  union all
  select
    s.subject, c.fact_id, 'simplified_chinese' as item, null as amount,
    case
      when c.subject is not null then 'satisfied'
      when t.subject is not null then 'violated'
      else 'unclear'
    end as verdict
  from subjects as s
  left join chinese as c on c.subject = s.subject
  left join looked as t on t.subject = s.subject
)
select subject, verdict, array_agg(fact_id) as evidence, item, min(amount) as amount
from marks
group by subject, verdict, item
