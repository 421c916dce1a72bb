/*
id: method.2.3
title:
  zh: 申请打开可收集个人信息的权限，或申请收集身份证号、银行账号、行踪轨迹等敏感个人信息时，未同步告知用户其目的，或者目的不明确、难以理解
  en: A permission that can collect PI, or sensitive PI, is asked for without telling its purpose at the same time, or with a purpose that is unclear
group:
  zh: 未明示收集使用个人信息的目的、方式和范围
  en: Purpose, manner and scope of collection and use not stated
principles: [legitimate, lawful]
law:
  - {document: METHOD31, item: "2.3", from: 2019-11-28, to: null, confidence: A}
needs: [session.screens, session.functions]
severity: medium
says:
  violated:
    zh: 申请 {item} 时没有同步告知目的。
    en: "{item} was asked for without telling its purpose at the same time."
  suspected:
    zh: 申请 {item} 时告知的目的含糊，或者代码在用户没有任何操作、也未显示任何提示的情况下直接申请；看一次申请时的界面即可确认。
    en: The purpose told with the request for {item} is vague, or code asks for it by itself with no dialog or notice on the way; a look at the screen of that moment would settle it.
  unclear:
    zh: 会申请 {item}，但没有看到申请时的界面或两者的时间，无法确定是否同步告知目的。
    en: "{item} is asked for, but the screen of that moment, or its time, is not known."
  satisfied:
    zh: 申请 {item} 时同步告知了目的。
    en: The purpose of {item} was told with the request.
fix:
  zh: 在系统授权弹窗之前或同一界面，用一句话说明该权限或敏感个人信息用于哪项功能。
  en: Before the system's dialog, or on the same screen, say in one sentence which function the permission or sensitive PI serves.
thresholds:
  seconds:
    {value: 30, unit: second, source: ours, note: 目的提示早于申请多久仍算“同步”；法规没有数字 / how long before the request a purpose still counts as told with it; the law has no number}
status: stable
since: 0.1.0
false_positives:
  zh: 目的写在申请所在页面的正文、未被识别为提示时，会显示为“违反”；核对截图后用 accept 文件记录。
  en: A purpose that stands in the page itself and was not taken for a prompt shows as violated; check the screenshot and record it in the accept file.
*/
with looked as (
  select distinct subject
  from coverage
  where scope = 'session.screens' and status = 'ran'
),
permissions as (
  select distinct permission
  from permission_info
),
asked as (
  select
    f.subject, f.fact_id, f.item, f.info, f.purpose, f.certainty, f.seen_at,
    get_json_object(f.detail, '$.silent') as silent,
    f.seen_at - interval '1' second
      * cast((select value from limits where rule = 'method.2.3' and name = 'seconds') as bigint) as from_at
  from facts as f
  left join permissions as p on p.permission = f.item
  left join info_types as i on i.info = f.info
  where f.kind = 'request' and (p.permission is not null or i.sensitive)
),
answered as (
  select
    a.subject, a.fact_id, a.item, a.info, a.purpose, a.certainty, a.silent,
    count(t.fact_id) filter (where t.seen_at between a.from_at and a.seen_at) as told,
    count(t.fact_id) filter (where t.seen_at between a.from_at and a.seen_at and t.outcome = 'vague') as vague,
    count(t.fact_id) filter (where t.seen_at is null or a.seen_at is null) as timeless
  from asked as a
  left join facts as t
    on t.subject = a.subject
    and t.kind = 'prompt'
    and t.item = 'purpose'
    and get_json_object(t.detail, '$.about') = a.item
  group by a.subject, a.fact_id, a.item, a.info, a.purpose, a.certainty, a.silent
),
watched as (
  select distinct subject, item
  from asked
  where certainty = 'seen'
),
judged as (
  select
    a.subject, a.fact_id, a.item, a.info,
    case
      when a.purpose is not null then 'satisfied'
      when a.told > a.vague then 'satisfied'
      when a.timeless > 0 then 'unclear'
      when a.vague > 0 then 'suspected'
      when a.certainty = 'seen' and l.subject is not null then 'violated'
      when a.silent = 'true' then 'suspected'
      else 'unclear'
    end as verdict
  from answered as a
  left join looked as l on l.subject = a.subject
  left join watched as w on w.subject = a.subject and w.item = a.item
  where a.certainty = 'seen' or w.subject is null
)
select subject, verdict, array_agg(fact_id) as evidence, item, info
from judged
group by subject, verdict, item, info
