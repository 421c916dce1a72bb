/*
id: method.3.4
title:
  zh: 以默认选择同意隐私政策等非明示方式征求用户同意
  en: Consent is sought by means that are not express, such as a policy ticked by default
group:
  zh: 未经用户同意收集使用个人信息
  en: Collecting or using PI without consent
principles: [lawful, legitimate]
law:
  - {document: METHOD31, item: "3.4", from: 2019-11-28, to: null, confidence: B}
needs: [session.start, session.screens, policy.text]
severity: high
says:
  violated:
    zh: 以默认勾选、“使用即同意”等非明示方式取得同意（{item}）。
    en: Consent is taken by a box ticked beforehand, "use means agreement" or other means that are not express ({item}).
  suspected:
    zh: 同意方式可能不是明示的（{item}）；观察一次首次运行的同意界面即可确认。
    en: The way consent is taken may not be express ({item}); watching the consent screen of a first run would settle it.
  unclear:
    zh: 看到了 {item}，但不知道它最初的状态。
    en: "{item} was seen, but not how it first stood."
  satisfied:
    zh: 同意由用户主动作出（{item}）。
    en: Consent is an act of the person ({item}).
fix:
  zh: 勾选框默认不勾选，提供同样醒目的“同意”和“不同意”，并删去“使用即视为同意”一类表述。
  en: Leave the box unticked, give "agree" and "refuse" equal weight, and strike "use means agreement" from the text.
status: stable
since: 0.1.0
false_positives:
  zh: 隐私政策沿用“使用即同意”的套话、而界面确有明示同意的，在有首次运行记录时不会报出。
  en: Where the text keeps the phrase but the screens do ask expressly, a recorded first run clears it.
*/
with looked as (
  select distinct subject, scope
  from coverage
  where status = 'ran'
),
express as (
  select distinct subject
  from facts
  where kind = 'consent' and item = 'policy' and coalesce(outcome, 'express') <> 'implied'
),
marks as (
  select
    f.subject, f.fact_id, f.item,
    case
      when f.kind = 'section' and e.subject is not null then 'satisfied'
      when f.kind = 'section' and a.subject is not null and b.subject is not null then 'violated'
      when f.kind = 'section' then 'suspected'
      when f.outcome = 'implied' then 'violated'
      when f.outcome = 'checked' and f.certainty <> 'seen' then 'suspected'
      when f.outcome = 'checked' and f.phase in ('before_prompt', 'prompt') then 'violated'
      when f.outcome = 'missing' then 'suspected'
      when f.outcome in ('unchecked', 'works') and f.certainty = 'seen' then 'satisfied'
      else 'unclear'
    end as verdict
  from facts as f
  left join express as e on e.subject = f.subject
  left join looked as a on a.subject = f.subject and a.scope = 'session.start'
  left join looked as b on b.subject = f.subject and b.scope = 'session.screens'
  where (f.kind = 'section' and f.item = 'implied_consent_wording')
    or (f.kind = 'consent' and f.item = 'policy' and f.outcome = 'implied')
    or (f.kind = 'state' and f.item = 'consent_box')
    or (f.kind = 'control' and f.item = 'refuse_button')
)
select subject, verdict, array_agg(fact_id) as evidence, item
from marks
group by subject, verdict, item
