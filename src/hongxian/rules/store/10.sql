/*
id: store.10
title:
  zh: 备份未按期做恢复演练，或演练失败
  en: Copies were not restored for a trial in time, or the trial failed
group:
  zh: 存储的个人信息
  en: Stored PI
principles: [lawful, necessary]
law:
  - {document: PIPL, item: "51", from: 2021-11-01, to: null, confidence: B}
needs: [guard.drill]
severity: high
says:
  violated:
    zh: "{item} 的恢复演练：{outcome}（failed 为失败，never 为从未做过，passed 为已逾期），不能证明数据丢失后可以恢复。"
    en: "The last drill of {item}: {outcome} (failed, never tried, or passed and overdue since): nothing shows that the data would come back."
  unclear:
    zh: "{item} 的恢复演练没有时间或期限，无法判断是否逾期。"
    en: "The drill of {item} has no time or no term: whether it is overdue is not known."
  satisfied:
    zh: "{item} 的副本已按期恢复演练并通过。"
    en: "Copies of {item} were restored for a trial in time, and all checks passed."
  not_applicable:
    zh: 没有记录在案的恢复演练。
    en: No drill is on record.
fix:
  zh: 运行 hongxian keep drill run；失败的先查明原因，再用 hongxian keep drill schedule 定期演练。
  en: Run `hongxian keep drill run`; find the cause of one that failed, and let `hongxian keep drill schedule` drill in time.
status: stable
since: 0.1.0
false_positives:
  zh: 用其他工具做过的演练不在记录中，会被报告为逾期；请记入已接受的发现。
  en: Drills that were done by other tools are not on record and are reported as overdue; put them into the accept file.
*/
with tried as (
  select
    f.subject, f.fact_id, f.item, f.outcome, f.seen_at, f.amount,
    f.seen_at + interval '1' second * cast(get_json_object(f.detail, '$.every') as bigint) as due,
    row_number() over (partition by f.subject, f.item order by f.seen_at desc nulls last, f.outcome) as place
  from facts as f
  where f.kind = 'drill'
)
select
  t.subject,
  case
    when t.outcome in ('failed', 'never') then 'violated'
    when t.due < s.judged_at then 'violated'
    when t.due >= s.judged_at and t.outcome = 'passed' then 'satisfied'
    else 'unclear'
  end as verdict,
  array_agg(t.fact_id) as evidence, t.item, t.outcome, t.amount
from tried as t
join subjects as s on s.subject = t.subject
where t.place = 1
group by t.subject, t.item, t.outcome, t.due, t.amount, s.judged_at
union all
select subject, 'not_applicable' as verdict, null as evidence, null as item, null as outcome, null as amount
from subjects
where subject not in (select subject from coverage where scope = 'guard.drill')
